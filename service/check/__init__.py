"""Texts checked against what is known: what they claim, and whether their numbers are those of answers."""
