"""`wattcite calc`: run a calculator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import click

from service.cli.opening import heard, opened
from service.cli.output import json_option, show_json, show_markdown, show_table
from service.core.calculator import Calculator, registry
from service.core.errors import BadCall, Fault
from service.run import find, run

_TOLD_APART: Final = re.compile(r"\s*\b(?:Default|Example): .*$")  # the table has columns of its own for these


def _help(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if not value:
        return
    name = ctx.params.get("name")
    calculator = find(name) if name else None
    click.echo(ctx.get_help() + "\n")
    if calculator:
        describe(calculator)
    else:
        list_all()
    ctx.exit()


@click.command(add_help_option=False)
@click.argument("name", required=False, is_eager=True)
@click.argument("inputs", nargs=-1, metavar="[KEY=VALUE]...")
@json_option("the answer")
@click.option(
    "-h", "--help", is_flag=True, expose_value=False, callback=_help, help="Show this, and the inputs of NAME."
)
def command(name: str | None, inputs: tuple[str, ...], as_json: bool) -> None:
    """Run the calculator NAME with inputs written key=value; without NAME, list the calculators.

    \b
    wattcite calc energy_equivalents energy=chatgpt region=US
    wattcite calc energy_equivalents --help
    """  # noqa: D301 - \b is click's mark for lines that are not to be wrapped
    if name is None:
        list_all()
        return
    calculator = find(name)
    values, faults = written(calculator, inputs)
    try:
        knowledge = opened()
        answer = run(knowledge, name, values, live=heard(knowledge, values))
        if faults:
            raise BadCall(name, [])
    except BadCall as error:
        told = {fault.field for fault in faults}
        faults += [fault for fault in error.faults if fault.field not in told]
        if not as_json and any(fault.code == "missing" for fault in faults):
            describe(calculator, err=True)
            click.echo(err=True)
        raise BadCall(name, faults) from None
    if as_json:
        show_json(answer)
    else:
        show_markdown(answer["text"])


def list_all() -> None:
    """Print every calculator with the first sentence of what it says of itself."""
    show_table(("calculator", "what it tells"), ((each.name, _first(each)) for each in registry.values()))


def describe(calculator: Calculator, *, err: bool = False) -> None:
    """Print what a calculator says of itself and its inputs, those that are required first; to standard error if `err`."""
    click.echo(f"{calculator.name}: {calculator.description}\n", err=err)
    fields = sorted(calculator.inputs.model_fields.items(), key=lambda field: not field[1].is_required())
    rows = [
        (
            name,
            _TOLD_APART.sub("", info.description or ""),
            "(required)" if info.is_required() else "" if info.default is None else info.default,
            info.examples[0] if info.examples else "",
        )
        for name, info in fields
    ]
    show_table(("input", "meaning", "default", "example"), rows, err=err)


def _first(calculator: Calculator) -> str:
    return " ".join(calculator.description.partition("\n\n")[0].split())


def written(calculator: Calculator, inputs: Iterable[str]) -> tuple[Mapping[str, Any], list[Fault]]:
    """The inputs by name, and what is wrong with how they are written. An input that takes a list may be repeated."""
    schema = calculator.inputs.model_json_schema()
    fields = schema["properties"]
    first = (schema.get("required") or list(fields))[0]
    values: dict[str, Any] = {}
    faults = []
    for text in inputs:
        name, equals, value = text.partition("=")
        if not equals:
            meant = f"{text}=…" if text in fields else f"{first}={text}"
            faults.append(Fault(text, "no-value", "an input is written key=value.", text, (), (meant,)))
        elif fields.get(name, {}).get("type") == "array":
            values.setdefault(name, []).append(value)
        elif name in values:
            faults.append(Fault(name, "given-twice", "was given more than once."))
        else:
            values[name] = value
    return values, faults
