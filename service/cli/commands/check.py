"""`wattcite check`: check the claims of a text."""

from __future__ import annotations

from typing import TextIO, get_args

import click

from service.check.checking import check
from service.check.inputs import checked
from service.cli.opening import opened
from service.cli.output import json_option, show_json, show_markdown
from service.core.answer import Language


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"))
@click.option(
    "--language", type=click.Choice(get_args(Language)), help="Language of the report; else that of the text."
)
@json_option("the report")
def command(file: TextIO, language: str | None, as_json: bool) -> None:
    """Check the quantitative claims on AI and energy in FILE; - reads standard input.

    \b
    wattcite check article.txt
    pbpaste | wattcite check - --json
    """  # noqa: D301 - \b is click's mark for lines that are not to be wrapped
    report = check(opened(), checked({"text": file.read(), "language": language}))
    if as_json:
        show_json(report)
    else:
        show_markdown(report["text"])
