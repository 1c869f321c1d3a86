"""Write what is generated in the repository: openapi.yaml, and the marked blocks of the documents.

    python -m tests.generate            write them
    python -m tests.generate --check    write nothing; name what is stale, and exit with 1 if anything is

A block of a document stands between ``<!-- generated:NAME -->`` and ``<!-- /generated -->``; `BLOCKS` lists the names.
The same checkout gives the same bytes on every machine.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, fields
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from service.answers.words import words
from service.api.openapi import as_yaml, document
from service.api.operations import summary
from service.app import create_app
from service.core.calculator import registry
from service.run import run
from service.settings import PREFIX, Settings
from service.store.build import ensure
from service.store.queries import Knowledge
from service.web.register import as_markdown
from tests.benchmarks.peers import shown
from tests.supply import dependencies

ROOT: Final = Path(__file__).parents[1]
DOCUMENTS: Final = ("README.md", "README.zh-CN.md", ".github/CONTRIBUTING.md")

_BLOCK: Final = re.compile(r"(<!-- generated:([a-z0-9-]+) -->\n).*?(<!-- /generated -->)", re.DOTALL)
_MARKER: Final = re.compile(r"<!-- /?generated\b")


class BadMarkers(ValueError):
    """A document that cannot be filled: a block that is unknown, not closed, or not translated."""


def openapi(knowledge: Path) -> str:
    """The OpenAPI document of the service in its default settings."""
    settings = Settings(knowledge=knowledge)
    return as_yaml(document(create_app(settings), settings.public_url))


def settings_block(_: Knowledge, language: str) -> str:
    """Every setting with its default and what it does."""
    rows = (
        (
            f"`{PREFIX}{entry.name.upper()}`",
            f"`{_default(entry)}`" if _default(entry) else "",
            _said(language, "settings", entry.name, entry.metadata["help"]),
        )
        for entry in fields(Settings)
    )
    return table(_said(language, "heads", "settings", ("Setting", "Default", "What it does")), rows)


def answer_block(knowledge: Knowledge, language: str) -> str:
    """The question that the project is measured by, as it is answered now."""
    said = run(knowledge, "energy_equivalents", {"energy": "chatgpt", "region": "US", "language": language})["text"]
    return "".join(f"> {line}".rstrip() + "\n" for line in said.strip().splitlines())


def stats_block(knowledge: Knowledge, language: str) -> str:
    """How much is known, as `wattcite knowledge stats` tells it."""
    counts: dict[str, Any] = dict(knowledge.stats())
    topics = counts.pop("topics")
    named = [("version", knowledge.version), ("as of", knowledge.as_of), *counts.items()]
    whole = table(
        _said(language, "heads", "stats", ("what", "how many")),
        ((_said(language, "counts", name, name), count) for name, count in named),
    )
    by_topic = ((_said(language, "topics", name, name), t["sources"], t["figures"]) for name, t in topics.items())
    return whole + "\n" + table(_said(language, "heads", "topics", ("topic", "sources", "figures")), by_topic)


def calculators_block(_: Knowledge, language: str) -> str:
    """Every calculator and what it answers."""
    return table(
        _said(language, "heads", "calculators", ("Calculator", "What it answers")),
        ((f"`{name}`", _answers(name, language)) for name in sorted(registry)),
    )


def _answers(name: str, language: str) -> str:
    """The first sentence of what a chatbot is told of a calculator."""
    if language == "en":
        return summary(registry[name].description)
    return str(words(language)["tools"]["full"][name]["description"]).split("。", 1)[0]


def dependencies_block(_: Knowledge, language: str) -> str:
    """Every direct dependency: under which licence, in which extra, and why."""
    return table(
        _said(language, "heads", "dependencies", ("Package", "Licence", "Extra", "What for")),
        (
            (f"`{name}`", spdx, f"`{extra}`" if extra else "", why)
            for name, spdx, extra, why in dependencies.rows(language)
        ),
    )


def peers_block(_: Knowledge, language: str) -> str:
    """What was measured beside others, with its picture."""
    picture = (shown.HERE / shown.PICTURES[language]).relative_to(ROOT).as_posix()
    measured = table(shown.heads(language), shown.cells(language))
    return f"{measured}\n{shown.when(language)}\n\n![{shown.title(language)}]({picture})\n"


def register_block(_: Knowledge, language: str) -> str:
    """How each chat host is given the tools, at the address that the service has where nothing is set."""
    return as_markdown(Settings().public_url, language)


@cache
def _chinese() -> Any:
    return yaml.safe_load((ROOT / "tests" / "documents.zh.yaml").read_text(encoding="utf-8"))


def _said(language: str, part: str, key: str, english: Any) -> Any:
    """What the documents in a language say for an English text. Raises `BadMarkers` where it has not been translated."""
    if language == "en":
        return english
    if key not in _chinese()[part]:
        raise BadMarkers(f"tests/documents.zh.yaml says nothing for {part}: {key}")
    return _chinese()[part][key]


Block = Callable[[Knowledge, str], str]
BLOCKS: Final[Mapping[str, Block]] = {
    "answer": answer_block,
    "calculators": calculators_block,
    "dependencies": dependencies_block,
    "peers": peers_block,
    "register": register_block,
    "settings": settings_block,
    "stats": stats_block,
}


def table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    lines = [list(head), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def filled(text: str, knowledge: Knowledge, language: str) -> str:
    """A document with its blocks as they must be. Raises `BadMarkers`."""

    def fill(found: re.Match[str]) -> str:
        if found[2] not in BLOCKS:
            raise BadMarkers(f"there is no block {found[2]!r}; there are {', '.join(BLOCKS)}")
        return found[1] + BLOCKS[found[2]](knowledge, language) + found[3]

    if len(_MARKER.findall(text)) != 2 * len(_BLOCK.findall(text)):
        raise BadMarkers("a marker stands without its partner")
    return _BLOCK.sub(fill, text)


def generated(root: Path) -> Iterator[tuple[Path, str]]:
    """Every generated file, and every document with blocks, as it must be. Raises `BadMarkers`."""
    with tempfile.TemporaryDirectory() as folder:
        built = ensure(ROOT / "knowledge", Path(folder) / "knowledge.sqlite")
        yield root / "openapi.yaml", openapi(built)
        for language, name in shown.PICTURES.items():
            picture = root / shown.HERE.relative_to(ROOT) / name
            if picture.parent.is_dir():
                yield picture, shown.picture(language)
        knowledge = Knowledge(built)
        for name in DOCUMENTS:
            path = root / name
            if path.is_file():
                language = "zh-Hans" if ".zh-CN." in name else "en"
                try:
                    yield path, filled(path.read_text(encoding="utf-8"), knowledge, language)
                except BadMarkers as error:
                    raise BadMarkers(f"{name}: {error}") from error
        knowledge.close()


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Write or check; returns the exit code."""
    check = arguments == ["--check"]
    if arguments and not check:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        stale = [(path, text) for path, text in generated(root) if not _same(path, text)]
    except (BadMarkers, dependencies.Unexplained) as error:
        print(error, file=sys.stderr)
        return 2
    for path, text in stale:
        if not check:
            path.write_text(text, encoding="utf-8")
        print(f"{path.relative_to(root)} {'is stale; run `make docs`' if check else 'written'}")
    return 1 if check and stale else 0


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _default(entry: Field[Any]) -> str:
    assert entry.default_factory is not MISSING
    default = entry.default_factory()
    # where the cache is differs from machine to machine; usually it is here
    return "/".join(("~/.cache", *default.parts[-2:])) if isinstance(default, Path) else str(default)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
