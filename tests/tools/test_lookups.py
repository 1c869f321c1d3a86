"""The look-ups as tools: the shapes that hosts expect, addresses in all of them, and names resolved."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from service.core.errors import BadCall
from service.core.tokens import tokens
from service.desk import Desk
from service.lookups.lookup import registry
from service.tools.registry import tool

HERE = "https://wattcite.example.org"


def call(desk: Desk, name: str, **inputs: Any) -> dict[str, Any]:
    """What a look-up returns, in its published shape."""
    found = tool(name).call(desk, inputs)
    TypeAdapter(tool(name).output).validate_python(found, strict=True)
    return found


def codes(desk: Desk, name: str, **inputs: Any) -> dict[str, str]:
    with pytest.raises(BadCall) as caught:
        tool(name).call(desk, inputs)
    return {fault.field: fault.code for fault in caught.value.faults}


def test_every_look_up_is_a_tool() -> None:
    assert set(registry) == {"search_figures", "get_figure", "cite_source", "search", "fetch"}
    assert all(tool(name).read_only and tool(name).idempotent and not tool(name).open_world for name in registry)


def test_search_and_fetch_are_what_connectors_expect(desk: Desk) -> None:
    found = call(desk, "search", query="ChatGPT electricity per query")
    assert set(found) == {"results"}
    assert {hit["id"].split(":")[0] for hit in found["results"]} == {"figure", "source"}
    for hit in found["results"]:
        assert set(hit) == {"id", "title", "url"}
        assert hit["title"]
        assert hit["url"].startswith(f"{HERE}/v1/")
        document = call(desk, "fetch", id=hit["id"])
        assert set(document) == {"id", "title", "text", "url", "metadata"}
        assert (document["id"], document["title"], document["url"]) == (hit["id"], hit["title"], hit["url"])
        assert document["text"]
        assert all(isinstance(value, str) and value for value in document["metadata"].values())
    assert call(desk, "search", query="zzzzqqqq") == {"results": []}


def test_fetch_takes_an_id_without_its_kind(desk: Desk) -> None:
    assert call(desk, "fetch", id="altman-2025") == call(desk, "fetch", id="source:altman-2025")
    figure = "chatgpt-query-electricity-altman-2025"
    assert call(desk, "fetch", id=figure) == call(desk, "fetch", id=f"figure:{figure}")
    assert codes(desk, "fetch", id="figure:altman-2025") == {"id": "unknown-id"}
    assert codes(desk, "fetch", id="nothing:at-all") == {"id": "unknown-id"}


def test_search_figures_narrows_by_names(desk: Desk) -> None:
    found = call(
        desk, "search_figures", query="electricity", subject="ChatGPT", quantity="electricity per query", limit=3
    )
    assert 1 <= len(found["figures"]) <= 3 <= found["total"]
    assert {(figure["subject"], figure["quantity"]) for figure in found["figures"]} == {
        ("chatgpt", "electricity-per-query")
    }
    for number, figure in enumerate(found["figures"], 1):
        assert f"[{number}]" in found["text"]
        assert figure["statement"] in found["text"]
        assert (figure["source"]["url"] or figure["source"]["title"]) in found["text"]
    english, chinese = (call(desk, "search_figures", query="homes", region=name) for name in ("US", "美国"))
    assert english == chinese


def test_search_figures_says_so_where_nothing_is_found(desk: Desk) -> None:
    found = call(desk, "search_figures", query="zzzzqqqq", language="zh-Hant")
    assert found["figures"] == []
    assert "zzzzqqqq" in found["text"]


def test_a_long_list_keeps_within_the_length_of_a_text(desk: Desk) -> None:
    found = call(desk, "search_figures", query="electricity", limit=20)
    assert len(found["figures"]) == 20
    said = found["text"].count("\n- ")  # beside the first
    assert f"{20 - said} more" in found["text"]
    assert tokens(found["text"]) < desk.settings.text_tokens + 20
    assert found["text"].count("https://") >= said


def test_every_fault_is_told_at_once(desk: Desk) -> None:
    assert codes(desk, "search_figures", query="", subject="chatgppt", region="Atlantis", limit=0, colour="red") == {
        "query": "string-too-short",
        "subject": "unknown-name",
        "region": "unknown-region",
        "limit": "greater-than-equal",
        "colour": "unknown-input",
    }


def test_get_figure_is_ready_to_say(desk: Desk) -> None:
    for language in ("en", "zh-Hans", "zh-Hant"):
        found = call(desk, "get_figure", id="chatgpt-query-electricity-altman-2025", language=language)
        assert found["text"].startswith(found["figure"]["statement"])
        assert "0.34" in found["text"]
        assert found["figure"]["source"]["url"] in found["text"]
        assert found["url"] == f"{HERE}/v1/figures/chatgpt-query-electricity-altman-2025"
        assert tokens(found["text"]) < 400


@pytest.mark.parametrize("name", ["altman-2025", "chatgpt-query-electricity-altman-2025"])
def test_cite_source_takes_a_source_or_a_figure_of_it(desk: Desk, name: str) -> None:
    assert call(desk, "cite_source", id=name)["source"]["id"] == "altman-2025"
    assert call(desk, "cite_source", id=name, format="bibtex")["text"].startswith("@")
    assert call(desk, "cite_source", id=name, format="ris")["text"].startswith("TY")
    assert "[EB/OL]" in call(desk, "cite_source", id=name, language="zh-Hans")["text"]
