"""`wattcite ask`: answer a question."""

from __future__ import annotations

from dataclasses import replace

import click

from service.ask.asking import ask
from service.ask.inputs import checked
from service.cli.errors import Exit
from service.cli.opening import heard, opened
from service.cli.output import json_option, show_json, show_markdown


@click.command()
@click.argument("question", nargs=-1, required=True)
@click.option(
    "--language",
    type=click.Choice(["en", "zh-Hans", "zh-Hant"]),
    help="Language of the answer; else that of the question.",
)
@click.option("--region", help="Country or region where the question names none.")
@click.option("--as-of", "as_of", help="Answer with what was known on this day, YYYY-MM-DD.")
@json_option("the answer")
@click.pass_context
def command(
    ctx: click.Context,
    question: tuple[str, ...],
    language: str | None,
    region: str | None,
    as_of: str | None,
    as_json: bool,
) -> None:
    """Answer QUESTION, in English or Chinese, with its sources.

    \b
    wattcite ask "how many US homes equal ChatGPT's daily use"
    wattcite ask "训练GPT-3用了多少电"
    """  # noqa: D301 - \b is click's mark for lines that are not to be wrapped
    knowledge = opened()
    text = " ".join(question).encode(errors="replace").decode()
    raw = {"question": text, "language": language, "region": region, "as_of": as_of}
    asked = checked(knowledge, raw)
    answer = ask(knowledge, replace(asked, live=heard(knowledge, raw)))
    if as_json:
        show_json(answer)
    else:
        show_markdown(answer["text"])
    if not answer["answered"]:
        ctx.exit(Exit.NOTHING_KNOWN)
