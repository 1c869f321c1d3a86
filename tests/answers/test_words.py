"""The words of every language: complete, alike in what they are filled with, and able to be said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import Environment, UndefinedError, meta

from service.answers.words import LANGUAGES, Sentence, words
from service.core.model import Region, Remark, Subject, SubjectKind, Text
from service.core.quantity import Quantity
from service.core.resources import resource

ROOT = Path(__file__).parents[2]
WRITTEN = ("en", "zh-Hans")
# How a language writes numbers, the units that it has words for, and which it says otherwise, are its own affair; so are
# articles and names, those of bodies too. Tools are described in English by themselves.
OWN = {"numbers", "units", "per", "tight", "said_as", "with_article", "named", "bodies", "tools"}
CONDITIONAL = re.compile(r"\{% if .*\{% endif %\}")
SIMPLIFIED = "户电约数时计来处万亿热车动视频机请无项间据个总应给单国费烧"


@cache
def file_of(language: str) -> dict[str, Any]:
    """What stands in the file of a language."""
    loaded: dict[str, Any] = yaml.safe_load(resource(f"prompts/words/{language}.yaml").read_text(encoding="utf-8"))
    return loaded


def sentences(record: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence below `record` with its place, such as headlines.home."""
    if isinstance(record, dict):
        for key, value in record.items():
            yield from sentences(value, f"{place}.{key}" if place else str(key))
    elif isinstance(record, str):
        yield place, record


def shared(language: str) -> dict[str, str]:
    """The sentences that every language must have."""
    return dict(sentences({part: value for part, value in file_of(language).items() if part not in OWN}))


def placeholders(sentence: str) -> set[str]:
    """The names that a sentence is filled with."""
    environment = Environment(autoescape=True)
    environment.globals.clear()  # `range` is a name like any other
    return set(meta.find_undeclared_variables(environment.parse(sentence)))


def picks(sentence: str) -> dict[str, str]:
    """For each name that picks a word ({'a': …, 'b': …}[name]) the first that it may pick."""
    return {name: first for first, name in re.findall(r"\{'([^']+)':[^{}]*\}\[(\w+)\]", sentence)}


def test_every_file_is_a_language_and_every_language_has_words() -> None:
    files = {path.stem for path in resource("prompts/words").glob("*.yaml")}
    assert files == set(WRITTEN)
    assert [words(language).language for language in LANGUAGES] == list(LANGUAGES)
    assert [words(language)["language"] for language in LANGUAGES] == list(LANGUAGES)


@pytest.mark.parametrize("language", WRITTEN[1:])
def test_languages_have_the_same_parts_and_sentences(language: str) -> None:
    assert set(file_of(language)) == set(file_of("en"))
    ours, english = set(shared(language)), set(shared("en"))
    assert {"missing": sorted(english - ours), "stray": sorted(ours - english)} == {"missing": [], "stray": []}


@pytest.mark.parametrize("language", WRITTEN[1:])
def test_sentences_are_filled_with_the_same(language: str) -> None:
    english = {place: placeholders(sentence) for place, sentence in shared("en").items()}
    ours = {place: placeholders(sentence) for place, sentence in shared(language).items()}
    # a language may leave out a period that another needs to say, but fills in nothing that English does not know
    assert {place: names - english[place] for place, names in ours.items() if names - english[place]} == {}
    unsaid = {place: english[place] - names for place, names in ours.items() if english[place] - names}
    assert unsaid == {}


@pytest.mark.parametrize("language", WRITTEN[1:])
def test_what_english_counts_in_words_every_language_does(language: str) -> None:
    counted = {unit for unit in file_of("en")["units"] if unit.isascii()}  # others are words of Chinese already
    assert sorted(counted - set(file_of(language)["units"])) == []


