"""`wattcite cite`: take a source away in the format of a reference manager or a citation style."""

from __future__ import annotations

from typing import cast, get_args

import click

from service.cli.opening import opened
from service.core.answer import Language
from service.core.errors import BadCall, Fault
from service.core.model import Source
from service.store.cite import MEDIA, Format, citation
from service.store.queries import Knowledge


@click.command()
@click.argument("source")
@click.option(
    "--format", "style", type=click.Choice(list(MEDIA)), default="text", show_default=True, help="How to write it."
)
@click.option(
    "--language", type=click.Choice(get_args(Language)), default="en", show_default=True, help="The reader's."
)
def command(source: str, style: str, language: str) -> None:
    """Cite SOURCE: the id of a source, or of a figure, whose source is meant."""
    text = citation(_source(opened(), source), cast("Format", style), language)
    click.echo(text.encode(), nl=False)  # as bytes: RIS ends its lines its own way on every system


def _source(knowledge: Knowledge, name: str) -> Source:
    try:
        return knowledge.source_of(name) if knowledge.has_figure(name) else knowledge.source(name)
    except KeyError:
        close = (*knowledge.suggest(name, "source"), *knowledge.suggest(name, "figure"))
        fault = Fault("source", "unknown-id", "there is no source or figure of this id.", name, (), close)
        raise BadCall("cite", [fault]) from None
