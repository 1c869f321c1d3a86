"""Units: every one that is used can be read, sizes agree with pint's own definitions, and nothing else is a unit."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pint
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from service.core import units
from service.core.errors import DimensionMismatch, OutOfRange, UnknownUnit
from service.core.resources import checkout, resource
from service.core.units import NUMBER, conversion, dimension_name, parse_unit, product

# Left out: month and year (a Julian year there, 365 days here).
SHARED = """
    s min h day week mm cm m km inch ft yd mile hectare mL L gallon g kg t lb short_ton N mJ J kJ MJ GJ TJ PJ EJ
    mW W kW MW GW TW Wh kWh MWh GWh TWh cal kcal toe hp A V byte kB MB GB TB percent
    meter kilometer liter gram kilogram metric_ton pound joule watt watt_hour kilowatt_hour calorie second hour foot yard
"""


@pytest.fixture(scope="module")
def oracle() -> pint.UnitRegistry[Any]:
    return pint.UnitRegistry()


@pytest.mark.parametrize("name", SHARED.split())
def test_size_is_that_of_pints_own_registry(name: str, oracle: pint.UnitRegistry[Any]) -> None:
    theirs: Any = oracle.Quantity(1.0, name).to_root_units()
    bits_in_a_byte = 8 if name.lower().endswith(("byte", "b")) and name != "lb" else 1
    grams = theirs.magnitude / bits_in_a_byte
    # both count mass in grams and length in metres; information is counted in bytes here, in bits there
    assert parse_unit(name).factor == pytest.approx(grams, rel=1e-12)


def test_btu_is_the_international_table_one(oracle: pint.UnitRegistry[Any]) -> None:
    theirs: Any = oracle.Quantity(1.0, "Btu_it").to("joule")
    assert conversion(parse_unit("Btu"), parse_unit("J")) == pytest.approx(theirs.magnitude, rel=1e-9)
    assert conversion(parse_unit("therm"), parse_unit("Btu")) == pytest.approx(1e5)


@pytest.mark.parametrize(
    ("given", "wanted", "factor"),
    [
        ("MWh", "kWh", 1000),
        ("kWh", "MJ", 3.6),
        ("year", "day", 365),
        ("month", "day", 365 / 12),
        ("GW", "TWh/year", 8.76),  # 1 GW × 8760 h
        ("g/kWh", "t/GWh", 1),
        ("gallon", "L", 3.785411784),
        ("lb", "g", 453.59237),
        ("lb/MWh", "kg/MWh", 0.45359237),
        ("mile", "km", 1.609344),
        ("tce", "MWh", 29.3076e9 / 3.6e9),
        ("万", "", 1e4),
        ("度", "kWh", 1),
        ("兆瓦时/天", "MWh/day", 1),
        ("%", "", 0.01),
        ("home-year", "home*year", 1),
        ("PFLOP", "FLOP", 1e15),
        ("TFLOPS", "TFLOP/s", 1),
    ],
)
def test_conversions(given: str, wanted: str, factor: float) -> None:
    assert conversion(parse_unit(given), parse_unit(wanted)) == pytest.approx(factor, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("m²", "m**2"),
        ("m³", "m^3"),
        ("MW·h", "MWh"),
        ("kWh per year", "kWh/year"),
        ("g / kWh", "g/kWh"),
        ("kilowatt-hours", "kWh"),
        ("homes", "home"),
        ("households", "home"),
        (" kWh ", "kWh"),
        ("1/day", "day**-1"),
        ("千瓦時", "千瓦时"),
        ("戶", "户"),
    ],
)
def test_spellings_of_the_same_unit(text: str, same: str) -> None:
    a, b = parse_unit(text), parse_unit(same)
    assert a.dimension == b.dimension
    assert a.factor == pytest.approx(b.factor, rel=1e-12)


def test_units_are_interned() -> None:
    assert parse_unit("MWh/day") is parse_unit("MWh/day")
    assert product(parse_unit("Wh"), parse_unit("1/day")) is product(parse_unit("Wh"), parse_unit("1/day"))


@pytest.mark.parametrize(
    ("left", "right", "sign", "text"),
    [
        ("Wh", "1/day", 1, "Wh/day"),
        ("kWh/day", "day", 1, "kWh"),
        ("kWh", "kWh", -1, ""),
        ("kWh", "kWh", 1, "kWh**2"),
        ("", "h", -1, "1/h"),
        ("1/day", "kWh/home", -1, "home/day/kWh"),
        ("percent", "year", -1, "%/year"),
        ("percent_point", "year", -1, "percent_point/year"),
    ],
)
def test_text_of_a_product_is_itself_a_unit(left: str, right: str, sign: int, text: str) -> None:
    unit = product(parse_unit(left), parse_unit(right), sign)
    assert unit.text == text
    assert parse_unit(text).dimension == unit.dimension
    assert parse_unit(text).factor == pytest.approx(unit.factor, rel=1e-12)


def test_a_product_without_size_is_out_of_range() -> None:
    huge = parse_unit("EWh**9")  # (3.6e24)⁹ ≈ 1e221
    with pytest.raises(OutOfRange):
        product(huge, huge)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "pure number"),
        ("%", "pure number"),
        ("GWh", "energy"),
        ("MW", "power, energy per time"),
        ("kWh/year", "power, energy per time"),
        ("lb/MWh", "mass per energy"),
        ("USD/kWh", "money (USD) per energy"),
        ("Wh/km", "energy per length"),
        ("m**4", "length^4"),
    ],
)
def test_dimensions_have_names(text: str, name: str) -> None:
    assert dimension_name(parse_unit(text)) == name


def test_currencies_are_no_multiples_of_each_other() -> None:
    with pytest.raises(DimensionMismatch, match=r"cannot convert 'USD' \(money \(USD\)\) to 'CNY' \(money_cny\)"):
        conversion(parse_unit("USD"), parse_unit("CNY"))


# --- what is no unit


@pytest.mark.parametrize(
    "text",
    [
        "foo", "foo/foo", "kWh/foo*foo", "kwh", "2", "kWh2", "百亿千瓦时", "kWh/100", "kWh 2", "m**10", "m**99999", "m**0", "m**1.5", "km⁹⁹⁹⁹", "m⁴",
        "½", "nan", "inf", "pi", "None", "dimensionless", "__import__('os')", "().__class__", "kWh;", "kWh\n/day\0",
        "kWh//day", "/day", "*kWh", "kWh/", "kWh**", "**2", "kWh/1", "degC", "delta_kWh", "[time]", "kWh-day", "-", "_",
        "TWh**9*TWh**9*TWh**9", "1/TWh**9/TWh**9/TWh**9", "EWh**9*PWh**9*TWh**9", "k" * 10_000, "kWh*" * 10_000, " " * 61 + "x" * 61,
        "\ud800", "١", "Ⅻ", "K", "ﬁ", "%%",
    ],
)  # fmt: skip
def test_hostile_strings_are_unknown_units(text: str) -> None:
    started = time.perf_counter()
    with pytest.raises(UnknownUnit):
        parse_unit(text)
    assert time.perf_counter() - started < 5  # a second or two where pint is imported first


@given(st.text(max_size=80) | st.text(alphabet="kWhMmdayg/*%²³^·1-9 _(){}⁹½", max_size=80))
def test_any_text_is_a_unit_or_an_unknown_one(text: str) -> None:
    try:
        unit = parse_unit(text)
    except UnknownUnit as error:
        assert len(str(error)) < 1000  # noqa: PT017 - both outcomes are right
    else:
        assert 0 < unit.factor < float("inf")


names = st.sampled_from(["kWh", "MWh", "day", "year", "g", "L", "home", "query", "USD", "%"])
powers = st.integers(-3, 3).filter(bool)


terms = st.dictionaries(names, powers, max_size=3)


@given(terms, terms)
def test_size_of_a_product_is_the_product_of_sizes(left: dict[str, int], right: dict[str, int]) -> None:
    a, b = ("*".join(f"{name}**{power}" for name, power in side.items()) for side in (left, right))
    above, below = product(parse_unit(a), parse_unit(b)), product(parse_unit(a), parse_unit(b), -1)
    assert above.factor == pytest.approx(parse_unit(a).factor * parse_unit(b).factor)
    assert below.factor == pytest.approx(parse_unit(a).factor / parse_unit(b).factor)
    assert parse_unit(above.text).dimension == above.dimension


def test_the_pure_number() -> None:
    assert NUMBER.is_number
    assert parse_unit("").dimension == NUMBER.dimension
    assert repr(parse_unit("kWh")) == "Unit('kWh')"


# --- every unit that is written somewhere


def units_in(record: Any) -> Iterator[str]:
    """The text of every field `unit` and every unit of a field `also`, anywhere inside."""
    if isinstance(record, dict):
        for key, value in record.items():
            if key == "unit" and isinstance(value, str):
                yield value
            elif key == "also" and isinstance(value, list):
                yield from value
            else:
                yield from units_in(value)
    elif isinstance(record, list):
        for value in record:
            yield from units_in(value)


def unknown(texts: Iterable[str]) -> list[str]:
    """Those of some texts that name no unit."""
    found = []
    for text in texts:
        try:
            parse_unit(text)
        except UnknownUnit:
            found.append(text)
    return found


def knowledge_files() -> list[Path]:
    """The files of the knowledge base that say units; those of words by which texts are checked say none."""
    root = checkout()
    assert root, "the tests run in a checkout"
    return sorted(path for path in (root / "knowledge").rglob("*.yaml") if path.parent.name != "check")


def test_every_unit_of_the_knowledge_base_is_known() -> None:
    used = {
        text for path in knowledge_files() for text in units_in(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))
    }
    assert len(used) > 10
    assert unknown(sorted(used)) == []


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_unit_that_has_a_word_is_known(language: str) -> None:
    words = yaml.safe_load(resource(f"prompts/words/{language}.yaml").read_text(encoding="utf-8"))
    said = [*words["units"], *words["per"], *words["tight"], *words["said_as"], *words["said_as"].values()]
    assert unknown(said) == []


@pytest.mark.parametrize(
    "name",
    [
        *(
            "kWh",
            "MWh",
            "GWh",
            "kilowatt-hours",
            "megajoules",
            "days",
            "Wh",
            "mL",
            "tce",
            "度",
            "kg",
            "grams",
            "EFLOPS",
            "TFLOP",
        ),
        *(
            "kkWh",
            "florps",
            "s",
            "ms",
            "Pa",
            "µg",
            "homes",
            "phone-charges",
            "min",
            "mins",
            "gallons",
            "hours",
            "kilo",
            "k",
        ),
    ],
)
def test_what_was_taught_is_what_pint_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def meaning() -> object:
        units._meaning.cache_clear()
        try:
            return pytest.approx(units._meaning(name)[0]), units._meaning(name)[1]
        except UnknownUnit:
            return None

    monkeypatch.setattr(units, "_taught", {})
    by_pint = meaning()
    taught = units.vocabulary()
    units.teach(taught)
    assert meaning() == by_pint
    units._meaning.cache_clear()
