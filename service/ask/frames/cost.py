"""What an amount of electricity costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from service.ask.case import Case
from service.ask.proposals import Proposal, plain
from service.core.machine_inputs import CURRENCIES
from service.reading.findings import Segment

_SECTORS: Final = {"household-tariff": "household", "industry-tariff": "industry", "commercial-tariff": "commercial"}
_HIGHEST: Final = 2.0  # of an amount of money that is the price of a kWh though it is not said
_PRICES: Final = tuple(f"{currency}/kWh" for currency in CURRENCIES)
_SAID: Final = (
    "use",
    "cost",
    "money",
    "electricity",
    "training",
    "query",
    "if",
    "total",
    "own-rate",
    "also-do",
    "power",
    *_SECTORS,
    "home",
    "image",
    "video",
    "session",
)
ASKS: Final = frozenset({"cost", "money", "amount", *_SECTORS})  # without one of these there is nothing to propose


def propose(case: Case) -> Iterator[Proposal]:
    """Calls of electricity_cost."""
    price = _price(case)
    if not case.asks("cost") and price is None and not case.q.has(*_SECTORS):
        return
    energy = case.energy()
    if energy is None:
        return
    if price is None and any(s.implied for s in energy.used):
        return  # what one kWh costs is a price, and published
    worked_out = energy.subject is not None or energy.before is not None
    if worked_out and price is None and not _of_electricity(case):
        return  # what a thing costs is not what its electricity does
    inputs: dict[str, Any] = {"energy": energy.value}
    used = list(energy.used)
    if price is not None:
        inputs["price"] = price[0]
        used += price[1]
    case.put_place(inputs, used)
    for concept, sector in _SECTORS.items():
        if case.q.has(concept) and price is None:
            inputs["sector"] = sector
            break
    if "sector" not in inputs and price is None and case.q.has("home") and not case.q.counts("home"):
        inputs["sector"] = "household"
    case.put_period(inputs, used)
    yield Proposal("electricity_cost", inputs, used, _SAID, 1.0, energy.before, energy.feeds)


def _of_electricity(case: Case) -> bool:
    """Whether it is the electricity whose cost is meant: so it says, or a tariff, or where and for how long."""
    return bool(case.asks("electricity") or case.q.has(*_SECTORS) or (case.places and case.times))


def _price(case: Case) -> tuple[str, list[Segment]] | None:
    """A price per kWh as the question states it: 10 cents a kWh, or 每度0.6元."""
    stated = case.q.amounts(*_PRICES)
    if stated:
        return f"{plain(stated[0].value)} {stated[0].unit}", [stated[0]]
    money = case.q.amounts(*CURRENCIES)
    if not money:
        return None
    loose = [s for s in case.q.of("unit") if s.sort == "words" and "kWh" in s.names("unit")]
    loose += [s for s in case.q.amounts("kWh") if s.implied]
    if not loose and case.q.has("unit-price"):
        return f"{plain(money[0].value)} {money[0].unit}/kWh", [money[0]]
    said = case.q.amounts("kWh", "kW") or (case.asks("cost") and case.asks("electricity"))
    if not loose and money[0].value <= _HIGHEST and said:
        return f"{plain(money[0].value)} {money[0].unit}/kWh", [money[0]]  # 30 MW at 6.5 cents
    if loose:
        return f"{plain(money[0].value)} {money[0].unit}/kWh", [money[0], loose[0]]
    return None
