"""The claims of one trade article on ChatGPT's electricity (March 2024), each in a file named after what it claims.

A file in cases/article/ holds what calculators answer to its claim, and which published figures or documents bear on it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

import pytest
import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from service.core.model import Remark, Text
from service.store.queries import Knowledge
from tests.test_cases import ARTICLE, Case, check_case, check_says

CLAIMS = sorted(ARTICLE.glob("*.yaml"))
CLAIMED = 29  # claims that the article makes


class Call(Case):
    """What a calculator answers to a claim: in Chinese with the same numbers, saying `says_zh`."""

    calculator: str
    says_zh: list[str] = Field(default_factory=list)


class Evidence(BaseModel):
    """A published figure, or a document without one, that bears on a claim."""

    model_config = ConfigDict(extra="forbid")

    case: str
    figure: str | None = None
    value: float | None = None
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    source: str | None = None
    issued: str | None = None
    says: list[str] = []
    says_zh: list[str] = []

    @model_validator(mode="after")
    def _one_of_both(self) -> Evidence:
        of_figure = self.figure is not None and self.value is not None and self.unit is not None
        if of_figure == (self.source is not None) or (self.source is None) != (self.issued is None):
            raise ValueError("evidence is a figure with its value and unit, or a source with its date")
        return self


class Claim(BaseModel):
    """One claim, as it stands in cases/article/<what-it-claims>.yaml."""

    model_config = ConfigDict(extra="forbid")

    id: str
    claim: Text
    cases: Annotated[list[Call | Evidence], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_both_languages(self) -> Claim:
        if not any(case.says for case in self.cases) or not any(case.says_zh for case in self.cases):
            raise ValueError("something is said of a claim in both languages")
        return self


@cache
def claim_of(path: Path) -> Claim:
    return Claim.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", CLAIMS, ids=lambda path: path.stem)
def test_claim(knowledge: Knowledge, path: Path) -> None:
    for case in claim_of(path).cases:
        if isinstance(case, Call):
            check_call(knowledge, case)
        elif case.figure is not None:
            check_figure(knowledge, case, case.figure)
        else:
            check_source(knowledge, case)


def check_call(knowledge: Knowledge, case: Call) -> None:
    for language, says in (("en", case.says), ("zh-Hans", case.says_zh)):
        inputs = {**case.inputs, "language": language}
        check_case(knowledge, case.calculator, case.model_copy(update={"inputs": inputs, "says": says}))


def check_figure(knowledge: Knowledge, case: Evidence, figure_id: str) -> None:
    figure = knowledge.figure(figure_id)
    assert (figure.value, figure.low, figure.high, figure.unit) == (case.value, case.low, case.high, case.unit)
    texts: list[Text | Remark] = [figure.statement, figure.scope, *figure.caveats]
    check_says(case.says, " ".join(text.en for text in texts))
    check_says(case.says_zh, " ".join(text.zh or "" for text in texts))


def check_source(knowledge: Knowledge, case: Evidence) -> None:
    source = knowledge.source(str(case.source))
    assert source.issued == case.issued
    named = f"{source.title} {source.publisher} {source.summary.en if source.summary else ''}"
    check_says(case.says, named)
    check_says(case.says_zh, f"{named} {source.summary.zh if source.summary else ''}")


def test_every_claim_of_the_article_has_its_file() -> None:
    assert sorted(claim_of(path).id for path in CLAIMS) == [
        f"claim-{number:02}-{name}" for number, name in enumerate(names_in_order(), 1)
    ]
    assert len(CLAIMS) == CLAIMED
    assert [path.name for path in ARTICLE.iterdir() if path not in CLAIMS] == []


def names_in_order() -> list[str]:
    """What the claims' files are called, in the order of the article."""
    return [path.stem for path in sorted(CLAIMS, key=lambda path: claim_of(path).id)]


def test_claims_are_told_apart() -> None:
    claims = [claim_of(path) for path in CLAIMS]
    titles = [case.case for claim in claims for case in claim.cases]
    assert sorted(titles) == sorted(set(titles))
    assert len({claim.claim.en for claim in claims}) == len({claim.claim.zh for claim in claims}) == len(claims)
