"""The fonts of pictures: `make fonts` cuts them from Debian's fonts-noto-core and fonts-noto-cjk.

Pictures that are made on the server cannot count on any font of the machine, so three small ones come with the service:
Noto Sans in two weights for every Latin, Greek and Cyrillic letter, and Noto Sans CJK with the Chinese characters that are
in common use or stand anywhere in the knowledge and the words. `test_pictures.py` says when a new word needs another one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

from service.answers.words import LANGUAGES, words
from service.core.model import Text
from service.core.resources import resource
from service.settings import Settings
from service.store.browse import named
from service.store.build import ready
from service.store.queries import Knowledge
from service.web.pictures import FONTS

_NOTO: Final = Path("/usr/share/fonts")
_CJK: Final = "Noto Sans CJK SC"
_LETTERS: Final = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x370, 0x3FF), (0x400, 0x45F), (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2030, 0x203A),
    (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2100, 0x2126), (0x2190, 0x2193), (0x2212, 0x2212), (0x2248, 0x2248), (0x2260, 0x2265),
)  # fmt: skip
_SIGNS: Final = ((0x3000, 0x301F), (0xFF00, 0xFF5E), (0xFFE0, 0xFFE6))  # of Chinese
_COMMON: Final = ((0xB0, 0xF7), (0xA1, 0xFE))  # the 6,763 characters of GB 2312, by their bytes


def said(knowledge: Knowledge) -> frozenset[str]:
    """Every character that a chart or a card may show, in any language."""
    texts: list[str] = [each for file in ("charts.yaml", "words/en.yaml") for each in [_prompt(file)]]
    names = [each.name for kind in ("quantities", "subjects") for each in getattr(knowledge, kind).values()]
    names += [each.name for each in knowledge.regions()]
    names += [each.statement for each in knowledge.figures(named(knowledge, "figure"))]
    names += [Text(en=each, zh=each) for each in (_prompt("words/zh-Hans.yaml"), _prompt("charts.yaml"))]
    texts += [words(language).local(name) for language in LANGUAGES for name in names]
    for source in knowledge.sources(named(knowledge, "source")):
        texts += [source.title, source.publisher, knowledge.label(source.id)]
    return frozenset(character for text in texts for character in text if character.isprintable())


def _prompt(file: str) -> str:
    return resource(f"prompts/{file}").read_text(encoding="utf-8")


def common() -> str:
    """The Chinese characters in common use, simplified and as Taiwan writes them."""
    (first, last), (low, high) = _COMMON
    cells = (bytes((row, cell)) for row in range(first, last + 1) for cell in range(low, high + 1))
    simplified = "".join(cell.decode("gb2312", errors="ignore") for cell in cells)
    return simplified + words("zh-Hant").local(Text(en=simplified, zh=simplified))


def _between(ranges: Iterable[tuple[int, int]]) -> Iterator[int]:
    for first, last in ranges:
        yield from range(first, last + 1)


def _cut(font: Any, characters: Iterable[int], target: Path) -> None:
    """Write a font that has these characters alone."""
    options = subset.Options(
        layout_features=["kern", "mark", "ccmp"], hinting=False, glyph_names=False, notdef_outline=True, name_IDs=[0, 1, 2, 4, 5, 6, 13, 14]
    )  # fmt: skip
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "GDEF"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    font.save(target)
    print(f"{target.name}: {len(font.getGlyphOrder())} glyphs, {target.stat().st_size // 1000} kB")


def main() -> None:
    """Cut the fonts from those below the folder that is named, or those that are installed."""
    origin = Path(sys.argv[1]) if len(sys.argv) > 1 else _NOTO
    knowledge = Knowledge(ready(Settings.load().knowledge))
    regular, bold, chinese = FONTS
    letters = set(_between(_LETTERS))
    for target in (regular, bold):
        _cut(TTFont(_found(origin, target.name), recalcTimestamp=False), letters, target)
    collection = TTCollection(_found(origin, "NotoSansCJK-Regular.ttc"), recalcTimestamp=False)
    font = next(each for each in collection.fonts if each["name"].getDebugName(1) == _CJK)
    wanted = {*letters, *_between(_SIGNS), *map(ord, common()), *map(ord, said(knowledge))}
    _cut(font, wanted - set(TTFont(regular).getBestCmap()), chinese)


def _found(origin: Path, name: str) -> Path:
    found = sorted(origin.rglob(name))
    if not found:
        sys.exit(
            f"{name} is not below {origin}: apt-get install fonts-noto-core fonts-noto-cjk, or name another folder."
        )
    return found[0]


if __name__ == "__main__":
    main()
