"""Records as lines of text that may be repeated as they are: the number with its source and address."""

from __future__ import annotations

from collections.abc import Sequence

from service.answers.voice import voice
from service.core.model import Figure, Source
from service.core.tokens import tokens
from service.lookups.lookup import Place


def figure_line(figure: Figure, number: int, at: Place) -> str:
    """A figure as a sentence, with what it counts, and the line of its source under the same number."""
    about = {"n": number, "statement": at.words.local(figure.statement), "scope": at.words.local(figure.scope)}
    line = at.words.say("lookups", "figure", about)
    return f"{line}\n  {voice(at.knowledge, at.words.language).source(figure.id, number)}"


def figure_lines(figures: Sequence[Figure], at: Place) -> str:
    """Figures, numbered from 1: as many as fit into the length of a text, then how many more there are."""
    lines: list[str] = []
    left = at.tokens
    for number, figure in enumerate(figures, 1):
        line = f"- {figure_line(figure, number, at)}"
        left -= tokens(line)
        if lines and left < 0:
            more = at.words.say("lookups", "more", {"count": len(figures) - len(lines)})
            return "\n".join([*lines, f"- {more}"])
        lines.append(line)
    return "\n".join(lines)


def statements(figures: Sequence[Figure], at: Place) -> str:
    """Figures of one source as sentences with what they count."""
    said = ({"statement": at.words.local(each.statement), "scope": at.words.local(each.scope)} for each in figures)
    return "\n".join([f"- {at.words.say('lookups', 'statement', about)}" for about in said])


def source_title(source: Source, at: Place) -> str:
    """What a source is called in a list: who, when and its title."""
    return at.words.say("lookups", "source", {"who": at.knowledge.label(source.id), "title": source.title})
