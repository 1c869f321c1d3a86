"""What one run reads: the choice of the day, what the caller wants instead, and what belongs together."""

from __future__ import annotations

from datetime import date

import pytest

from service.core.errors import NothingKnown, UndeclaredRead
from service.core.model import Subject, first_day
from service.core.quantity import Quantity
from service.store.queries import Knowledge
from service.store.reading import Reading

DAY, HOME = "electricity-per-day", "electricity-per-household"
READS = frozenset((DAY, HOME, "requests-per-day", "electricity-per-query", "electricity-per-charge"))
NEWYORKER, NEWYORKER_HOME = "chatgpt-electricity-per-day-newyorker-2024", "us-home-daily-electricity-29"
DEVRIES, URI = "chatgpt-electricity-per-day-devries-2023", "chatgpt-electricity-per-day-uri-gpt5-2025"
OPENAI = "chatgpt-electricity-per-day-openai-2025"


def reading(knowledge: Knowledge, as_of: str = "2026-01-01", estimate: str = "preferred") -> Reading:
    return Reading(knowledge, READS, date.fromisoformat(as_of), estimate)


def figure(read: Reading, parameter: str = "chatgpt-electricity-per-day") -> str:
    return read.chosen[parameter].figure


def test_what_is_not_declared_cannot_be_read(knowledge: Knowledge) -> None:
    read = Reading(knowledge, frozenset((HOME,)), date(2026, 1, 1))
    for ask in (read.read, read.find, read.knows):
        with pytest.raises(UndeclaredRead, match="electricity-per-day"):
            ask(DAY, "chatgpt")
    assert read.find(HOME, "us-home") is not None


def test_a_figure_is_a_leaf_that_names_it(knowledge: Knowledge) -> None:
    read = reading(knowledge, "2024-06-01")
    found = read.read(DAY, "chatgpt")
    # the New Yorker's half a million kilowatt-hours, as it states them
    assert (found.value, found.unit.text, found.reference) == (500_000, "kWh/day", f"figure:{NEWYORKER}")
    assert list(read.used) == [NEWYORKER]


def test_a_derived_number_is_a_step_on_the_figures_it_uses(knowledge: Knowledge) -> None:
    read = reading(knowledge)
    found = read.read(DAY, "chatgpt")
    # 2.5e9 a day × 0.34 Wh
    assert found.to("MWh/day").value == pytest.approx(850)
    assert found.name == f"derived:{OPENAI}"
    assert list(read.used) == ["chatgpt-requests-per-day-openai-2025-07", "chatgpt-query-electricity-altman-2025"]
    assert [leaf.reference.removeprefix("figure:") for leaf in found.leaves()] == list(read.used)


@pytest.mark.parametrize(
    ("day", "chosen"),
    [
        ("2023-10-10", DEVRIES),
        ("2024-03-08", DEVRIES),
        ("2024-03-09", NEWYORKER),
        ("2025-07-21", NEWYORKER),
        ("2025-07-22", OPENAI),
        ("2026-01-01", OPENAI),
    ],
)
def test_the_choice_of_the_day(knowledge: Knowledge, day: str, chosen: str) -> None:
    read = reading(knowledge, day)
    read.read(DAY, "chatgpt")
    assert figure(read) == chosen


def test_before_the_first_choice_nothing_is_known(knowledge: Knowledge) -> None:
    read = reading(knowledge, "2023-10-09")
    assert not read.knows(DAY, "chatgpt")
    assert read.find(DAY, "chatgpt") is None
    with pytest.raises(NothingKnown) as failed:
        read.read(DAY, "chatgpt")
    assert failed.value.reason == "no_figure"
    assert failed.value.absence == "no-figure-published"
    assert (read.chosen, read.used) == ({}, {})


def test_rivals_are_those_published_by_that_day(knowledge: Knowledge) -> None:
    read = reading(knowledge, "2024-06-01")
    read.read(DAY, "chatgpt")
    (chosen,) = read.contested()
    assert (chosen.figure, chosen.rivals) == (NEWYORKER, (DEVRIES,))
    later = reading(knowledge, "2026-01-01")
    later.read(DAY, "chatgpt")
    assert set(later.contested()[0].rivals) >= {NEWYORKER, DEVRIES, URI}


@pytest.mark.parametrize(
    ("estimate", "chosen"),
    [
        ("preferred", OPENAI),
        ("lowest", NEWYORKER),  # 500 MWh a day
        ("highest", URI),  # 45 GWh a day
        ("latest", URI),  # for August 2025; OpenAI's for July
        (DEVRIES, DEVRIES),
    ],
)
def test_the_estimate_that_the_caller_wants(knowledge: Knowledge, estimate: str, chosen: str) -> None:
    read = reading(knowledge, estimate=estimate)
    read.read(DAY, "chatgpt")
    assert read.estimate_applied
    assert figure(read) == chosen
    assert chosen not in read.chosen["chatgpt-electricity-per-day"].rivals


