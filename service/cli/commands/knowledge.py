"""`wattcite knowledge`: look after the knowledge base."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import click

from service.cli.errors import Exit
from service.cli.opening import opened, records
from service.cli.output import json_option, patience, show_json, show_table
from service.settings import Settings

_FROM = click.option(
    "--from",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of records; else the checkout's.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Look after the knowledge base."""


@command.command()
@click.option("--today", is_flag=True, help="Also list the parameters whose review is due today.")
@_FROM
@click.pass_context
def lint(ctx: click.Context, today: bool, root: Path | None) -> None:
    """Check all records; every fault is told with its file, line and field. Exit code 2 when there are any."""
    from service.store.load import due  # noqa: PLC0415 - slow to import, and only for this

    library = _loaded(ctx, root or records())
    for warning in library.warnings:
        click.echo(f"warning: {warning}")
    if today:
        for parameter in due(library, date.today()):  # noqa: DTZ011 - a review is due on a day of whoever reviews
            chosen = parameter.choices[-1].figure
            click.echo(f"due {parameter.review_by}: {parameter.id} (now {chosen})")
    click.echo(f"No faults in {len(library.figures)} figures of {len(library.sources)} sources.", err=True)


@command.command()
@click.option(
    "--to", "path", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; else WATTCITE_KNOWLEDGE."
)
@_FROM
@click.pass_context
def build(ctx: click.Context, path: Path | None, root: Path | None) -> None:
    """Build the records into one SQLite file."""
    from service.store.build import build as write  # noqa: PLC0415 - slow to import, and only for this

    target = path or Settings.load().knowledge
    library = _loaded(ctx, root or records())
    with patience("Building …"):
        version = write(library, target)
    click.echo(
        f"Built version {version} with {len(library.figures)} figures of {len(library.sources)} sources: {target}"
    )


@command.command()
@click.option(
    "--parameters", "every", is_flag=True, help="List each parameter that a calculator uses, and who uses it."
)
@json_option("the numbers")
def stats(as_json: bool, every: bool) -> None:
    """Tell how much is known, and what of it each calculator uses."""
    from service.cli.usage import used_parameters, used_quantities  # noqa: PLC0415 - loads every calculator

    knowledge = opened()
    counts = knowledge.stats()
    used = used_parameters(knowledge)
    if as_json:
        show_json({"version": knowledge.version, "as_of": knowledge.as_of, **counts, "used": used})
        return
    if every:
        columns = ("parameter", "figure", "used by")
        show_table(columns, ((each["id"], each["figure"], ", ".join(each["used_by"])) for each in used))
        return
    topics: Any = counts.pop("topics")
    show_table(("what", "how many"), [("version", knowledge.version), ("as of", knowledge.as_of), *counts.items()])
    click.echo()
    show_table(("topic", "sources", "figures"), ((name, n["sources"], n["figures"]) for name, n in topics.items()))
    click.echo()
    show_table(("calculator", "parameters it may use", "of the quantities"), used_quantities(used))


@command.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("wattcite-knowledge"),
    show_default=True,
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "json"]),
    default="csv",
    show_default=True,
    help="One such file a table.",
)
def export(folder: Path, form: str) -> None:
    """Write the knowledge as tables into a folder; in `figure` each row carries its source."""
    from service.cli.tables import write_tables  # noqa: PLC0415 - only for this

    written = write_tables(opened(), folder, form)
    click.echo(f"Wrote {len(written)} files into {folder}: {', '.join(path.name for path in written)}")


def _loaded(ctx: click.Context, root: Path) -> Any:
    """The records of `root`; where they have faults, tell all of them and end with the exit code of a wrong call."""
    from service.store.faults import KnowledgeError  # noqa: PLC0415 - slow to import, and only for this
    from service.store.load import load  # noqa: PLC0415

    try:
        with patience("Reading the records …"):
            return load(root)
    except KnowledgeError as error:
        shown = os.path.relpath(root) if root.resolve().is_relative_to(Path.cwd()) else str(root)
        for fault in error.faults:
            click.echo(f"{shown}/{fault}")
        count = len(error.faults)
        click.echo(f"{count} fault{'s' * (count != 1)}.", err=True)
        ctx.exit(Exit.WRONG_CALL)
