"""Kinds of questions: one file is one kind. Each has `propose`, which reads a question as calls or as none."""
