"""From a run to an answer: labels, sentences and Markdown in the caller's language, through ``prompts/``."""
