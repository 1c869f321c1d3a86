"""Records as lines of text that may be repeated as they are: the number with its source and address."""

from __future__ import annotations

from service.answers.voice import voice
from service.core.model import Figure, Source
from service.lookups.lookup import Place


def figure_line(figure: Figure, number: int, at: Place) -> str:
    """A figure as a sentence, with what it counts, and the line of its source under the same number."""
    about = {"n": number, "statement": at.words.local(figure.statement), "scope": at.words.local(figure.scope)}
    line = at.words.say("lookups", "figure", about)
    return f"{line}\n  {voice(at.knowledge, at.words.language).source(figure.id, number)}"


def figure_lines(figures: list[Figure], at: Place) -> str:
    """Figures, numbered from 1."""
    return "\n".join([f"- {figure_line(figure, number, at)}" for number, figure in enumerate(figures, 1)])


def source_title(source: Source, at: Place) -> str:
    """What a source is called in a list: who, when and its title."""
    return at.words.say("lookups", "source", {"who": at.knowledge.label(source.id), "title": source.title})
