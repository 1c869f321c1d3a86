"""`make fuzz`: what a coverage-guided fuzzer finds in the parsers of questions, texts and amounts, for a bounded time each.

Whatever comes in, out comes an answer or one of our own errors, soon. Needs atheris, which the target installs.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from tests.hostile import TEXTS

if TYPE_CHECKING:
    from service.store.queries import Knowledge

_SECONDS = 60
_SLOW = 5  # seconds after which one input counts as a failure
_LONGEST = 4096  # bytes of an input
_EACH = 100  # seeds from each file
_SEEDS = ("tests/ask/questions.yaml", "tests/ask/heldout.yaml", "tests/check/first.yaml", "tests/check/second.yaml")


def main() -> int:
    """Without a name: fuzz everything, each in a process of its own. With one: fuzz that. Seconds may follow."""
    names = [word for word in sys.argv[1:] if word in TARGETS]
    seconds = next((int(word) for word in sys.argv[1:] if word.isdigit()), _SECONDS)
    if len(names) == 1:
        _fuzz(names[0], seconds)
        return 0
    failed = [name for name in names or TARGETS if _apart(name, seconds)]
    print(
        f"failed: {', '.join(failed)}"
        if failed
        else f"no failure in {len(names or TARGETS)} parsers of {seconds} s each"
    )
    return int(bool(failed))


def _apart(name: str, seconds: int) -> int:
    print(f"fuzzing {name} for {seconds} s …", flush=True)
    found = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", name, str(seconds)], capture_output=True, text=True, check=False
    )
    lines = found.stderr.splitlines()
    told = [line for line in lines if line.startswith("Done") or "cov:" in line][-2:]
    print("\n".join(found.stderr.splitlines()[-60:] if found.returncode else told), flush=True)
    return found.returncode


def _fuzz(name: str, seconds: int) -> None:
    import atheris

    with atheris.instrument_imports(include=["service"]):
        target = TARGETS[name]()
        target("ChatGPT 5 kWh")  # the first call reads the words; no input is to blame for that

    def once(data: bytes) -> None:
        target(data.decode("utf-8", "ignore"))

    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(_seeds()):
            (Path(folder) / str(number)).write_text(text, encoding="utf-8")
        options = [
            f"-max_total_time={seconds}",
            f"-timeout={_SLOW}",
            f"-max_len={_LONGEST}",
            f"-artifact_prefix={folder}/",
        ]
        atheris.Setup([sys.argv[0], *options, folder], once)
        atheris.Fuzz()


def _seeds() -> list[str]:
    """Questions, texts with claims, and injections, for every parser alike."""
    found = list(TEXTS)
    for path in _SEEDS:
        entries = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
        found += [str(text) for each in entries if (text := each.get("question") or each.get("text"))][:_EACH]
    return found


def _questions() -> Callable[[str], object]:
    from service.ask.asking import ask
    from service.ask.inputs import QuestionInputs, checked
    from service.core.errors import WattciteError

    knowledge = _knowledge()

    def target(text: str) -> object:
        try:
            return ask(knowledge, checked(knowledge, {"question": text}, QuestionInputs))
        except WattciteError:
            return None

    return target


def _amounts() -> Callable[[str], object]:
    from service.core.errors import WattciteError
    from service.run import run

    knowledge = _knowledge()

    def target(text: str) -> object:
        try:
            return run(knowledge, "convert_units", {"amount": text, "to": "kWh"})
        except WattciteError:
            return None

    return target


def _searches() -> Callable[[str], object]:
    from service.store.search import search

    knowledge = _knowledge()
    return lambda text: search(knowledge, text)


def _texts() -> Callable[[str], object]:
    from service.check.checking import check
    from service.check.formats import MEDIA, written
    from service.check.inputs import Checked

    knowledge = _knowledge()

    def target(text: str) -> object:
        report = check(knowledge, Checked(text, None))
        for claim in report["claims"]:
            assert text[claim["start"] : claim["end"]] == claim["span"] != ""
        return [written(format, text, report, "http://localhost") for format in MEDIA]  # noqa: A001

    return target


def _knowledge() -> Knowledge:
    from service.settings import Settings
    from service.store.build import ready
    from service.store.queries import Knowledge

    return Knowledge(ready(Settings.load().knowledge))


TARGETS: Mapping[str, Callable[[], Callable[[str], object]]] = {
    "questions": _questions,
    "texts": _texts,
    "amounts": _amounts,
    "searches": _searches,
}

if __name__ == "__main__":
    sys.exit(main())
