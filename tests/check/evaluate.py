"""`make eval`: of the claims in texts of our own, how many are found, and how many are judged rightly, with every miss."""

from __future__ import annotations

import sys
from typing import Final

from service.settings import Settings
from service.store.build import ready
from service.store.queries import Knowledge
from tests.check.judge import SETS, judged

LEAST: Final = 0.95


def main() -> int:
    """Evaluate every set; 1 where one falls short."""
    knowledge = Knowledge(ready(Settings.load().knowledge))
    held = True
    for name in SETS:
        tally = judged(knowledge, name)
        print(name, *tally.misses, sep="\n")
        for verdict in sorted({each for each, _ in tally.verdicts}):
            right, wrong = tally.verdicts[verdict, True], tally.verdicts[verdict, False]
            print(f"  {verdict:22} {right:3}/{right + wrong:<3}")
        print(f"  precision {tally.precision:.1%} ({tally.paired}/{tally.reported}), ", end="")
        print(f"recall {tally.recall:.1%} ({tally.paired}/{tally.expected}), verdicts {tally.accuracy:.1%}")
        print(f"  fair claims called wrong: {tally.alarms}; wrong claims passed: {tally.passed}\n")
        held = held and min(tally.precision, tally.recall, tally.accuracy) >= LEAST
    return int(not held)


if __name__ == "__main__":
    sys.exit(main())
