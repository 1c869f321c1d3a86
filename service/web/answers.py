"""An answer as a page shows it: sentence, arithmetic, competing estimates, what to know, sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from service.core.answer import Answer, DerivationStep, ResultValue
from service.core.quantity import Quantity
from service.web.markdown import inline, opening
from service.web.rows import period
from service.web.site import Frame

_CLAIM: Final = "claim"
_MARKS: Final = re.compile(r"\s?\[\d+\]|\*")


def answer_view(frame: Frame, answer: Mapping[str, Any]) -> dict[str, Any]:
    """What the template of an answer is filled with."""
    made = cast("Answer", answer)
    first = made["headline"]
    leading = steps(made)
    judged = any(caveat["code"] == _CLAIM for caveat in made["caveats"])  # its verdict leads, its calculation follows
    lead = opening(made["text"])
    citations = [citation_view(frame, each) for each in made["citations"]]
    estimates = sorted(made["estimates"], key=lambda each: each["value"])
    return {
        "chart": (made["chart"] or "").replace(".png", ".svg", 1),
        "chart_said": first["label"],
        "lead": lead,
        "sentence": opening(made["text"].strip().partition("\n\n")[2]) if judged else "",
        "claim": answer.get("understood", {}).get("claim"),
        "span": _span(frame, first),
        "steps": [*leading, *(step for step in made["derivation"] if step not in leading)],
        "leading": len(leading),
        "estimates": [
            {**each, "href": _origin(frame, each["figure"]), "as_of": period(each["as_of"])} for each in estimates
        ],
        "spread": frame.say("spread_of", factor=frame.said.count(made["spread"])) if made["spread"] else "",
        "results": [{**each, "span": _span(frame, each)} for each in made["results"][1:]],
        "caveats": [inline(each["text"]) for each in made["caveats"] if each["code"] != _CLAIM],
        "basis": inline(made["basis"]),
        "sources": _first(by_source(citations), lead),
        "permalink": made["permalink"],
        "stamp": frame.say("stamp", version=made["knowledge"]["version"], as_of=made["knowledge"]["as_of"]),
    }


def spoken(answer: Mapping[str, Any]) -> str:
    """The sentence of an answer without the numbers of its sources, for where there is no list of them."""
    sentence: str = answer["text"].split("\n\n", 1)[0]
    return _MARKS.sub("", sentence).strip()


def steps(answer: Answer) -> list[DerivationStep]:
    """The steps up to the one that gives the headline."""
    value = answer["headline"]["value"]
    last = next((step["n"] for step in answer["derivation"] if step["value"] == value), len(answer["derivation"]))
    return answer["derivation"][:last]


def _span(frame: Frame, result: ResultValue) -> str:
    low, high = result["low"], result["high"]
    if low is None or high is None:
        return ""
    made = Quantity(result["value"], result["unit"], low=low, high=high)
    return frame.said.units.span(made * 1.0)  # computed, hence rounded


def _origin(frame: Frame, figure: str) -> str:
    return frame.link(f"/figures/{figure}") if frame.desk.knowledge.has_figure(figure) else ""


def by_source(citations: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sources of citations in the order of their numbers, each with what is `cited` of it."""
    found: dict[str, dict[str, Any]] = {}
    for each in citations:
        found.setdefault(each["source"], {**each, "cited": []})["cited"].append(each)
    return list(found.values())


def _first(sources: list[dict[str, Any]], sentence: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The sources that the sentence cites, and the others."""
    first = [each for each in sources if any(f'#cite-{cited["n"]}"' in sentence for cited in each["cited"])]
    return first, [each for each in sources if each not in first]


def citation_view(frame: Frame, cited: Mapping[str, Any]) -> dict[str, Any]:
    """A cited figure with the pages on it and on its source."""
    address = cited["url"] or (f"https://doi.org/{cited['doi']}" if cited["doi"] else "")
    return {
        **cited,
        "address": address,
        "tongue": frame.desk.knowledge.source(cited["source"]).language,
        "who": frame.desk.knowledge.label(cited["source"]),
        "href": _origin(frame, cited["figure"]),
        "source_href": frame.link(f"/sources/{cited['source']}"),
        "checked_said": frame.said["badges"][cited["checked"]],
        "kind_said": frame.said["badges"][cited["kind"]],
    }
