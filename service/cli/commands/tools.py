"""`wattcite tools`: what a chatbot can call."""

from __future__ import annotations

import click

from service.cli.commands.calc import list_all
from service.cli.output import json_option, show_json
from service.core.calculator import registry


@click.command()
@json_option("every tool with its description and the schema of its inputs")
def command(as_json: bool) -> None:
    """List the tools that a chatbot can call."""
    if not as_json:
        list_all()
        return
    from service.api.tools import ToolList, tool_record  # noqa: PLC0415 - brings the whole web framework

    show_json(ToolList(tools=[tool_record(calculator) for calculator in registry.values()]))
