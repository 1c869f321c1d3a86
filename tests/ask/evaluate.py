"""`make eval`: how many questions of our own sets are answered rightly, by kind and by language, with every miss."""

from __future__ import annotations

import sys
import time
from collections import Counter
from typing import Any, Final

from service.settings import Settings
from service.store.build import ready
from service.store.queries import Knowledge
from tests.ask.judge import SETS, answer, confident, misses, questions

LEAST: Final = 0.95


def evaluate(knowledge: Knowledge, name: str) -> tuple[float, list[str]]:
    """Print the result of one set; the share answered rightly, and the ids of those that got a number and have none."""
    asked, right, wrong = Counter[tuple[str, str]](), Counter[tuple[str, str]](), []
    slowest = 0.0
    for entry in questions(name):
        start = time.perf_counter()
        found = answer(knowledge, entry)
        slowest = max(slowest, time.perf_counter() - start)
        why = misses(entry, found)
        for key in (("kind", entry["kind"]), ("language", entry["language"]), ("all", name)):
            asked[key] += 1
            right[key] += not why
        if confident(entry, found):
            wrong.append(entry["id"])
        if why:
            _miss(entry, why, found)
    for both in sorted(asked):
        part, value = both
        print(f"  {part:9} {value:14} {right[both]:4}/{asked[both]:<4} {right[both] / asked[both]:6.1%}")
    print(f"  confidently wrong on the unanswerable: {wrong or 'none'}; slowest {1000 * slowest:.0f} ms\n")
    return right["all", name] / asked["all", name], wrong


def _miss(entry: dict[str, Any], why: list[str], found: Any) -> None:
    headline = found["headline"]["text"] if found["headline"] else None
    print(
        f"MISS {entry['id']} ({entry['language']}) {entry['question']}\n     {'; '.join(why)}; {found['tool']}: {headline}"
    )


def main() -> int:
    """Evaluate every set; 1 where one falls short or an unanswerable question got a number."""
    knowledge = Knowledge(ready(Settings.load().knowledge))
    held = True
    for name in SETS:
        print(name)
        share, wrong = evaluate(knowledge, name)
        held = held and share >= LEAST and not wrong
    return int(not held)


if __name__ == "__main__":
    sys.exit(main())
