"""The judge of `make eval-llm`: what counts as having come through."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.store.queries import Knowledge
from tests.ask.judge import answer
from tests.chat import evaluate
from tests.chat.said import calls, words
from tests.chat.upstream import upstream

ENTRY = {
    "id": "x", "kind": "homes", "language": "en", "answered": True, "question": "How many US homes equal ChatGPT's daily electricity use?",
    "expect": [{"value": 28750, "tolerance": 0.02, "unit": "home"}],  # 2.5e9 × 0.34 Wh ÷ (10,791 kWh ÷ 365)
}  # fmt: skip

JUDGED = [
    ("About 28,800 homes; estimates run from 17,200 to 1.52 million homes. Source: EIA, https://www.eia.gov/tools/faqs/faq.php?id=97&t=3", "value unit range source"),
    ("28,800", "value"),
    ("28,800 cars", "value"),
    ("About 28,800 homes, says the EIA.", "value unit"),
    ("About 40,000 homes, or 17,200 homes by others, says Altman.", "range source"),
    ("I do not know.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parts"), JUDGED)
def test_parts_that_came_through(knowledge: Knowledge, text: str, parts: str) -> None:
    found = evaluate.judged(knowledge, ENTRY, answer(knowledge, ENTRY), text)
    assert " ".join(part for part in evaluate.PARTS if found[part]) == parts


def test_both_ways_are_asked(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with upstream(calls(), words("About 28,800 homes."), words("About 50,000 homes.")) as model:
        counts = evaluate.evaluate([ENTRY], built, model.address, "m", "")
    assert (counts["with"]["value"], counts["with"]["source"], counts["without"]["value"]) == (1, 1, 0)
    assert "MISSED without" in capsys.readouterr().out


def test_without_an_address_it_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("LLM_URL", raising=False)
    assert evaluate.main([]) == 2
    assert "LLM_URL" in capsys.readouterr().out
