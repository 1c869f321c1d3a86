"""The little Markdown that answers are written in, as HTML in which nothing of the text can become markup."""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup, escape

_STRONG: Final = re.compile(r"\*\*(.+?)\*\*")
_EMPHASIS: Final = re.compile(r"(?<![\w*])\*(?!\s)([^*]+?)(?<!\s)\*(?![\w*])")
_MARK: Final = re.compile(r"\[(\d+)\]")
_CODE: Final = re.compile(r"`([^`]+)`")


def inline(text: str) -> Markup:
    """One paragraph: bold, emphasis, code, and marks that lead to the list of sources.

    >>> inline("About **2 homes** [1] & <b>")
    Markup('About <strong>2 homes</strong> <a class="mark" href="#cite-1">[1]</a> &amp; &lt;b&gt;')
    """
    safe = str(escape(text))
    safe = _STRONG.sub(r"<strong>\1</strong>", safe)
    safe = _EMPHASIS.sub(r"<em>\1</em>", safe)
    safe = _CODE.sub(r"<code>\1</code>", safe)
    safe = _MARK.sub(r'<a class="mark" href="#cite-\1">[\1]</a>', safe)
    return Markup(safe)  # noqa: S704 - escaped above; only the tags written here are added


def opening(text: str) -> Markup:
    """The first paragraph of an answer."""
    return inline(text.strip().split("\n\n", 1)[0].replace("\n", " "))
