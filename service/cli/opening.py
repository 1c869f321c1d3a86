"""Where the knowledge stands, and opening it, built first where it is missing or stale."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from service.cli.output import patience
from service.core.live import WISH, Live
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


def heard(knowledge: Knowledge, raw: Mapping[str, Any]) -> Live | None:
    """What the live sources of the settings say of the grid, where a call or a question asks for the moment."""
    if raw.get("grid") != WISH and "question" not in raw:
        return None
    import asyncio  # noqa: PLC0415 - all of these are slow to import, and hardly ever needed

    from service.ask.moment import wish  # noqa: PLC0415
    from service.live.grids import Grids  # noqa: PLC0415

    wanted = wish(knowledge, raw)
    if wanted is None:
        return None

    async def listen() -> Live:
        grids = Grids(knowledge, Settings.load())
        try:
            await grids.listen(wanted)
        finally:
            await grids.close()
        return grids

    return asyncio.run(listen())


def opened() -> Knowledge:
    """The knowledge of the settings in force."""
    return Knowledge(up_to_date(Settings.load()))
