"""A strict reader of HTML: what is not well-formed, or points nowhere, is an error."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "br", "img", "input", "hr", "source"})
INSIDE = {
    "li": {"ul", "ol"}, "dt": {"dl"}, "dd": {"dl"}, "tr": {"table", "thead", "tbody"}, "td": {"tr"}, "th": {"tr"},
    "option": {"select"}, "summary": {"details"}, "caption": {"table"}, "thead": {"table"}, "tbody": {"table"},
}  # fmt: skip
BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "dl", "table", "section", "h1", "h2", "h3", "pre", "form", "nav", "details"}
)
NO_BLOCKS = frozenset({"p", "span", "a", "h1", "h2", "h3", "button", "label", "summary", "pre", "code", "strong", "em"})
REFERS = ("aria-labelledby", "aria-describedby", "for")


class Page(HTMLParser):
    """A page, read. Raises AssertionError where it is faulty."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        assert text.startswith("<!doctype html>\n<html lang=")
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.refers: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.headings: list[int] = []
        self.language = ""
        self.title = ""
        self.data = ""
        self.text: list[str] = []
        self.unnamed: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []
        assert self.refers - self.ids == set()
        assert self.headings.count(1) == 1
        assert self.headings[0] == 1
        assert all(after - before <= 1 for before, after in zip(self.headings, self.headings[1:], strict=False)), (
            self.headings
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), attrs
        given = {name: value or "" for name, value in attrs}
        assert not any(name == "style" or name.startswith("on") for name in given), attrs
        parent = self.open[-1] if self.open else ""
        assert parent in INSIDE.get(tag, {parent}), (tag, self.open)
        assert not (tag in BLOCKS and NO_BLOCKS & set(self.open)), (tag, self.open)
        assert not (tag == "a" and "a" in self.open)
        if tag not in VOID:
            self.open.append(tag)
        self._note(tag, given)

    def _note(self, tag: str, given: dict[str, str]) -> None:
        if "id" in given:
            assert given["id"] not in self.ids, given["id"]
            self.ids.add(given["id"])
        self.refers |= {name for key in REFERS if key in given for name in given[key].split()}
        if tag == "html":
            self.language = given["lang"]
        if tag == "img":
            assert given["alt"]
        if tag == "script":
            assert "src" in given or given["type"] == "application/ld+json"
        self.loads += [given["src"]] if "src" in given else []
        self.loads += [given["href"]] if tag == "link" and given["rel"] in {"stylesheet", "icon"} else []
        self.links += [given["href"]] if tag == "a" or (tag == "link" and given["rel"] == "alternate") else []
        if tag in {"h1", "h2", "h3"}:
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        inside = self.open[-1] if self.open else ""
        if inside == "title":
            self.title += data
        elif inside == "script":
            self.data += data
        else:
            self.text.append(data)

    @property
    def words(self) -> str:
        """Everything it says, in one line."""
        return " ".join(" ".join(self.text).split())