def test_every_remark_and_absence_of_a_calculator_has_its_sentence() -> None:
    folders = (ROOT / "service" / "calculators", ROOT / "service" / "core", ROOT / "service" / "store")
    source = "\n".join(path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob("*.py")))
    remarked = set(re.findall(r'\.remark\(\s*"(\w+)"', source))
    absent = set(re.findall(r'(?:\.absent|NothingKnown)\(\s*"(\w+)"', source))
    assert remarked
    assert absent
    assert sorted(remarked - set(file_of("en")["caveats"])) == []
    assert sorted(absent - set(file_of("en")["absences"])) == []


@pytest.mark.parametrize("language", WRITTEN)
def test_no_sentence_is_empty_or_padded(language: str) -> None:
    padded = [
        place for place, sentence in shared(language).items() if place.count(".") and sentence != sentence.strip()
    ]
    assert padded == []
    assert [place for place, sentence in sentences(file_of(language)) if not sentence] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_said(language: str) -> None:
    said = words(language)
    for place, sentence in sentences({part: said[part] for part in file_of("en") if part not in OWN}):
        part, _, key = place.partition(".")
        filled = {name: f"<{name}>" for name in placeholders(sentence)} | picks(sentence)
        text = said.say(part, key, filled)
        always = re.findall(r"\{\{ (\w+)", CONDITIONAL.sub("", sentence))
        assert [name for name in always if f"<{name}>".lower() not in text.lower()] == []
        assert "{{" not in text
        assert "}}" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_without_what_fills_it_is_an_error(language: str) -> None:
    with pytest.raises(KeyError):
        words(language).say("headlines", "kettle", {"value": "5"})
    with pytest.raises(UndefinedError):  # one that decides something is left to Jinja
        words(language).say("source", "", {"n": 1})


@pytest.mark.parametrize(
    "source",
    [
        "{{ a }}",
        "x {{a}} y {{ b }}.",
        "{{ a }}{{ b }}{{ a }}",
        "",
        "no name",
        "{% if a %}{{ a }}{% endif %}{{ b|upper }}",
        "{# {{ c }} #}x",
    ],
)
def test_short_cut_says_what_jinja_says(source: str) -> None:
    about = {"a": "<1> & {{ b }}", "b": "two"}
    said = Environment(autoescape=False).from_string(source).render(about)  # noqa: S701 - nothing here is HTML
    assert Sentence(source).fill(about, lambda value: value) == said


def test_source_line_leaves_out_what_is_not_known() -> None:
    least = {"n": 1, "who": "EIA", "title": "Use", "issued": None, "locator": None, "url": "", "note": "", "stop": "."}
    assert words("en").say("source", "", least) == "[1] EIA: Use."
    full = {**least, "issued": "2024", "locator": "p. 3", "url": "https://e.org", "note": "not verified"}
    assert words("en").say("source", "", full) == "[1] EIA (2024): Use, p. 3 (not verified). https://e.org"


def test_traditional_chinese_has_no_simplified_characters() -> None:
    traditional = words("zh-Hant")
    text = "".join(sentence for _, sentence in sentences({part: traditional[part] for part in file_of("en")}))
    assert [character for character in SIMPLIFIED if character in text] == []
    assert traditional["units"]["home"] == "戶家庭"
    assert traditional["units"]["kWh"] == "千瓦時"
    assert traditional["locale"] == "zh_Hant_TW"


def test_traditional_chinese_has_the_same_sentences() -> None:
    simplified, traditional = words("zh-Hans"), words("zh-Hant")
    for part in file_of("zh-Hans"):
        assert dict(sentences({part: simplified[part]})).keys() == dict(sentences({part: traditional[part]})).keys()


def test_records_are_said_by_their_name() -> None:
    chip = Subject(id="chip-a", kind="accelerator", name=Text(en="Chip A", zh="芯片甲电"))
    assert [words(language).plain(chip) for language in LANGUAGES] == ["Chip A", "芯片甲电", "晶片甲電"]


