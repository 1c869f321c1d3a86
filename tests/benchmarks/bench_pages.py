"""The page of every figure there is, against a bare page of the same size."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from service.settings import Settings
from service.store.browse import named
from service.store.build import ready
from service.store.queries import Knowledge
from tests.benchmarks.bare_page import FOLDER, NAME
from tests.benchmarks.load import get, rates, server
from tests.benchmarks.table import Measured, compared

_OURS = "service.app:create_app"
_TOURS = 3  # addresses enough for the fastest server that was measured


def measure() -> list[Measured]:
    """A tour of all figures, again and again, every request at an address of its own: each page is made anew.

    What pages share was made before: the words, the references, and the records as far as the service keeps them.
    """
    knowledge = Knowledge(ready(Settings.load().knowledge))
    names = named(knowledge, "figure")
    knowledge.close()
    paths = [f"/figures/{name}" for name in names]
    with server(_OURS) as (ours, _), httpx.Client(base_url=f"http://127.0.0.1:{ours}") as client:
        pages = [client.get(path) for path in paths]
        tags = {"if-none-match": pages[0].headers["etag"]}
        with _bare(sorted((page.text for page in pages), key=len)[len(pages) // 2]) as bare:
            anew = [get(f"{path}?n={number}") for number in range(_TOURS) for path in paths]
            made = rates((ours, anew), (bare, [get("/")]))
            held = rates((ours, [get(paths[0], tags)]), (bare, [get("/")]))
    return [
        compared("figure page, made anew, against a bare page of its size", "req/s", *made, least=0.25),
        compared("figure page that the reader holds (304), against the same", "req/s", *held, least=0.8),
    ]


@contextmanager
def _bare(page: str) -> Iterator[int]:
    """The bare server: all of a page but its title is constant."""
    before, title, after = page.partition("</title>")
    with tempfile.TemporaryDirectory() as folder:
        text = "{{ title }}".join(("{% raw %}" + before + "{% endraw %}", title + "{% raw %}" + after + "{% endraw %}"))
        Path(folder, NAME).write_text(text, encoding="utf-8")
        with server("tests.benchmarks.bare_page:create_app", {FOLDER: folder}) as (port, _):
            yield port
