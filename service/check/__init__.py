"""Checking texts: their claims on AI and energy against what is published, their numbers against given answers."""
