"""What it costs to understand a question: asking in words against calling the tool that answers."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from service.ask.asking import ask
from service.ask.shapes import Asked
from service.core.calculator import registry
from service.run import run
from service.store.build import ensure
from service.store.queries import Knowledge
from tests.benchmarks.table import Measured, compared

ROUNDS: Final = 25
ROOT: Final = Path(__file__).parents[2] / "knowledge"
# one question a calculator and language, in the lengths in which people ask
QUESTIONS: Final = (
    "How many US homes equal ChatGPT's daily electricity use?", "ChatGPT一天的用电相当于多少户美国家庭？", "How much electricity does one ChatGPT prompt use?",
    "ChatGPT一年要用多少度电", "How much electricity did training GPT-3 take?", "訓練 GPT-4 用了多少電？", "google search vs chatgpt energy per query",
    "850 MWh on the French grid: how much CO2?", "552吨二氧化碳相当于多少辆汽车", "what would 850 MWh cost at US industrial prices",
    "PUE from 1.5 to 1.2 at 10 GWh a year, how much is saved?", "how much solar for a constant 100 MW load", "1287 MWh to kWh",
    "2030年中国数据中心用电预测", "What share of US electricity is 100 TWh?", "500 people ask ChatGPT 20 times a day: kWh per year",
    "water for 1 GWh at a WUE of 0.3 L/kWh",
)  # fmt: skip


def measure() -> list[Measured]:
    """What asking costs over what the call alone costs: over all questions, and where it is most."""
    with tempfile.TemporaryDirectory() as folder:
        knowledge = Knowledge(ensure(ROOT, Path(folder) / "knowledge.sqlite"))
        pairs = [_pair(knowledge, question) for question in QUESTIONS]
        knowledge.close()
    asked, called = (sum(pair[i] for pair in pairs) / len(pairs) for i in (0, 1))
    worst = max(pairs, key=lambda pair: pair[0] / pair[1])
    return [
        compared("a question against the calculator that answers it, mean", "ms", asked, called, most=3),
        compared("the same where it costs most", "ms", *worst, most=3),
    ]


def _pair(knowledge: Knowledge, question: str) -> tuple[float, float]:
    """The milliseconds of a question and of the call that it comes to."""
    call = ask(knowledge, Asked(question))["call"]
    assert call is not None
    tool, body = call["path"].rpartition("/")[2], call["body"]
    assert tool in registry, question
    return _best(lambda: ask(knowledge, Asked(question)), lambda: run(knowledge, tool, body))


def _best(*calls: Callable[[], Any]) -> tuple[float, float]:
    """The least that each of two calls takes over some rounds, made in turn, in milliseconds."""
    best = [float("inf"), float("inf")]
    for _ in range(ROUNDS):
        for i, call in enumerate(calls):
            start = time.perf_counter()
            call()
            best[i] = min(best[i], 1000 * (time.perf_counter() - start))
    return best[0], best[1]
