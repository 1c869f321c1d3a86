"""Questions after statements that go around: answered with the verdict on record where the two say the same."""

from __future__ import annotations

import pytest

from service.ask.asking import ask
from service.ask.claimed import asked_about
from service.ask.shapes import Answered, Asked
from service.reading.text import read
from service.store.claims import claims, every_id
from service.store.queries import Knowledge


def asked(knowledge: Knowledge, question: str) -> Answered:
    return ask(knowledge, Asked(question))


# Written by hand; none is how a record puts it.
CLAIMS = {
    "do larger models use more power": "article-08-parameters",
    "is it true that the more parameters, the more electricity?": "article-08-parameters",
    "模型越大是不是越费电": "article-08-parameters",
    "模型參數愈多，耗電愈多嗎？": "article-08-parameters",
    "were early estimates of AI energy misleading?": "article-10-misleading-estimates",
    "does AI save more energy than it consumes": "article-29-net-benefit",
    "Can AI reduce emissions?": "article-29-net-benefit",
    "Is it true that one ChatGPT query needs 10x the electricity of a Google search?": "ten-times-a-google-search",
    "問一次ChatGPT的用電真的是谷歌搜尋的10倍嗎": "ten-times-a-google-search",
    "ChatGPT每天耗电50万度以上，是真的吗": "half-a-million-kwh-a-day",
    "I heard ChatGPT uses half a million kWh a day, is that right?": "half-a-million-kwh-a-day",
    "does ChatGPT really consume the electricity of 17,000 American homes": "seventeen-thousand-homes",
    "is it true that AI uses 10% of the world's electricity": "ai-a-tenth-of-electricity",
    "does politeness to ChatGPT really cost millions?": "politeness-costs-tens-of-millions",
    "is making an AI image like charging a phone?": "image-like-a-phone-charge",
    "训练GPT-3真的用了70万升水吗": "gpt3-seven-hundred-thousand-litres",
}


@pytest.mark.parametrize("question", CLAIMS)
def test_a_question_is_answered_with_the_claim_that_it_is_after(knowledge: Knowledge, question: str) -> None:
    found = asked(knowledge, question)
    assert found["answered"]
    assert found["understood"]["claim"] == CLAIMS[question]


@pytest.mark.parametrize(
    "question",
    [
        "is it true that AI uses 3% of the world's electricity",  # another number
        "does ChatGPT really consume the electricity of 30,000 American homes",
        "is it true that a Gemini query uses 10 times a Google search",  # another subject
        "how much electricity does liquid cooling save over air cooling",  # asks for a number
        "Who says that ChatGPT uses 500,000 kWh a day?",  # asks who says so
        "is my own chatbot bigger than ChatGPT",  # nobody's claim
        "is ChatGPT polite?",
        "best chatbot for coding?",
    ],
)
def test_what_says_something_else_is_no_question_after_a_claim(knowledge: Knowledge, question: str) -> None:
    assert asked(knowledge, question)["understood"]["claim"] is None


def test_every_way_of_putting_a_claim_leads_to_it_or_to_one_that_says_the_same(knowledge: Knowledge) -> None:
    known = [claim for claim in claims(knowledge, every_id(knowledge)) if claim.call and claim.paraphrases]
    assert known
    for claim in known:
        for put in claim.paraphrases:
            for question in (f"Is it true? {put.en}", f"{put.zh.rstrip('。')}，是真的吗？"):
                found = asked_about(knowledge, read(knowledge, question), first=True)
                assert found is not None, question
                assert found.call is not None
                assert claim.call is not None
                assert claim.id == found.id or claim.call.tool == found.call.tool, question


def test_the_verdict_leads_and_every_mark_has_its_source(knowledge: Knowledge) -> None:
    found = asked(knowledge, "Is it true that a ChatGPT query uses 10 times a Google search?")
    assert found["text"].startswith("**Outdated.** ")
    assert found["caveats"][0]["code"] == "claim"
    numbers = [citation["n"] for citation in found["citations"]]
    assert numbers == sorted(set(numbers))
    lead, _, rest = found["text"].partition("\n\n")
    marks = [int(part.split("]")[0]) for part in lead.split("[")[1:]]
    assert marks
    assert all(f"\n- [{mark}] " in rest for mark in marks)
    assert asked(knowledge, "问一次ChatGPT的用电真的是谷歌搜索的10倍吗")["text"].startswith("**已过时。** ")


def test_a_verdict_of_today_does_not_answer_for_a_day_gone_by(knowledge: Knowledge) -> None:
    question = "is it true that a ChatGPT query uses 10 times a Google search?"
    found = ask(knowledge, Asked(question, as_of="2024-01-01"))
    assert found["understood"]["claim"] is None
    assert found["knowledge"]["as_of"] == "2024-01-01"
    assert found["headline"] is not None
    assert found["headline"]["value"] == pytest.approx(2.9 / 0.3, rel=0.01)  # what was published by then