@pytest.mark.parametrize(
    ("kind", "name", "inside"),
    [
        ("home", "US home", "a US home"),
        ("home", "Irish home", "an Irish home"),
        ("sector", "Data centres", "data centres"),
        ("sector", "AI data centres", "AI data centres"),
        ("everyday", "British train", "British train"),
        ("everyday", "Laptop", "laptop"),
        ("service", "Kimi", "Kimi"),
    ],
)
def test_names_stand_inside_a_sentence_as_english_writes_them(kind: SubjectKind, name: str, inside: str) -> None:
    subject = Subject(id="some-thing", kind=kind, name=Text(en=name, zh="某物"))
    assert words("en").plain(subject) == inside
    assert words("zh-Hans").plain(subject) == "某物"


def test_a_sentence_begins_with_a_capital_letter_but_a_name_stays_as_it_is() -> None:
    about = {"value": "1 MW"}
    for service, start in {"data centres": "Data centres ", "xAI": "xAI ", "gpt-oss-120b": "gpt-oss-120b "}.items():
        assert words("en").say("headlines", "average_power", {**about, "service": service}).startswith(start)


def test_texts_that_are_not_translated_stay_english() -> None:
    remark = Remark(en="inference only")
    assert [words(language).plain(remark) for language in LANGUAGES] == ["inference only"] * 3
    assert words("zh-Hant").plain(Remark(en="power", zh="电力")) == "電力"


def test_quantities_and_plain_values_are_said() -> None:
    assert words("en").plain(Quantity(2, "home")) == "2 homes"
    assert (words("en").plain(5), words("en").plain("x")) == (5, "x")
    assert [words(language).count(29_345) for language in LANGUAGES] == ["29,300", "2.93万", "2.93萬"]


def test_names_with_an_article_take_it_in_english_only() -> None:
    states = Region(id="US", name=Text(en="United States", zh="美国"))
    france = Region(id="FR", name=Text(en="France", zh="法国"))
    assert [words(language).place(states) for language in LANGUAGES] == ["the United States", "美国", "美國"]
    assert words("en").place(france) == "France"


def test_sentences_are_looked_up_by_part_and_key() -> None:
    assert words("en").has("headlines", "home")
    assert not words("en").has("headlines", "no-such-result")
    assert words("en")["stop"] == "."


def test_a_language_without_a_file_is_not_found() -> None:
    with pytest.raises(FileNotFoundError, match=r"prompts/words/fr\.yaml"):
        words("fr")


@pytest.mark.parametrize(
    ("source", "judged"),
    [
        ("{{ a }} of {{ b }}", {}),
        ("{{ a }}{% if a == '1 home' %}s{% endif %}", {"a": {"1 home"}}),
        ("{% if a != 'x' %}{{ a }}{% elif b %}{{ b }}{% endif %}", {"a": {"x"}, "b": {""}}),
        ("{% if not a %}{{ a }}{% endif %}{% if a == 'x' %}y{% endif %}", {"a": {"", "x"}}),
        ("{% if a == '1' %}{{ a|upper }}{% endif %}", {"a": None}),
        ("{% if a %}{{ {'x': 'y'}[a] }}{% endif %}", {"a": None}),
        ("{% if a and b == c %}x{% endif %}", {"a": None, "b": None, "c": None}),
        ("{% if a > 'x' %}{{ a }}{% endif %}", {"a": None}),
    ],
)
def test_a_sentence_knows_what_it_judges(source: str, judged: dict[str, set[str] | None]) -> None:
    assert Sentence(source).judged == judged


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("美国公用事业级电厂的净发电量", "美國公用事業級電廠的淨發電量"),
        ("激活参数700亿的模型", "啟用參數700億的模型"),
        ("不含用户设备", "不含使用者設備"),
        ("所称制冷占比", "所稱製冷佔比"),
        ("头发与电", "頭髮與電"),  # what the dictionaries get right stays
    ],
)
def test_traditional_chinese_says_what_is_meant(simplified: str, traditional: str) -> None:
    assert words("zh-Hant").local(Text(en="-", zh=simplified)) == traditional