def test_an_estimate_of_something_else_waits_for_it(knowledge: Knowledge) -> None:
    read = reading(knowledge, estimate=NEWYORKER_HOME)
    read.read(DAY, "chatgpt")
    assert (figure(read), read.estimate_applied) == (OPENAI, False)
    read.read(HOME, "us-home")
    assert figure(read, "us-home-electricity-per-household") == NEWYORKER_HOME
    assert read.estimate_applied


def test_an_estimate_is_not_taken_before_it_was_published(knowledge: Knowledge) -> None:
    read = reading(knowledge, "2024-06-01", URI)
    read.read(DAY, "chatgpt")
    assert (figure(read), read.estimate_applied) == (NEWYORKER, False)


def test_an_estimate_replaces_one_choice_only(knowledge: Knowledge) -> None:
    read = reading(knowledge, estimate="highest")
    read.read(DAY, "chatgpt")
    usual = reading(knowledge)
    home = usual.read(HOME, "us-home")
    assert read.read(HOME, "us-home").reference == home.reference


def test_figures_that_a_publication_combined_stay_together(knowledge: Knowledge) -> None:
    read = reading(knowledge, "2024-06-01")
    day, home = read.read(DAY, "chatgpt"), read.read(HOME, "us-home")
    assert home.reference == f"figure:{NEWYORKER_HOME}"
    # 500,000 ÷ 29
    assert (day / home).to("").value == pytest.approx(17_241.379, rel=1e-6)
    alone = reading(knowledge, "2024-06-01").read(HOME, "us-home")
    assert alone.reference == "figure:us-home-electricity-2022"


def test_a_rival_brings_what_it_is_paired_with(knowledge: Knowledge) -> None:
    read = reading(knowledge)
    homes = (read.read(DAY, "chatgpt") / read.read(HOME, "us-home")).named("home", "home")
    chosen = read.chosen["chatgpt-electricity-per-day"]
    # 500,000 ÷ 29 together; 564,000 × 365 ÷ 10,791 where the home stays
    others = dict(zip(chosen.rivals, read.under(homes, chosen), strict=True))
    assert others[NEWYORKER].value == pytest.approx(17_241.379, rel=1e-6)
    assert others[DEVRIES].value == pytest.approx(564_000 * 365 / 10_791)
    assert {(other.name, other.unit) for other in others.values()} == {(homes.name, homes.unit)}


def test_a_pair_read_the_other_way_round_is_not_forced(knowledge: Knowledge) -> None:
    read = reading(knowledge, "2024-06-01")
    assert read.read(HOME, "us-home").reference == "figure:us-home-electricity-2022"
    assert read.read(DAY, "chatgpt").reference == f"figure:{NEWYORKER}"


def test_what_was_chosen_once_stays_chosen(knowledge: Knowledge) -> None:
    read = reading(knowledge, estimate="highest")
    assert read.read(DAY, "chatgpt") is read.read(DAY, "chatgpt")
    assert list(read.chosen) == ["chatgpt-electricity-per-day"]


def test_homes_of_regions(knowledge: Knowledge) -> None:
    read = reading(knowledge)
    assert read.home_in("US").id == "us-home"
    with pytest.raises(NothingKnown) as failed:
        read.home_in("KP")
    assert {"US", "GB", "CN", "DE", "FR", "IN", "JP", "NO", "world"} <= set(failed.value.nearest)


def test_amounts_are_the_callers_own_or_a_figure_or_a_subject(knowledge: Knowledge) -> None:
    subject = knowledge.subject("chatgpt")
    own = reading(knowledge).given("energy", 5, "kWh")
    amounts: dict[str, Quantity | Subject | str] = {"energy": own, "figure": NEWYORKER, "subject": subject}
    read = Reading(knowledge, READS, date(2026, 1, 1), amounts=amounts)
    assert read.amount("energy") is own
    figure_read = read.amount("figure")
    assert not isinstance(figure_read, Subject)
    assert figure_read.reference == f"figure:{NEWYORKER}"
    assert list(read.used) == [NEWYORKER]
    assert read.amount("subject") is subject
    assert (own.value, own.reference) == (5, "input:energy")


def test_remarks_are_kept_once(knowledge: Knowledge) -> None:
    read = reading(knowledge)
    for _ in range(2):
        read.remark("no_home", region=read.region("KP"))
    read.remark("no_home", region=read.region("US"))
    assert [note.code for note in read.notes.values()] == ["no_home", "no_home"]


def test_an_absence_names_others_of_its_kind(knowledge: Knowledge) -> None:
    read = reading(knowledge)
    error = read.absent("no_electricity", subject=knowledge.subject("gemini"))
    assert "chatgpt" in error.nearest
    assert "gemini" not in error.nearest
    assert all(knowledge.subject(name).kind == "service" for name in error.nearest)


def test_no_choice_holds_before_its_figure_was_published(knowledge: Knowledge) -> None:
    early = [
        f"{parameter.id}: {choice.figure} is used from {choice.since}, published {source.issued}"
        for parameter in knowledge.parameters()
        for choice in parameter.choices
        if knowledge.derived(choice.figure) is None
        and (source := knowledge.source_of(choice.figure)).issued
        and first_day(choice.since) < first_day(source.issued)
    ]
    assert early == []
