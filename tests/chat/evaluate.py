"""`make eval-llm`: how faithfully a language model repeats sourced numbers, with Wattcite's tools and without.

The questions of tests/ask are asked twice: through the gateway, and of the model alone. For each it is counted whether the
text has the value, in a unit that means the same, a range or a rival estimate, and a source behind the number. What is right
comes from the sets (value, unit) and from the answer of the knowledge base (range, source).

    LLM_URL=http://127.0.0.1:8080/v1 make eval-llm ARGS="--limit 20 --kind homes"
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx
from litestar.testing import TestClient

from service.app import create_app
from service.ask.shapes import Answered
from service.check.known import known
from service.check.matching import Numbers
from service.check.stated import Stated, stated
from service.core.errors import QuantityError
from service.core.units import parse_unit
from service.settings import Settings
from service.store.build import ready
from service.store.queries import Knowledge
from tests.ask.judge import answer, questions

PARTS: Final = ("value", "unit", "range", "source")
_ALONE: Final = (
    "Answer with numbers. Give the value with its unit, the range of published estimates, and for each number its source "
    "with the address."
)
_SECONDS: Final = 300


def judged(knowledge: Knowledge, entry: Mapping[str, Any], reference: Answered, text: str) -> dict[str, bool]:
    """Which parts of an answer came through in a text."""
    numbers = stated(knowledge, text)
    wanted = (
        entry["expect"] or [{**reference["headline"], "tolerance": 0.05}] if reference["headline"] else entry["expect"]
    )
    values = any(_same_value(each, want) for want in wanted for each in numbers)
    units = any(_same_value(each, want) and _same_unit(each, want) for want in wanted for each in numbers)
    rivals = [{"results": [{"name": "", **each}]} for each in reference["estimates"] if not each["preferred"]]
    bounds = [{"results": [{"name": "", "value": each["value"], "low": each["low"], "high": each["high"], "unit": each["unit"]}]}
              for each in reference["results"][:1] if each["low"] is not None]  # fmt: skip
    ranged = Numbers(known([*rivals, *bounds]))
    there = any(ranged.rounded(number, end) for number in numbers for end in number.ends)
    return {
        "value": values,
        "unit": units,
        "range": there or not (rivals or bounds),
        "source": _names_source(reference, text),
    }


def _same_value(number: Stated, want: Mapping[str, Any]) -> bool:
    """Whether a number is the wanted one, in its own unit or as bare digits."""
    value, tolerance = float(want["value"]), float(want["tolerance"])
    try:
        unit = parse_unit(str(want["unit"]))
        factor = number.unit.factor / unit.factor if unit.dimension == number.unit.dimension else 1.0
    except QuantityError:
        factor = 1.0
    return any(abs(end.value * factor - value) <= abs(value) * tolerance + 1e-12 for end in number.ends)


def _same_unit(number: Stated, want: Mapping[str, Any]) -> bool:
    named = str(want["unit"])
    if number.bare:
        return not named
    if number.counted:
        return number.counted.partition("-")[0] == named.partition("-")[0]
    try:
        return parse_unit(named).dimension == number.unit.dimension
    except QuantityError:
        return False


def _names_source(reference: Answered, text: str) -> bool:
    """Whether some source of the headline stands in a text, by its address or by who published it."""
    said = text.lower()
    for each in reference["citations"]:
        names = [
            each["url"] or "",
            each["doi"] or "",
            each["publisher"],
            *(name.partition(",")[0] for name in each["authors"]),
        ]
        if any(len(name) > 2 and name.lower() in said for name in names):
            return True
    return not reference["citations"]


@contextmanager
def _gateway(built: Path, address: str, model: str, key: str) -> Iterator[TestClient[Any]]:
    settings = Settings(knowledge=built, chat_url=address, chat_model=model, chat_key=key, chat_timeout=_SECONDS)
    with TestClient(create_app(settings)) as client:
        yield client


def _text(response: httpx.Response) -> str:
    response.raise_for_status()
    return str(response.json()["choices"][0]["message"]["content"] or "")


def evaluate(chosen: list[dict[str, Any]], built: Path, address: str, model: str, key: str) -> dict[str, Counter[str]]:
    """Ask every question both ways; counts by way and part, and `failed` where no answer came."""
    knowledge = Knowledge(built)
    counts: dict[str, Counter[str]] = {"with": Counter(), "without": Counter()}
    headers = {"authorization": f"Bearer {key}"} if key else {}
    with _gateway(built, address, model, key) as ours, httpx.Client(timeout=_SECONDS, headers=headers) as alone:
        for entry in chosen:
            reference = answer(knowledge, entry)
            asked = {"role": "user", "content": entry["question"]}
            body = {"model": model, "temperature": 0}
            ways = {
                "with": lambda: ours.post("/v1/chat/completions", json={**body, "messages": [asked]}),  # noqa: B023
                "without": lambda: alone.post(f"{address.rstrip('/')}/chat/completions",
                                              json={**body, "messages": [{"role": "system", "content": _ALONE}, asked]}),  # noqa: B023
            }  # fmt: skip
            for way, ask in ways.items():
                _count(counts[way], way, knowledge, entry, reference, ask)
    return counts


def _count(
    counts: Counter[str], way: str, knowledge: Knowledge, entry: dict[str, Any], reference: Answered, ask: Any
) -> None:
    counts["asked"] += 1
    try:
        text = _text(ask())
    except (httpx.HTTPError, KeyError, IndexError) as error:
        counts["failed"] += 1
        print(f"FAILED {way:7} {entry['id']}: {type(error).__name__}")
        return
    found = judged(knowledge, entry, reference, text)
    counts.update(part for part in PARTS if found[part])
    counts["all"] += all(found.values())
    missed = ", ".join(part for part in PARTS if not found[part])
    print(
        f"{'ok    ' if not missed else 'MISSED'} {way:7} {entry['id']}: {missed or 'all'}: {' '.join(text.split())[:140]}"
    )


def main(arguments: list[str] | None = None) -> int:
    """Print the counts; 2 where no model is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="questions", help="the set of tests/ask")
    parser.add_argument("--kind", help="questions of one kind alone")
    parser.add_argument("--limit", type=int, default=30, help="how many, spread over the set")
    given = parser.parse_args(arguments)
    address = os.environ.get("LLM_URL", "")
    if not address:
        print(
            "LLM_URL says where the model is, such as http://127.0.0.1:11434/v1; LLM_MODEL and LLM_KEY name it and open it."
        )
        return 2
    fitting = [
        each
        for each in questions(given.set)
        if each["answered"] and not each.get("context") and given.kind in {None, each["kind"]}
    ]
    chosen = fitting[:: max(1, len(fitting) // given.limit)][: given.limit]
    counts = evaluate(
        chosen,
        ready(Settings.load().knowledge),
        address,
        os.environ.get("LLM_MODEL", "default"),
        os.environ.get("LLM_KEY", ""),
    )
    for way, found in counts.items():
        shares = "  ".join(f"{part} {found[part]}/{found['asked']}" for part in (*PARTS, "all"))
        print(f"{way:7} {shares}  failed {found['failed']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
