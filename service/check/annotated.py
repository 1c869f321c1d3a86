"""A checked text with its claims marked: each verdict in words as well as in colour, with a link to why."""

from __future__ import annotations

from typing import Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from service.answers.words import words
from service.check.shapes import Report
from service.core.resources import resource

_TEMPLATE: Final = "prompts/check.html.j2"
# a browser that opens it loads and runs nothing
POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def marked(text: str, report: Report) -> Markup:
    """The text with every claim marked and numbered; nothing in it can become markup."""
    said = words(report["language"])["verdicts"]
    parts: list[Markup] = []
    done = 0
    for number, claim in enumerate(report["claims"], 1):
        if claim["start"] < done:
            continue  # it shares its characters with the one before
        verdict = claim["verdict"]
        parts.append(escape(text[done : claim["start"]]))
        mark = '<mark class="claim {verdict}" id="claim-{n}">{span}<a href="#why-{n}"><sup>{n} {word}</sup></a></mark>'
        parts.append(Markup(mark).format(verdict=verdict, n=number, span=claim["span"], word=said[verdict]))  # noqa: S704
        done = claim["end"]
    parts.append(escape(text[done:]))
    return Markup().join(parts)


def page(text: str, report: Report) -> str:
    """A whole document: the marked text, why each claim stands as it does, and the sources."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    said = words(report["language"])
    cited = {each["n"]: each for claim in report["claims"] for each in claim["citations"]}
    return environment.from_string(resource(_TEMPLATE).read_text(encoding="utf-8")).render(
        report=report,
        text=marked(text, report),
        verdicts=said["verdicts"],
        said=said["checks"],
        sources=[cited[number] for number in sorted(cited)],
    )
