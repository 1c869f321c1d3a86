"""`wattcite keys`: make, list and withdraw the keys of the service's API."""

from __future__ import annotations

from pathlib import Path

import click

from service.api import keys
from service.cli.errors import Exit
from service.cli.output import show_table
from service.settings import BadSettings, Settings


@click.group()
def command() -> None:
    """Make, list and withdraw API keys, in the file that WATTCITE_KEYS names. A running service sees changes within seconds."""


@command.command()
@click.argument("name")
@click.option("--limit", help="Its own limit, such as 600/minute; else the common one of WATTCITE_LIMIT.")
@click.pass_context
def add(ctx: click.Context, name: str, limit: str | None) -> None:
    """Make a key and print it, once: only its digest is kept."""
    path = _path()
    known = keys.read(path)
    if any(key.name == name for key in known):
        click.echo(
            f"wattcite: there is a key {name!r} already; withdraw it first, or give the new one another name.", err=True
        )
        ctx.exit(Exit.WRONG_CALL)
    try:
        key, kept = keys.made(name, limit)
    except ValueError as error:
        click.echo(f"wattcite: the key cannot be made: {error}", err=True)
        ctx.exit(Exit.WRONG_CALL)
    keys.write(path, [*known, kept])
    click.echo(key)


@command.command("list")
def list_keys() -> None:
    """List the names of the keys, their limits and when they were made."""
    known = keys.read(_path())
    show_table(("name", "limit", "made on"), [(key.name, key.limit or "", key.created) for key in known])


@command.command()
@click.argument("name")
@click.pass_context
def remove(ctx: click.Context, name: str) -> None:
    """Withdraw a key."""
    path = _path()
    known = keys.read(path)
    left = [key for key in known if key.name != name]
    if len(left) == len(known):
        names = ", ".join(key.name for key in known) or "none"
        click.echo(f"wattcite: there is no key {name!r}; there are: {names}.", err=True)
        ctx.exit(Exit.WRONG_CALL)
    keys.write(path, left)


def _path() -> Path:
    path = Settings.load().keys
    if not path:
        raise BadSettings("WATTCITE_KEYS: name the file in which the keys are kept.")
    return Path(path).expanduser()
