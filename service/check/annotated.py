"""A checked text with its claims marked: each verdict in words as well as in colour, with a link to why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from service.answers.words import words
from service.check.shapes import ClaimFound, Report
from service.core.resources import resource

_TEMPLATE: Final = "prompts/check.html.j2"
# a browser that opens it loads and runs nothing
POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


_MARK: Final = Markup(
    '<mark class="claim {verdict}" id="claim-{n}">{span}'
    '<a href="#why-{n}" lang="{language}"><sup>{n} {word}</sup></a></mark>'
)


def places(report: Report) -> Iterator[tuple[int, ClaimFound]]:
    """The claims that are marked, with their numbers: all but those that share characters with the one before."""
    done = 0
    for number, claim in enumerate(report["claims"], 1):
        if claim["start"] >= done:
            yield number, claim
            done = claim["end"]


def marked(text: str, report: Report) -> Markup:
    """The text with every claim marked and numbered; nothing in it can become markup."""
    language = report["language"]
    said = words(language)["verdicts"]
    parts: list[Markup] = []
    done = 0
    for number, claim in places(report):
        parts.append(escape(text[done : claim["start"]]))
        verdict = claim["verdict"]
        word = said[verdict]
        parts.append(_MARK.format(verdict=verdict, n=number, span=claim["span"], word=word, language=language))
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
        marks={number for number, _ in places(report)},
        verdicts=said["verdicts"],
        said=said["checks"],
        sources=[cited[number] for number in sorted(cited)],
    )
