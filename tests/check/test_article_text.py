"""The whole founding article as one text: each number that it states is found in its place, and stands as its record says."""

from __future__ import annotations

from collections.abc import Callable

import opencc
import pytest

from service.check.checking import check
from service.check.inputs import Checked
from service.check.shapes import ClaimFound
from service.core.claim import Claim
from service.store.claims import claims_about
from service.store.queries import Knowledge

ARTICLE = "article-"
# what stands around the article: a date, telephone numbers, what a reader may still type
HEAD = "2024-03-12 09:41　來源：儀表網　閱讀 3052\n"
FOOT = "\n客服熱線：0571-87759945，QQ：1103027433。您還可以輸入200個字符。"
TELL: dict[str, Callable[[Claim], str]] = {
    "en": lambda claim: claim.statement.en,
    "zh-Hans": lambda claim: claim.statement.zh,
    "zh-Hant": lambda claim: str(opencc.OpenCC("s2t").convert(claim.statement.zh)),
}


def told(knowledge: Knowledge, language: str) -> list[tuple[Claim, list[ClaimFound]]]:
    """The claims of the article in order, each with what is found in its sentence of the text."""
    claims = sorted(
        (claim for claim in claims_about(knowledge) if claim.id.startswith(ARTICLE)), key=lambda claim: claim.id
    )
    assert len(claims) == 29
    text, places = HEAD, list[tuple[int, int]]()
    for claim in claims:
        begin = len(text)
        text += TELL[language](claim) + ("\n" if len(places) % 4 == 3 else " " if language == "en" else "")
        places.append((begin, len(text)))
    found = check(knowledge, Checked(text + FOOT, None))["claims"]
    inside = [[each for each in found if begin <= each["start"] < end] for begin, end in places]
    assert sum(map(len, inside)) == len(found), "a claim in what stands around the article"
    return list(zip(claims, inside, strict=True))


@pytest.mark.parametrize("language", TELL)
def test_claims_of_the_article_stand_as_on_record(knowledge: Knowledge, language: str) -> None:
    for claim, found in told(knowledge, language):
        numbers = [number for number in claim.numbers if number.quantity]
        assert len(found) == len(numbers), (claim.id, found)
        for each, number in zip(found, numbers, strict=True):
            least, most = (number.value if end is None else end for end in (number.low, number.high))
            assert least is None or least <= each["value"], (claim.id, each["span"])
            assert most is None or each["value"] <= most, (claim.id, each["span"])
            assert each["verdict"] in {claim.verdict, *claim.acceptable}, (claim.id, each["span"], each["explanation"])
