"""Citations: CSL-JSON and the two reference styles, against the rules of the styles' manuals."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any, get_args

import pytest
from citeproc import CitationStylesStyle
from hypothesis import given, settings
from hypothesis import strategies as st

from service.core.model import Source
from service.core.resources import resource
from service.store.cite import MEDIA, Format, citation, csl, formatted

EIA = "U.S. Energy Information Administration"
PATTERSON: dict[str, Any] = {
    "id": "patterson-2021",
    "title": "Carbon Emissions and Large Neural Network Training",
    "authors": [
        "Patterson, David",
        "Gonzalez, Joseph",
        "Le, Quoc",
        "Liang, Chen",
        "Munguia, Lluis-Miquel",
        "Rothchild, Daniel",
        "So, David",
        "Texier, Maud",
        "Dean, Jeff",
    ],
    "publisher": "arXiv",
    "issued": "2021-04-21",
    "url": "https://arxiv.org/abs/2104.10350",
    "doi": "10.48550/arXiv.2104.10350",
    "kind": "preprint",
}
DEVRIES: dict[str, Any] = {
    "id": "devries-2023",
    "title": "The growing energy footprint of artificial intelligence",
    "authors": ["de Vries, Alex"],
    "publisher": "Joule",
    "issued": "2023-10-10",
    "url": "https://doi.org/10.1016/j.joule.2023.09.004",
    "doi": "10.1016/j.joule.2023.09.004",
    "kind": "peer-reviewed",
}
KOLBERT: dict[str, Any] = {
    "id": "kolbert-2024",
    "title": "The Obscene Energy Demands of A.I.",
    "authors": ["Kolbert, Elizabeth"],
    "publisher": "The New Yorker",
    "issued": "2024-03-09",
    "url": "https://www.newyorker.com/news/daily-comment/the-obscene-energy-demands-of-ai",
    "kind": "press",
}
EIA_PAGE: dict[str, Any] = {
    "id": "eia-faq-97",
    "title": "How much electricity does an American home use?",
    "organisations": [EIA],
    "publisher": EIA,
    "issued": "2021-10-07",
    "url": "https://www.eia.gov/tools/faqs/faq.php?id=97&t=3",
    "kind": "official-statistics",
}
SHANGHAI: dict[str, Any] = {
    "id": "shanghai-2023",
    "title": "人工智能快速发展引发耗电担忧",
    "authors": ["刘, 云杰", "王, 一", "李, 二", "陈, 三"],
    "publisher": "上海证券报",
    "issued": "2023-04-01",
    "language": "zh",
    "kind": "press",
}
REPORT: dict[str, Any] = {
    "id": "epri-2024",
    "title": "Powering Intelligence",
    "organisations": ["Electric Power Research Institute"],
    "publisher": "EPRI",
    "issued": "2024-05",
    "kind": "analyst",
}


def source(base: dict[str, Any] | None = None, **changes: Any) -> Source:
    """A source as a record would say it, with what a record must have."""
    least = {"id": "x-2024", "title": "A title", "publisher": "A publisher", "language": "en", "kind": "ngo-report"}
    return Source.model_validate({**least, "checked": "primary", **(base or {}), **changes})


def many(count: int) -> list[str]:
    return [f"Name{chr(ord('a') + n)}, Xi" for n in range(count)]


def test_csl_item() -> None:
    volume = source(DEVRIES, publisher="Communications of the ACM 68(7), 54-61", issued="2025-07")
    assert csl(volume) == {
        "id": "devries-2023",
        "type": "article-journal",
        "title": "The growing energy footprint of artificial intelligence",
        "language": "en",
        "author": [{"family": "de Vries", "given": "Alex"}],
        "issued": {"date-parts": [[2025, 7]]},
        "container-title": "Communications of the ACM",
        "volume": "68",
        "issue": "7",
        "page": "54-61",
        "DOI": "10.1016/j.joule.2023.09.004",
        "URL": "https://doi.org/10.1016/j.joule.2023.09.004",
    }
    assert csl(source(title="[a page of statistics]", archived="https://example.org/copy")) == {
        "id": "x-2024",
        "type": "report",
        "title": "[a page of statistics]",
        "language": "en",
        "publisher": "A publisher",
        "URL": "https://example.org/copy",
    }


@pytest.mark.parametrize(
    ("kind", "publisher", "url", "item_type"),
    [
        ("peer-reviewed", "ACL 2019", None, "paper-conference"),
        ("peer-reviewed", "HotCarbon '23", None, "paper-conference"),
        ("press", "hyper.ai", None, "webpage"),
        ("analyst", "Google Cloud Blog", None, "post-weblog"),
        ("official-statistics", "EIA", "https://www.eia.gov/a/faq.php?id=97", "webpage"),
        ("official-statistics", "EIA", "https://www.eia.gov/a/aeo.pdf", "report"),
        ("policy", "Official Journal of the EU, L 231", None, "legislation"),
    ],
)
def test_type_of_an_item(kind: str, publisher: str, url: str | None, item_type: str) -> None:
    assert csl(source(kind=kind, publisher=publisher, url=url))["type"] == item_type


APA = [
    # nine authors: all of them, "&" before the last; a preprint is known by its year; the DOI as an address
    (
        PATTERSON,
        (
            "Patterson, D., Gonzalez, J., Le, Q., Liang, C., Munguia, L.-M., Rothchild, D., So, D., Texier, M., & Dean, J. (2021). "
            "Carbon Emissions and Large Neural Network Training. arXiv. https://doi.org/10.48550/arXiv.2104.10350"
        ),
    ),
    (
        DEVRIES,
        (
            "de Vries, A. (2023). The growing energy footprint of artificial intelligence. Joule. "
            "https://doi.org/10.1016/j.joule.2023.09.004"
        ),
    ),
    # a magazine's day counts; no second full stop after "A.I."
    (
        KOLBERT,
        (
            "Kolbert, E. (2024, March 9). The Obscene Energy Demands of A.I. The New Yorker. "
            "https://www.newyorker.com/news/daily-comment/the-obscene-energy-demands-of-ai"
        ),
    ),
    # the author is not repeated as publisher; no full stop after a question mark
    (
        EIA_PAGE,
        (
            "U.S. Energy Information Administration. (2021, October 7). How much electricity does an American home use? "
            "https://www.eia.gov/tools/faqs/faq.php?id=97&t=3"
        ),
    ),
    (SHANGHAI, "刘云杰, 王一, 李二, & 陈三. (2023, April 1). 人工智能快速发展引发耗电担忧. 上海证券报."),
    (REPORT, "Electric Power Research Institute. (2024). Powering Intelligence."),
    # nobody signs: the title comes first; no date
    ({"kind": "press", "publisher": "Business Insider"}, "A title. (n.d.). Business Insider."),
    ({"kind": "dataset", "publisher": "Ember", "issued": "2025"}, "A title [Data set]. (2025). Ember."),
]


@pytest.mark.parametrize(("base", "reference"), APA)
def test_apa(base: dict[str, Any], reference: str) -> None:
    assert formatted(source(base), "apa") == reference


def test_apa_lists_twenty_authors_and_shortens_twenty_one() -> None:
    names = [f"Name{chr(ord('a') + n)}, X." for n in range(21)]
    twenty = formatted(source(authors=many(20)))
    assert twenty.startswith(", ".join(names[:19]) + ", & Namet, X. (n.d.).")
    # 21 or more: the first 19, an ellipsis in place of "&", and the last
    assert formatted(source(authors=many(21))).startswith(", ".join(names[:19]) + ", … Nameu, X. (n.d.).")


def test_apa_for_a_chinese_reader() -> None:
    assert "(2024年3月9日)" in formatted(source(KOLBERT), "apa", "zh")
    assert formatted(source(), "apa", "zh") == "A title. (日期不详). A publisher."
    assert "(日期不詳)" in formatted(source(), "apa", "zh-Hant")


GBT = [
    # more than three authors: three, then et al.; family names in capitals, initials without points
    (
        PATTERSON,
        (
            "PATTERSON D, GONZALEZ J, LE Q, et al. Carbon Emissions and Large Neural Network Training[EB/OL]. "
            "arXiv, 2021(2021-04-21). https://arxiv.org/abs/2104.10350. DOI:10.48550/arXiv.2104.10350."
        ),
    ),
    (
        DEVRIES,
        "DE VRIES A. The growing energy footprint of artificial intelligence[J]. Joule, 2023. DOI:10.1016/j.joule.2023.09.004.",
    ),
    (
        {**DEVRIES, "publisher": "Communications of the ACM 68(7), 54-61"},
        (
            "DE VRIES A. The growing energy footprint of artificial intelligence[J]. Communications of the ACM, 2023, 68(7): 54-61. "
            "DOI:10.1016/j.joule.2023.09.004."
        ),
    ),
    (
        KOLBERT,
        (
            "KOLBERT E. The Obscene Energy Demands of A.I.[N/OL]. The New Yorker, 2024-03-09. "
            "https://www.newyorker.com/news/daily-comment/the-obscene-energy-demands-of-ai."
        ),
    ),
    (
        EIA_PAGE,
        (
            "U.S. Energy Information Administration. How much electricity does an American home use?[EB/OL]. (2021-10-07). "
            "https://www.eia.gov/tools/faqs/faq.php?id=97&t=3."
        ),
    ),
    # a Chinese source: 等; names whole; not online, so without OL
    (SHANGHAI, "刘云杰, 王一, 李二, 等. 人工智能快速发展引发耗电担忧[N]. 上海证券报, 2023-04-01."),
    (
        {**SHANGHAI, "issued": None, "kind": "policy", "publisher": "国务院"},
        "刘云杰, 王一, 李二, 等. 人工智能快速发展引发耗电担忧[EB]. 国务院, [日期不详].",
    ),
    (REPORT, "Electric Power Research Institute. Powering Intelligence[R]. (2024-05)."),
    (
        {"kind": "dataset", "url": "https://ember.org/d", "issued": "2025"},
        "A title[DS/OL]. A publisher, 2025. https://ember.org/d.",
    ),
    ({"kind": "standard", "issued": "2024-03"}, "A title[S]. A publisher, 2024(2024-03)."),
    ({"kind": "peer-reviewed", "publisher": "ACL 2019", "issued": "2019-07"}, "A title[C]//ACL 2019. 2019."),
    ({"authors": ["Brown, Tom B.", "and others"]}, "BROWN T B, et al. A title[R]. A publisher, [n.d.]."),
]


@pytest.mark.parametrize(("base", "reference"), GBT)
def test_gbt7714(base: dict[str, Any], reference: str) -> None:
    assert formatted(source(base), "gbt7714") == reference


def test_gbt7714_speaks_the_language_of_the_source_and_text_that_of_the_reader() -> None:
    assert formatted(source(SHANGHAI), "gbt7714", "en") == formatted(source(SHANGHAI), "gbt7714", "zh")
    assert citation(source(DEVRIES), "text", "zh") == citation(source(DEVRIES), "gbt7714", "en")
    assert citation(source(DEVRIES), "text", "en") == citation(source(DEVRIES), "apa", "en")


@pytest.mark.parametrize("style", ["apa", "gbt7714"])
@pytest.mark.parametrize("locale", ["en-US", "zh-CN", "zh-TW"])
def test_styles_are_valid_csl(style: str, locale: str) -> None:
    CitationStylesStyle(str(resource(f"prompts/styles/{style}.csl")), locale=locale, validate=True)  # warns where not


def test_every_format_has_its_media_type_and_ending() -> None:
    assert set(MEDIA) == set(get_args(Format))
    assert len({media.ending for media in MEDIA.values()}) == len(MEDIA)
    for name in MEDIA:
        text = citation(source(DEVRIES), name)
        assert "growing energy footprint" in text
        assert text.endswith("\n")
    assert json.loads(citation(source(DEVRIES), "csl")) == [csl(source(DEVRIES))]
    with pytest.raises(ValueError, match="choose one of bibtex, ris"):
        citation(source(), "endnote")  # type: ignore[arg-type]


def test_references_do_not_mix_when_many_ask_at_once() -> None:
    sources = [source(base, title=f"Title {n}") for n in range(20) for base in (PATTERSON, SHANGHAI, REPORT)]
    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(formatted, sources))
    assert all(f"{one.title}." in text for one, text in zip(sources, texts, strict=True))


@settings(max_examples=60)
@given(title=st.text(min_size=1), publisher=st.text(min_size=1), author=st.text(min_size=1))
def test_any_record_can_be_formatted(title: str, publisher: str, author: str) -> None:
    odd = source(title=title, publisher=publisher, authors=[author], organisations=[publisher])
    assert "\n" not in formatted(odd, "apa")
    assert "\n" not in formatted(odd, "gbt7714")
