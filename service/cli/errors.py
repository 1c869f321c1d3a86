"""What is said, and with which exit code, when a command cannot do what it was asked."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterator
from enum import IntEnum

import click

from service.cli.output import json_wanted
from service.core.errors import BadCall, Fault, NothingKnown, WattciteError
from service.settings import BadSettings
from service.store.faults import KnowledgeError


class Exit(IntEnum):
    """The exit codes besides 0: answered."""

    UNABLE = 1
    WRONG_CALL = 2
    NOTHING_KNOWN = 3


def told(error: Exception, ctx: click.Context) -> Exit | None:
    """Tell of `error` on standard error and return the exit code; None for an error that is not ours to tell of."""
    match error:
        case WattciteError():
            click.echo(_problem(error) if json_wanted(ctx) else "\n".join(_lines(error)), err=True)
            return Exit.NOTHING_KNOWN if isinstance(error, NothingKnown) else Exit.WRONG_CALL
        case BadSettings():
            click.echo(str(error), err=True)
            return Exit.WRONG_CALL
        case KnowledgeError():
            click.echo(str(error), err=True)
            return Exit.UNABLE
        case OSError(errno=number) if number != errno.EPIPE:  # a reader who has had enough: click ends quietly
            click.echo(f"wattcite: {error}", err=True)
            return Exit.UNABLE
        case sqlite3.Error():
            click.echo(f"wattcite: the knowledge file cannot be used: {error}", err=True)
            return Exit.UNABLE
    return None


def _problem(error: WattciteError) -> str:
    from service.core.problem import of_error  # noqa: PLC0415 - slow to import, and only a failed call needs it

    return json.dumps(of_error(error), ensure_ascii=False, indent=2)


def _lines(error: WattciteError) -> Iterator[str]:
    match error:
        case BadCall():
            yield f"wattcite: {error.tool}: the call does not hold."
            yield from (f"  {_fault(fault)}" for fault in error.faults)
        case NothingKnown():
            yield f"wattcite: {error}"
            if error.nearest:
                yield f"  Known instead: {', '.join(error.nearest)}"
        case _:
            yield f"wattcite: {error}"


def _fault(fault: Fault) -> str:
    """A fault with what is allowed, where neither its message nor a near spelling says so."""
    listed = ", ".join(fault.allowed)
    allowed = f" Allowed: {listed}." if listed and not fault.nearest and listed not in fault.message else ""
    return f"{fault}{allowed}"
