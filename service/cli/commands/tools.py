"""`wattcite tools`: what a chatbot can call, ready to paste into a request."""

from __future__ import annotations

import click

from service.cli.output import json_option, show_json, show_table
from service.core.answer import Language
from service.settings import Settings
from service.tools.listing import cost, listed, pasted
from service.tools.registry import Profile


@click.command()
@click.option("--dialect", help="Print them as this kind of chatbot wants them: openai, anthropic, gemini, mistral …")
@click.option("--profile", type=click.Choice(["core", "full"]), default="full", show_default=True, help="Few or all.")
@click.option(
    "--language",
    type=click.Choice(["en", "zh-Hans", "zh-Hant"]),
    default="en",
    show_default=True,
    help="Language of the descriptions.",
)
@click.option("--count", is_flag=True, help="Print only how many tools there are, and about how many tokens they cost.")
@json_option("every tool with its description and the schema of its inputs")
def command(dialect: str | None, profile: Profile, language: Language, count: bool, as_json: bool) -> None:
    """List the tools that a chatbot can call."""
    tools = listed(profile, language)
    made = pasted(dialect, profile, language, Settings.load().public_url) if dialect else tools
    if count:
        click.echo(f"{len(tools['tools'])} tools, about {cost(made)} tokens")
    elif dialect or as_json:
        show_json(made)
    else:
        show_table(("tool", "what it is for"), ((each["name"], each["title"]) for each in tools["tools"]))
