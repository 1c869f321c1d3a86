"""How results are shown: rich on a terminal, plain Markdown in a pipe, JSON on request."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Timer
from typing import Any, Final, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_JSON: Final = "service.cli.json"
_PATIENCE: Final = 1.0  # seconds


def json_option(what: str) -> Callable[[F], F]:
    """The option ``--json`` of a command that then prints `what` alone; errors are told as JSON too."""

    def keep(ctx: click.Context, _: click.Parameter, value: bool) -> bool:
        ctx.meta[_JSON] = value
        return value

    return click.option("--json", "as_json", is_flag=True, callback=keep, is_eager=True, help=f"Print {what} as JSON.")


def json_wanted(ctx: click.Context) -> bool:
    """Whether the command was asked for JSON."""
    return bool(ctx.meta.get(_JSON))


def show_json(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def show_markdown(text: str) -> None:
    """Print a text in Markdown: laid out on a terminal, as it is elsewhere."""
    if not sys.stdout.isatty():
        click.echo(text, nl=not text.endswith("\n"))
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.markdown import Markdown  # noqa: PLC0415

    Console().print(Markdown(text))


def show_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, err: bool = False) -> None:
    """Print a table: laid out on a terminal, in Markdown elsewhere; to standard error if `err`."""
    cells = [[str(cell) for cell in row] for row in rows]
    if not (sys.stderr if err else sys.stdout).isatty():
        lines = [columns, ["---"] * len(columns), *cells]
        click.echo("\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines), err=err)
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(stderr=err)
    table = Table(box=None, pad_edge=False, header_style="bold")
    longest = max(len(row[0]) for row in [columns, *cells])
    for column in columns:  # the first one holds ids, which are there to be copied
        table.add_column(column, overflow="fold", width=None if table.columns else min(longest, console.width // 2))
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))  # as text: square brackets are no markup here
    console.print(table)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


@contextmanager
def patience(message: str) -> Iterator[None]:
    """Say `message` on standard error once what is done inside has taken longer than a second."""
    timer = Timer(_PATIENCE, click.echo, [message], {"err": True})
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
