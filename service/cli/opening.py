"""Where the knowledge stands, and opening it, built first where it is missing or stale."""

from __future__ import annotations

from pathlib import Path

from service.cli.output import patience
from service.core.resources import checkout
from service.settings import Settings
from service.store.build import ready
from service.store.queries import Knowledge


def records() -> Path:
    """The folder of the records in a checkout. Raises FileNotFoundError in an installed package, which has none."""
    root = checkout()
    if root is None:
        raise FileNotFoundError("an installed package carries no folder of records; name one with --from")
    return root / "knowledge"


def up_to_date(settings: Settings) -> Path:
    """The knowledge file, built first where need be. Raises `KnowledgeError` when the records have faults."""
    with patience("Building the knowledge …"):
        return ready(settings.knowledge)


def verified(settings: Settings) -> None:
    """Make sure that the knowledge file is there, up to date and whole. Raises what tells that it is not."""
    knowledge = Knowledge(up_to_date(settings))
    try:
        knowledge.verify()
    finally:
        knowledge.close()


def opened() -> Knowledge:
    """The knowledge of the settings in force."""
    return Knowledge(up_to_date(Settings.load()))
