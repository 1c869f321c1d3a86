"""Texts of our own with their claims, and how a report of them is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from service.check.checking import check
from service.check.inputs import Checked
from service.check.shapes import ClaimFound
from service.store.queries import Knowledge

SETS: Final = ("first", "second", "third", "fourth", "fifth", "sixth")
_FOLDER: Final = Path(__file__).parent
_NEAR: Final = 0.03
_WRONG: Final = frozenset({"contradicted", "arithmetic-wrong"})
_RIGHT: Final = frozenset({"supported", "supported-with-caveat"})
Expected = Mapping[str, Any]


@dataclass
class Tally:
    """What was expected, reported, paired and judged rightly, and every miss in words."""

    expected: int = 0
    reported: int = 0
    paired: int = 0
    right: int = 0
    alarms: int = 0  # fair claims called wrong
    passed: int = 0  # wrong claims called right
    verdicts: Counter[tuple[str, bool]] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of the reported claims that are claims."""
        return self.paired / max(1, self.reported)

    @property
    def recall(self) -> float:
        """The share of the claims that are reported."""
        return self.paired / max(1, self.expected)

    @property
    def accuracy(self) -> float:
        """The share of the verdicts on found claims that are right."""
        return self.right / max(1, self.paired)


def texts(name: str) -> list[dict[str, Any]]:
    """The texts of a set."""
    found: list[dict[str, Any]] = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def judged(knowledge: Knowledge, name: str) -> Tally:
    """A whole set, judged."""
    tally = Tally()
    for entry in texts(name):
        report = check(knowledge, Checked(entry["text"], None))
        _judge(entry, report["claims"], tally)
    return tally


def _judge(entry: dict[str, Any], got: Sequence[ClaimFound], tally: Tally) -> None:
    expected: list[Expected] = entry["claims"]
    pairs = paired(entry["text"], expected, got)
    free = {number for number, each in enumerate(expected) if each.get("optional")}
    tally.expected += len(expected) - len(free)
    tally.reported += len(got) - sum(number in free for number in pairs)
    for number, want in enumerate(expected):
        if number in free:
            continue
        if number not in pairs:
            tally.misses.append(f"MISSED {entry['id']} {want['span']!r}: {want['subject']}, {want['verdict']}")
            continue
        _verdict(entry["id"], want, got[pairs[number]], tally)
    for number, found in enumerate(got):
        if number not in pairs.values():
            tally.misses.append(f"EXTRA {entry['id']} {found['span']!r}: {found['subject']}, {found['verdict']}")


def _verdict(name: str, want: Expected, found: ClaimFound, tally: Tally) -> None:
    allowed = {want["verdict"], *want.get("acceptable", ())}
    right = found["verdict"] in allowed
    tally.paired += 1
    tally.right += right
    tally.verdicts[want["verdict"], right] += 1
    tally.alarms += found["verdict"] in _WRONG and not allowed & _WRONG
    tally.passed += found["verdict"] in _RIGHT and not allowed & _RIGHT
    if not right:
        tally.misses.append(f"VERDICT {name} {want['span']!r}: {found['verdict']} for {want['verdict']}")


def paired(text: str, expected: Sequence[Expected], got: Sequence[ClaimFound]) -> dict[int, int]:
    """Which reported claim is which expected one: those that overlap, the same value first, then the larger overlap."""
    options = []
    for number, (start, end) in enumerate(_places(text, expected)):
        for other, found in enumerate(got):
            both = min(end, found["end"]) - max(start, found["start"])
            if both > 0:
                value = float(expected[number]["value"])
                same = abs(found["value"] - value) <= _NEAR * abs(value)
                union = max(end, found["end"]) - min(start, found["start"])
                options.append((same, both / union, number, other))
    chosen: dict[int, int] = {}
    for _, _, number, other in sorted(options, key=lambda each: (not each[0], -each[1])):
        if number not in chosen and other not in chosen.values():
            chosen[number] = other
    return chosen


def _places(text: str, expected: Sequence[Expected]) -> list[tuple[int, int]]:
    """Where the expected claims stand; one that stands there twice is the next of its kind."""
    places: list[tuple[int, int]] = []
    for each in expected:
        start = text.index(each["span"])
        while (start, start + len(each["span"])) in places:
            start = text.index(each["span"], start + 1)
        places.append((start, start + len(each["span"])))
    return places
