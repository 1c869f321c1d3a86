"""Understanding a question without a language model: words → findings → the call that explains most of them → an answer."""
