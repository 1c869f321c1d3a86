"""`make audit`: whether vulnerabilities are known of what is pinned, as pip-audit finds them in a database of advisories.

Arguments go to pip-audit, such as `-s osv` for another database. The exit code is 0 where none is known, 1 where one is, and
3 where nothing could be looked up; then it says why. pip-audit itself reports none where a database knows none of the packages.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from tests.supply.pins import DEVELOPMENT, RUNTIME, pins

NONE_KNOWN: Final = 0
VULNERABLE: Final = 1
NOT_AUDITED: Final = 3
_PIP_AUDIT: Final = (sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner=off")


def main(arguments: Sequence[str], requirements: Path = DEVELOPMENT) -> int:
    """Look up all pins of a file (that of development holds those of the service too), and print what is found; the exit code."""
    command = [*_PIP_AUDIT, "--requirement", str(requirements), *arguments, "--format=json", "--desc=off"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found = json.loads(run.stdout)["dependencies"]
    except ValueError:
        last = (run.stderr.strip() or "it said nothing").splitlines()[-1]
        return _not_audited(f"no database of advisories could be asked: {last}")
    return judged(found)


def judged(found: Sequence[Any]) -> int:
    """Print what a report of pip-audit says of each package; the exit code."""
    skipped = [each for each in found if "skip_reason" in each]
    if len(skipped) == len(found):
        return _not_audited(
            "; ".join(["the database knows none of them", *(each["skip_reason"] for each in skipped[:1])])
        )
    faults = list(_faults(found))
    for line in [*(f"not looked up: {each['skip_reason']}" for each in skipped), *faults]:
        print(line)
    print(f"{len(found) - len(skipped)} of {len(found)} packages looked up, {len(faults)} known vulnerabilities")
    return VULNERABLE if faults else NONE_KNOWN


def _faults(found: Sequence[Any]) -> Iterator[str]:
    """One line a vulnerability: of what, which, and since which version it is mended."""
    service = {pin.name for pin in pins(RUNTIME)}
    for each in found:
        for known in each.get("vulns", ()):
            mended = ", ".join(known["fix_versions"]) or "no version"
            part = "service" if each["name"] in service else "development"
            yield f"{each['name']} {each['version']} ({part}): {known['id']}, mended in {mended}"


def _not_audited(why: str) -> int:
    print(f"NOT AUDITED: {why}")
    return NOT_AUDITED


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
