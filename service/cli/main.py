"""The group of all commands: finds them, and turns their errors into messages and exit codes."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from io import TextIOWrapper
from typing import Any

import click

from service import __version__
from service.cli import commands
from service.cli.errors import told


class Commands(click.Group):
    """The commands of the package `commands`, each imported only when it is called or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """The names of all commands, in order."""
        return sorted(module.name for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or None."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"{commands.__name__}.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what it raises becomes a message on standard error and an exit code."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            code = told(error, ctx)
            if code is None:
                raise
            ctx.exit(code)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="wattcite")
def cli() -> None:
    """Sourced numbers about the energy use of AI.

    Exit codes: 0 answered, 1 could not run, 2 wrong call, 3 no answer known.
    """


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # answers are UTF-8 wherever they go; bytes of arguments that are not are shown escaped
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    cli(prog_name="wattcite")
