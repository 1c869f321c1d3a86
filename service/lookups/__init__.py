"""Look-ups: what can be asked of the knowledge base as it stands. One file is one look-up."""
