"""How numbers and units are said: three significant digits, in the words of each language."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from babel import Locale
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol
from hypothesis import given
from hypothesis import strategies as st

from service.answers.numbers import NumberFormat
from service.answers.words import LANGUAGES, words
from service.core.quantity import Quantity

EN, HANS, HANT = (words(language).units.number for language in LANGUAGES)
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "万": 1e4, "亿": 1e8, "万亿": 1e12}
SCALES |= {"萬": 1e4, "億": 1e8, "兆": 1e12, "": 1.0}
WRITTEN = re.compile(r"(-?[\d.]+)(?: × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))? ?(\w*)")
PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@pytest.mark.parametrize(
    ("value", "en", "hans", "hant"),
    [
        (0, "0", "0", "0"),
        (1, "1", "1", "1"),
        (-0.0, "0", "0", "0"),
        (0.34, "0.34", "0.34", "0.34"),
        (0.34567, "0.346", "0.346", "0.346"),
        (29.04, "29", "29", "29"),
        (850, "850", "850", "850"),
        (999.9, "1,000", "1000", "1000"),
        (1234, "1,230", "1230", "1230"),
        (9999, "10,000", "1万", "1萬"),
        (29_345, "29,300", "2.93万", "2.93萬"),
        (999_499, "999,000", "99.9万", "99.9萬"),
        (999_999, "1 million", "100万", "100萬"),
        (1e6, "1 million", "100万", "100萬"),
        (44_700_000, "44.7 million", "4470万", "4470萬"),
        (99_940_000, "99.9 million", "9990万", "9990萬"),
        (99_995_000, "100 million", "1亿", "1億"),
        (999_500_000, "1 billion", "10亿", "10億"),
        (2.5e9, "2.5 billion", "25亿", "25億"),
        (310.3e9, "310 billion", "3100亿", "3100億"),
        (999_600_000_000, "1 trillion", "1万亿", "1兆"),
        (9.2e12, "9.2 trillion", "9.2万亿", "9.2兆"),
        (9.994e14, "999 trillion", "999万亿", "999兆"),
        (9.996e14, "1 × 10¹⁵", "1 × 10¹⁵", "1 × 10¹⁵"),
        (6.022e23, "6.02 × 10²³", "6.02 × 10²³", "6.02 × 10²³"),
        (0.0001, "0.0001", "0.0001", "0.0001"),
        (0.00012345, "0.000123", "0.000123", "0.000123"),
        (0.00009999, "0.0001", "0.0001", "0.0001"),
        (0.0000999, "0.0000999", "0.0000999", "0.0000999"),
        (0.000000999, "9.99 × 10⁻⁷", "9.99 × 10⁻⁷", "9.99 × 10⁻⁷"),
        (5e-324, "4.94 × 10⁻³²⁴", "4.94 × 10⁻³²⁴", "4.94 × 10⁻³²⁴"),
        (1e270, "1 × 10²⁷⁰", "1 × 10²⁷⁰", "1 × 10²⁷⁰"),
        (-1234, "-1,230", "-1230", "-1230"),
        (-2.5e9, "-2.5 billion", "-25亿", "-25億"),
    ],
)
def test_numbers(value: float, en: str, hans: str, hant: str) -> None:
    assert (EN(value), HANS(value), HANT(value)) == (en, hans, hant)


def read_back(text: str) -> float:
    """The number that a printed one states."""
    found = WRITTEN.fullmatch(text.replace(",", ""))
    assert found, text
    return float(f"{found[1]}e{(found[2] or '0').translate(PLAIN)}") * SCALES[found[3]]


numbers = st.floats(1e-300, 1e270) | st.floats(0.001, 1e16) | st.integers(1, 10**15).map(float)


@pytest.mark.parametrize("say", [EN, HANS, HANT], ids=LANGUAGES)
@given(value=numbers, negative=st.booleans())
def test_printed_number_is_within_half_a_percent(say: NumberFormat, value: float, negative: bool) -> None:
    signed = -value if negative else value
    assert read_back(say(signed)) == pytest.approx(signed, rel=0.005)


@pytest.mark.parametrize("say", [EN, HANS, HANT], ids=LANGUAGES)
@given(value=numbers)
def test_printed_number_has_three_significant_digits(say: NumberFormat, value: float) -> None:
    text = say(value)
    digits = re.sub(r"[,.]", "", text.partition(" × ")[0]).strip("兆万亿萬億 abcdefghijklmnopqrstuvwxyz").lstrip("0")
    assert len(digits.rstrip("0")) <= 3


@pytest.mark.parametrize(("say", "most"), [(EN, 999), (HANS, 9999), (HANT, 9999)], ids=LANGUAGES)
@given(value=st.floats(1, 9.99e14))
def test_a_word_stands_behind_a_number_that_needs_no_larger_one(say: NumberFormat, most: int, value: float) -> None:
    found = re.fullmatch(r"([\d.,]+) ?([^\d.,]*)", say(value))
    assert found
    if found[2]:
        assert 1 <= float(found[1]) <= most
    else:
        assert "thousand" not in found[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_separators_and_words_for_large_numbers_are_those_of_the_locale(language: str) -> None:
    said = words(language)
    locale = Locale.parse(said["locale"])
    forms = locale.compact_decimal_formats
    patterns = {power: form.pattern for power, form in forms["long" if "long" in forms else "short"]["other"].items()}
    scales: dict[str, int] = {}
    for power, pattern in sorted(patterns.items(), key=lambda each: len(each[0])):
        word = pattern.replace("'", "").lstrip("0")
        if word and "thousand" not in word and int(power) >= 10_000:  # below, every language here writes the digits
            scales.setdefault(word, len(power) - pattern.count("0"))
    numbers = {"decimal": get_decimal_symbol(locale), "group": get_group_symbol(locale)}
    assert said["numbers"] == {**numbers, "scales": {scale: word for word, scale in scales.items()}}


@pytest.mark.parametrize("language", LANGUAGES)
@given(value=st.floats(0.0001, 999) | st.integers(10**5, 999 * 10**9).map(lambda n: n / 10**9))
def test_a_stated_number_is_written_as_the_locale_does(language: str, value: float) -> None:
    twelve_digits = Decimal(f"{value:.11e}")
    written = format_decimal(twelve_digits, "#,##0.################", locale=words(language)["locale"])
    assert words(language).units.number.whole(value) == written


@pytest.mark.parametrize(
    ("value", "en", "hans"),
    [
        (0, "0", "0"),
        (-0.0, "0", "0"),
        (-0.34, "-0.34", "-0.34"),
        (0.0001, "0.0001", "0.0001"),
        (0.00001, "0.00001", "0.00001"),
        (0.000085, "0.000085", "0.000085"),
        (0.0000001, "1 × 10⁻⁷", "1 × 10⁻⁷"),
        (0.1 + 0.2, "0.3", "0.3"),
        (998.99999999999999, "999", "999"),
        (999.9999999999999, "1,000", "1000"),
        (1287.5, "1,287.5", "1287.5"),
        (9999.5, "9,999.5", "9999.5"),
        (9999.9999999999999, "10,000", "1万"),
        (10_791, "10,791", "1.0791万"),
        (123_456_789.5, "123.4567895 million", "1.234567895亿"),
    ],
)
def test_stated_numbers(value: float, en: str, hans: str) -> None:
    assert (EN.whole(value), HANS.whole(value)) == (en, hans)


# --- with units


def computed(value: float, unit: str) -> Quantity:
    """A result, which is rounded when it is said; a figure or an input is said whole."""
    return Quantity(value, unit) * 1


def said(value: float, unit: str, language: str) -> str:
    """A result in one language."""
    return words(language).units(computed(value, unit))


@pytest.mark.parametrize(
    ("value", "unit", "en", "hans", "hant"),
    [
        (0.34, "Wh", "0.34 Wh", "0.34瓦时", "0.34瓦時"),
        (850, "MWh/day", "850 MWh a day", "85万千瓦时/天", "85萬千瓦時/天"),
        (415, "TWh", "415 TWh", "4150亿千瓦时", "4150億千瓦時"),
        (35.4, "MW", "35.4 MW", "35.4兆瓦", "35.4兆瓦"),
        (2.5e9, "1/day", "2.5 billion a day", "25亿/天", "25億/天"),
        (29_345, "home", "29,300 homes", "2.93万户家庭", "2.93萬戶家庭"),
        (12.345, "%", "12.3%", "12.3%", "12.3%"),
        (3, "h", "3 hours", "3小时", "3小時"),
        (400, "g/kWh", "400 g/kWh", "400克/千瓦时", "400克/千瓦時"),
        (1.5, "m**3", "1.5 m³", "1.5 m³", "1.5 m³"),
        (3, "MW*h", "3 MW·h", "3 MW·h", "3 MW·h"),
        (1234, "", "1,230", "1230", "1230"),
    ],
)
def test_quantities(value: float, unit: str, en: str, hans: str, hant: str) -> None:
    assert [said(value, unit, language) for language in LANGUAGES] == [en, hans, hant]


@pytest.mark.parametrize(
    ("value", "unit", "en", "hans"),
    [
        (29_345, "home", "29,345 homes", "2.9345万户家庭"),
        (10_791, "kWh/year", "10,791 kWh a year", "1.0791万千瓦时/年"),
        (1287, "MWh", "1,287 MWh", "128.7万千瓦时"),
        (2.5e9, "1/day", "2.5 billion a day", "25亿/天"),
        (999_999, "home", "999,999 homes", "99.9999万户家庭"),
        (99_999_999, "home", "99.999999 million homes", "9999.9999万户家庭"),
        (0.1 + 0.2, "Wh", "0.3 Wh", "0.3瓦时"),
        (6.02214076e23, "FLOP", "6.02214076 × 10²³ FLOP", "6.02214076 × 10²³ FLOP"),
        (1, "home", "1 home", "1户家庭"),
        (0.9996, "home", "0.9996 homes", "0.9996户家庭"),
    ],
)
def test_figures_and_inputs_are_said_whole(value: float, unit: str, en: str, hans: str) -> None:
    figure = Quantity(value, unit)
    assert [words(language).units(figure) for language in ("en", "zh-Hans")] == [en, hans]
    assert words("en").units.stated(value, unit) == en


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "1 home"),
        (0.9996, "1 home"),
        (1.004, "1 home"),
        (1.006, "1.01 homes"),
        (0, "0 homes"),
        (0.5, "0.5 homes"),
        (2, "2 homes"),
        (1e6, "1 million homes"),
        (999_999, "1 million homes"),
    ],
)
def test_one_home_and_many_homes(value: float, text: str) -> None:
    assert said(value, "home", "en") == text


def test_spans() -> None:
    units = words("en").units
    assert units.span(Quantity(3, "home", 1, 5)) == "1–5 homes"
    assert units.span(Quantity(3, "home")) == "3 homes"
    assert units.span(Quantity(1, "home", 0.9999, 1.0001) * 1) == "1 home"
    assert units.span(Quantity(29_345, "home", 28_123, 31_456) * 1) == "28,100–31,500 homes"
    assert units.span(Quantity(29_345, "home", 28_123, 31_456)) == "28,123–31,456 homes"  # as its source states it
    assert units.bare(Quantity(1_520_000, "home") * 1) == "1.52 million"
    assert units.bare(Quantity(8.43, "%") * 1) == "8.43%"
    assert units.span(Quantity(0.04, "%", 0.03, 0.05)) == "0.03–0.05%"
    assert words("zh-Hans").units.span(Quantity(2, "MWh", 1, 3)) == "1000–3000千瓦时"
