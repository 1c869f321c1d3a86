"""Kinds of questions: one file is one kind.

Each has `propose`, which reads a question as calls or as none, and may have `ASKS`: concepts, and sorts of what is found
in a question, of which it needs one.
"""
