"""`wattcite mcp`: the MCP server over standard input and output, for a client that starts it as a process of its own."""

from __future__ import annotations

import logging
import signal
from typing import TYPE_CHECKING, cast

import click

from service.answers.words import LANGUAGES
from service.cli.opening import up_to_date
from service.settings import Settings
from service.store.queries import Knowledge

if TYPE_CHECKING:
    from service.core.answer import Language
    from service.tools.registry import Profile


@click.command()
@click.option(
    "--profile", type=click.Choice(["core", "full"]), default="full", show_default=True, help="Tools to list."
)
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language to speak.")
def command(profile: str, language: str) -> None:
    """Serve one chatbot over standard input and output (MCP) until it closes them."""
    import anyio  # noqa: PLC0415 - all of these are slow to import, and not for `--help`

    from service.desk import Desk  # noqa: PLC0415
    from service.live.grids import Grids  # noqa: PLC0415
    from service.tools.mcp_serve import over_stdio  # noqa: PLC0415

    logging.basicConfig(level=logging.WARNING)  # to standard error: standard output carries the protocol
    settings = Settings.load()
    knowledge = Knowledge(up_to_date(settings))
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # ends at once; a handler would wait for input that does not come

    async def serve() -> None:
        live = Grids(knowledge, settings)
        try:
            await over_stdio(Desk(knowledge, settings, live=live), cast("Profile", profile), cast("Language", language))
        finally:
            await live.close()

    anyio.run(serve)
    knowledge.close()
