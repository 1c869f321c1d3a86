"""An answer as it is composed and rendered: labels, estimates, the caller's numbers, lines of the list of sources."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pydantic import TypeAdapter

from service.answers.estimates import figures_of
from service.answers.voice import Voice, voice
from service.answers.words import LANGUAGES, words
from service.core.answer import Answer
from service.core.model import Source
from service.core.quantity import Quantity
from service.run import run
from service.store.queries import Knowledge


@pytest.fixture(scope="module")
def chatgpt(knowledge: Knowledge) -> Answer:
    return run(knowledge, "energy_equivalents", {"energy": "chatgpt"})


def text_of(knowledge: Knowledge, tool: str = "energy_equivalents", **inputs: Any) -> str:
    return run(knowledge, tool, inputs)["text"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_has_the_shape_of_the_contract(knowledge: Knowledge, language: str) -> None:
    answer = run(knowledge, "energy_equivalents", {"energy": "chatgpt", "language": language})
    assert TypeAdapter(Answer).validate_python(answer, strict=True) == answer
    assert list(answer) == [
        "tool", "inputs", "language", "headline", "results", "estimates", "derivation", "citations", "caveats", "text",
        "basis", "spread", "knowledge", "permalink", "chart",
    ]  # fmt: skip
    assert answer["language"] == language
    assert answer["knowledge"]["version"] == knowledge.version


def test_the_parts_of_the_text_stand_in_order(chatgpt: Answer) -> None:
    leads = [
        "About **", "*Arithmetic:*", "*Published estimates run from", "*The same electricity in a day equals:*", "*Basis:*",
        "Seen in another document", "*Sources:*",
    ]  # fmt: skip
    places = [chatgpt["text"].index(lead) for lead in leads]
    assert places == sorted(places)
    assert places[0] == 0


def test_text_and_fields_say_the_same(chatgpt: Answer) -> None:
    text = chatgpt["text"]
    assert f"**{chatgpt['headline']['text']}**" in text
    assert chatgpt["basis"] in text
    for step in chatgpt["derivation"][:2]:
        assert step["substituted"] in text
    values = [estimate["value"] for estimate in chatgpt["estimates"]]
    extremes = [e for e in chatgpt["estimates"] if e["value"] in (min(values), max(values)) or e["preferred"]]
    for estimate in extremes:
        assert f"- {estimate['text']} — {estimate['label']} [" in text
    assert text.count(", used above\n") == 1


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "EIA (2021) on electricity per household"),
        ("zh-Hans", "EIA (2021)，每户用电"),
        ("zh-Hant", "EIA (2021)，每戶用電"),
    ],
)
def test_an_estimate_of_the_other_side_says_of_what_it_is(knowledge: Knowledge, language: str, label: str) -> None:
    made = run(knowledge, "energy_equivalents", {"energy": "chatgpt", "language": language})
    labels = {each["figure"]: each["label"] for each in made["estimates"]}
    assert labels["us-home-electricity-2020"] == label
    assert labels["chatgpt-electricity-per-day-devries-2023"] == "de Vries (2023)"


def test_an_estimate_of_another_subject_names_it(knowledge: Knowledge) -> None:
    made = run(knowledge, "compare", {"subjects": ["gpt-3", "bloom"], "quantity": "training-emissions"})
    labels = {each["figure"]: each["label"] for each in made["estimates"]}
    assert labels["bloom-training-emissions-pue-luccioni-2022"] == "Luccioni et al. (2023) on BLOOM (176B)"
    assert labels["gpt3-training-emissions-luccioni-2022"] == "Luccioni et al. (2023)"


def test_the_text_says_of_what_an_estimate_is(knowledge: Knowledge) -> None:
    made = run(knowledge, "energy_equivalents", {"energy": "gpt-3"})
    (older,) = [each for each in made["estimates"] if each["figure"] == "us-home-electricity-2020"]
    assert older["label"].endswith(" on electricity per household")
    assert f"- {older['text']} — {older['label']} [" in made["text"]


def test_estimates_of_the_text_run_from_lowest_to_highest(chatgpt: Answer) -> None:
    listed = [
        line for line in chatgpt["text"].splitlines() if line.startswith("- ") and "—" in line and "homes" in line
    ]
    by_text = {estimate["text"]: estimate["value"] for estimate in chatgpt["estimates"]}
    values = [by_text[line[2:].partition(" — ")[0]] for line in listed]
    assert values == sorted(values)
    assert (values[0], values[-1]) == (min(by_text.values()), max(by_text.values()))


def test_a_headline_tells_a_use_a_rate_an_amount_a_training_and_a_query_apart(knowledge: Knowledge) -> None:
    heads = {
        "chatgpt": "The electricity of ChatGPT in a day would boil",
        "500 MWh/day": "A day at 500 MWh a day would boil",
        "500 MWh": "500 MWh would boil",
        "gpt-3": "The electricity for training GPT-3 would boil",
        "gemini": "The electricity of one query (Gemini) would boil",
        "us": "The electricity of the United States in a day would boil",
    }
    for energy, head in heads.items():
        assert text_of(knowledge, energy=energy, to="kettle").startswith(head)


def test_the_callers_own_numbers_are_told(knowledge: Knowledge) -> None:
    own = text_of(knowledge, "service_energy", service="kimi", requests=3, electricity_per_query="2 Wh")
    assert "*Your own numbers:* requests 3 a day; electricity per request 2 Wh.\n" in own
    assert "*Sources:*" not in own
    assert "*Basis:* Electricity. Nothing but your own numbers.\n" in own
    assert "Your own numbers" not in text_of(knowledge, "service_energy", service="chatgpt", period="week")
    assert "Your own numbers" not in text_of(knowledge, energy="chatgpt", period="week")


def test_estimates_that_are_all_zero_are_not_listed(knowledge: Knowledge) -> None:
    answer = run(knowledge, "energy_equivalents", {"energy": "0 kWh"})
    assert "Published estimates" not in answer["text"]
    assert answer["spread"] is None
    assert len(answer["estimates"]) > 1


@pytest.mark.parametrize(
    ("title", "locator", "note", "wanted"),
    [
        ("Use", None, "", "Use. https://e.org"),
        ("Why?", None, "", "Why? https://e.org"),
        ("Now!", None, "", "Now! https://e.org"),
        ("Demands of A.I.", None, "", "Demands of A.I. https://e.org"),
        ("He asked “why?”", None, "", "He asked “why?” https://e.org"),
        ("为什么？", None, "", "为什么？ https://e.org"),
        ("Why?", "p. 3", "", "Why?, p. 3. https://e.org"),
        ("Why?", None, "secondary", "Why? (seen second-hand). https://e.org"),
        ("Use", "p. 3", "memory", "Use, p. 3 (not verified). https://e.org"),
    ],
)
def test_a_source_line_ends_once(knowledge: Knowledge, title: str, locator: str | None, note: str, wanted: str) -> None:
    said = Voice(_Facts(knowledge, title, locator, note or "primary"), words("en"))
    assert said.source("us-home-electricity-2022", 7).endswith(f": {wanted}")
    assert said.source("us-home-electricity-2022", 7).startswith("[7] Roe, Ann; Poe, Bob; Loe, Cy; et al. (2024): ")


class _Facts:
    """The shipped knowledge but for one source, which says what a test wants to see printed."""

    def __init__(self, knowledge: Knowledge, title: str, locator: str | None, checked: str) -> None:
        self.version = knowledge.version
        self.quantity, self.derived, self.cited_as = knowledge.quantity, knowledge.derived, knowledge.cited_as
        figure = knowledge.figure("us-home-electricity-2022")
        self._figure = figure.model_copy(update={"locator": locator, "checked": checked})
        authors = ["Roe, Ann", "Poe, Bob", "Loe, Cy", "Doe, Di"]
        self._source = knowledge.source_of(figure.id).model_copy(
            update={"title": title, "authors": authors, "issued": "2024", "url": "https://e.org"}
        )

    def figure(self, figure_id: str) -> Any:  # noqa: ARG002 - whichever is asked for
        return self._figure

    def source_of(self, figure_id: str) -> Source:  # noqa: ARG002
        return self._source


def test_a_voice_is_made_once(knowledge: Knowledge) -> None:
    assert voice(knowledge, "en") is voice(knowledge, "en")
    assert voice(knowledge, "en") is not voice(knowledge, "zh-Hans")


def test_languages_agree_on_every_number(knowledge: Knowledge) -> None:
    said = [run(knowledge, "energy_equivalents", {"energy": "chatgpt", "language": each}) for each in LANGUAGES]
    assert len({answer["headline"]["value"] for answer in said}) == 1
    assert len({tuple(c["figure"] for c in answer["citations"]) for answer in said}) == 1
    assert len({answer["text"] for answer in said}) == len(LANGUAGES)


def test_figures_of_a_quantity_come_once_in_order() -> None:
    a, b = Quantity(2, "kWh", reference="figure:a"), Quantity(3, "kWh", reference="figure:b")
    own = Quantity(5, "", reference="input:n")
    assert figures_of(b / a * own * b) == ["b", "a"]
    assert figures_of(own) == []


def test_it_says_why_a_contested_figure_is_used(knowledge: Knowledge, chatgpt: Answer) -> None:
    reasons = [caveat["text"] for caveat in chatgpt["caveats"] if caveat["code"] == "choice"]
    chosen = [
        parameter.choices[-1].reason.en
        for parameter in knowledge.parameters(subject="chatgpt", quantity="electricity-per-day")
    ]
    assert any(reason.endswith(chosen[0]) for reason in reasons)
    assert all(reason in chatgpt["text"] for reason in reasons)
    assert len(reasons) == 2  # of the electricity and of the home
    converted = run(knowledge, "convert_units", {"amount": "1 MWh", "to": "kWh"})
    assert [caveat for caveat in converted["caveats"] if caveat["code"] == "choice"] == []


def test_a_figure_of_the_callers_choice_has_no_reason_of_ours(knowledge: Knowledge) -> None:
    answer = run(
        knowledge,
        "training_footprint",
        {"model": "gpt-3", "to": "emissions", "estimate": "gpt3-training-emissions-wired-2023"},
    )
    assert answer["headline"]["value"] == 550
    assert [caveat for caveat in answer["caveats"] if caveat["code"] == "choice"] == []


def test_bodies_are_named_in_the_language_of_the_answer(knowledge: Knowledge) -> None:
    english, chinese = (
        run(knowledge, "electricity_emissions", {"energy": "1 GWh", "region": "CN", "language": language})
        for language in ("en", "zh-Hans")
    )
    assert english["citations"][0]["publisher"] == "Ministry of Ecology and Environment (MEE)"
    assert "National Bureau of Statistics of China" in english["text"]
    assert "生态环境部" not in english["text"]
    assert chinese["citations"][0]["publisher"] == "生态环境部"
    assert "生态环境部和国家统计局" in chinese["text"]


def test_every_body_that_has_another_name_signs_or_publishes_something(knowledge: Knowledge) -> None:
    sources, _ = knowledge.find_sources(limit=2000)
    signing = {name for source in sources for name in (source.publisher, *source.organisations)}
    for language in LANGUAGES:
        assert sorted(set(words(language).bodies) - signing) == []
    assert not any(re.search(r"[\u3040-\u9fff]", name) for name in words("en").bodies.values())
