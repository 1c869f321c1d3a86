"""`wattcite search`: find figures."""

from __future__ import annotations

import click

from service.answers.words import words as language
from service.cli.errors import Exit
from service.cli.opening import opened
from service.cli.output import json_option, show_json, show_table
from service.lookups.records import FigurePage, figure_record
from service.store.cite import short
from service.store.search import search


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 100), default=20, show_default=True, help="Most figures to show.")
@json_option("the figures with their sources")
@click.pass_context
def command(ctx: click.Context, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Search the figures for WORDS, in English or Chinese; the best match comes first."""
    knowledge = opened()
    found = search(knowledge, " ".join(words).encode(errors="replace").decode(), limit=limit)
    figures = knowledge.figures(found.ids)
    if as_json:
        items = [figure_record(knowledge, figure, language("en")) for figure in figures]
        show_json(FigurePage(total=found.total, more=found.total_is_more, offset=0, items=items))
    elif figures:
        rows = ((figure.id, figure.statement.en, short(knowledge.source_of(figure.id))) for figure in figures)
        show_table(("figure", "what it says", "source"), rows)
        over = " or more" if found.total_is_more else ""
        click.echo(f"{len(figures)} of {found.total}{over}.", err=True)
    if not figures:
        click.echo("wattcite: no figure holds any of these words.", err=True)
        ctx.exit(Exit.NOTHING_KNOWN)
    if not found.all_words:
        click.echo("No figure holds all of these words; these hold some.", err=True)
