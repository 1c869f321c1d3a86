"""Looking things up: what was loaded comes back, by id, by name, by what it is about."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.core.model import Region, Subject
from service.store import lookup
from service.store.build import as_of, version
from service.store.load import Library
from service.store.queries import Knowledge, Thing


def test_every_record_comes_back_as_it_was(small: Knowledge, library: Library) -> None:
    assert {name: small.figure(name) for name in library.figures} == library.figures
    assert dict(small.subjects) == library.subjects
    assert dict(small.quantities) == library.quantities
    assert {region.id: region for region in small.regions()} == library.regions
    assert {parameter.id: parameter for parameter in small.parameters()} == library.parameters
    for name, source in library.sources.items():
        assert small.source(name) == source.model_copy(update={"figures": []})


def test_figures_and_sources_belong_together(small: Knowledge) -> None:
    assert small.source_of("chatgpt-daily-kolbert-2024").id == "kolbert-2024"
    assert {figure.id for figure in small.figures_of_source("altman-2025")} == {
        "chatgpt-query-altman-2025",
        "chatgpt-queries-altman-2025",
    }
    assert [figure.region for figure in small.figures_of_source("ember-2025")] == ["NO", "US"]


def test_a_record_is_made_once(small: Knowledge) -> None:
    assert small.figure("chatgpt-query-altman-2025") is small.figure("chatgpt-query-altman-2025")
    assert small.source_of("chatgpt-query-altman-2025") is small.source("altman-2025")


def test_records_are_kept_within_bounds(shipped: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {figure.id: figure for figure in shipped.find_figures(limit=40)[0]}
    monkeypatch.setattr(lookup, "_KEPT", 8)
    monkeypatch.setattr(shipped, "_figures", {})
    for name, figure in [*whole.items(), *whole.items()]:
        before = set(shipped._figures)
        assert shipped.figure(name) == figure
        assert name in shipped._figures
        assert len(shipped._figures) <= 8
        assert len(before & set(shipped._figures)) >= len(before) - 3  # some go, never all
    assert shipped.figures(list(whole)) == list(whole.values())  # more at once than are kept


def test_an_id_that_was_cut_is_near_what_it_begins(small: Knowledge) -> None:
    assert all(name.startswith("chatgpt-q") for name in small.suggest("chatgpt-q", "figure")[:2])
    assert small.suggest("", "figure") == []


def test_what_is_not_there(small: Knowledge) -> None:
    for ask in (
        small.figure,
        small.source,
        small.source_of,
        small.subject,
        small.quantity,
        small.region,
        small.parameter_of,
    ):
        with pytest.raises(KeyError, match="nobody"):
            ask("nobody")
    assert small.has_figure("chatgpt-query-altman-2025")
    assert not small.has_figure("chatgpt-daily-derived")
    assert small.derived("nobody") is None
    assert small.home_of("NO") is None
    assert small.parameter("chatgpt", "grid-carbon-intensity") is None


def test_parameters(small: Knowledge) -> None:
    chosen = small.parameter("chatgpt", "electricity-per-query")
    assert chosen is not None
    assert chosen.id == "chatgpt-electricity-per-query"
    assert small.parameter("chatgpt", "electricity-per-query", "world") is chosen
    assert small.parameter("chatgpt", "electricity-per-query", "US") is None
    assert len(small.parameters()) == len(small.parameters(subject="chatgpt")) == 2
    assert [p.id for p in small.parameters(quantity="electricity-per-query")] == ["chatgpt-electricity-per-query"]
    assert small.parameter_of("chatgpt-daily-derived").id == "chatgpt-electricity-per-day"
    derived = small.derived("chatgpt-daily-derived")
    assert derived is not None
    assert list(derived.uses) == ["queries", "each"]
    assert small.with_figures(("electricity-per-query",), "service") == ("chatgpt",)
    assert small.with_figures(("electricity-per-query",), "home") == ()


def test_used_by(small: Knowledge) -> None:
    def names(figure: str) -> list[str]:
        return [parameter.id for parameter in small.used_by(figure)]

    assert names("chatgpt-query-altman-2025") == ["chatgpt-electricity-per-day", "chatgpt-electricity-per-query"]
    assert names("chatgpt-daily-kolbert-2024") == ["chatgpt-electricity-per-day"]
    assert names("chatgpt-daily-derived") == ["chatgpt-electricity-per-day"]
    assert names("us-grid-carbon-intensity-ember-2025-2024") == []


def test_lists(small: Knowledge) -> None:
    figures, total = small.find_figures(subject="chatgpt", limit=2)
    assert (len(figures), total) == (2, 3)
    rest, _ = small.find_figures(subject="chatgpt", limit=2, offset=2)
    # what parameters choose comes first, what is superseded or only remembered last
    assert [figure.id for figure in rest] == ["chatgpt-daily-kolbert-2024"]
    assert small.find_figures(kind="press", checked="memory")[1] == 1
    assert (
        small.find_figures(region="US", quantity="grid-carbon-intensity", basis="modelled", source="ember-2025")[1] == 1
    )
    assert small.find_figures(year=2025)[1] == 2
    assert small.find_figures(subject="nobody") == ([], 0)
    assert [source.id for source in small.find_sources(topic="services")[0]] == ["altman-2025", "kolbert-2024"]
    assert small.find_sources(kind="dataset", checked="secondary", language="en", year=2025)[1] == 1
    assert [subject.id for subject in small.find_subjects(kind="home", region="US")[0]] == ["us-home"]
    assert small.find_subjects(part_of="openai")[1] == 1


def test_stats(small: Knowledge) -> None:
    stats = small.stats()
    assert (stats["sources"], stats["figures"], stats["parameters"], stats["derived"]) == (3, 5, 2, 1)
    assert (stats["regions"], stats["subjects"], stats["quantities"]) == (4, 3 + 4, 4)  # regions are subjects too
    assert (stats["primary"], stats["secondary"], stats["memory"]) == (1, 3, 1)
    assert stats["topics"] == {"grids": {"sources": 1, "figures": 2}, "services": {"sources": 2, "figures": 3}}


@pytest.mark.parametrize("text", ["chatgpt", "ChatGPT", "chat gpt", "Chat-GPT", "CHAT.GPT", "聊天机器人", "聊天機器人"])
def test_subjects_by_name(small: Knowledge, text: str) -> None:
    found = small.resolve_subject(text)
    assert isinstance(found, Subject)
    assert found.id == "chatgpt"
    assert small.resolve_subject(text, ["service", "model"]) == found
    assert small.resolve_subject(text, ["home"]) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("US", "US"), ("us", "US"), ("U.S.", "US"), ("america", "US"), ("美國", "US"), ("no", "NO"), ("us ca", "US-CA")],
)
def test_regions_by_name(small: Knowledge, text: str, code: str) -> None:
    found = small.resolve_region(text)
    assert isinstance(found, Region)
    assert found.id == code


def test_names_of_nothing(small: Knowledge) -> None:
    for text in ("", "?", "nobody", "x" * 100_000, "' OR 1=1 --", "\0", "\ud800"):
        assert small.find_figures(subject=text) == ([], 0)
        assert not small.has_figure(text)
        assert small.resolve_subject(text) == []
        assert small.resolve_region(text) is None


def test_suggestions(small: Knowledge) -> None:
    assert small.suggest_subjects("chatgtp") == ("chatgpt",)
    assert small.suggest_subjects("chatgtp", ["home"]) == ()
    assert small.suggest_regions("norwey") == ("NO",)
    cases: list[tuple[Thing, str, str]] = [
        ("figure", "chatgpt-query-altmann", "chatgpt-query-altman-2025"),
        ("source", "altman2025", "altman-2025"),
        ("quantity", "electricity-per-qery", "electricity-per-query"),
        ("parameter", "chatgpt-electricity", "chatgpt-electricity-per-day"),
    ]
    for thing, text, expected in cases:
        assert small.suggest(text, thing)[0] == expected
    assert small.suggest("x" * 100_000, "subject") == []


def test_it_cannot_be_written(small: Knowledge) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        small.connection.rows("DELETE FROM figure")


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Knowledge(tmp_path / "none.sqlite")


def test_many_threads(small: Knowledge, library: Library) -> None:
    def look(i: int) -> bool:
        name = list(library.figures)[i % len(library.figures)]
        return small.find_figures(source=small.source_of(name).id)[1] > 0 and small.figure(name).id == name

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(look, range(400)))


def test_the_stamp(small: Knowledge, library: Library) -> None:
    assert small.version == version(library)
    assert small.as_of == as_of(library)
