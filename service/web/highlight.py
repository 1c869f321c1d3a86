"""Python with its words marked for the style sheet, on the server."""

from __future__ import annotations

from functools import cache
from typing import Any

from markupsafe import Markup, escape


def highlighted(code: str) -> Markup:
    """Code as HTML in which keywords, strings, comments, numbers, decorators and what is defined stand in a `span`.

    >>> highlighted("return 1 < x  # no")
    Markup('<span class="k">return</span> <span class="m">1</span> &lt; x  <span class="c"># no</span>')
    """
    from pygments.lexers.python import PythonLexer  # noqa: PLC0415 - takes its time, and few pages show code

    pieces = [_marked(_class(kind), escape(text)) for kind, text in PythonLexer().get_tokens(code)]
    return Markup("").join(pieces).rstrip()


def _marked(name: str, text: Markup) -> Markup:
    return Markup('<span class="{}">{}</span>').format(name, text) if name else text


@cache
def _class(kind: Any) -> str:
    """The class of a sort of token; none for most."""
    from pygments.token import Comment, Keyword, Literal, Name, Number  # noqa: PLC0415

    marked = {Keyword: "k", Number: "m", Literal: "s", Comment: "c", Name.Decorator: "d"}
    defined = {Name.Function: "f", Name.Class: "f"}
    return next((name for sort, name in {**marked, **defined}.items() if kind in sort), "")
