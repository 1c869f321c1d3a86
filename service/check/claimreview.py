"""A report in schema.org's vocabulary: each claim a ClaimReview, as fact checks are published for search engines."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, Final

from service.answers.words import words
from service.check.shapes import ClaimFound, Report
from service.core.claim import Verdict

MEDIA: Final = "application/ld+json"
_CONTEXT: Final = "https://schema.org"
_BEST, _WORST = 5, 1
# what is neither true nor false lies between; of what no source is known nothing is said
_RATINGS: Final[dict[Verdict, int]] = {
    "supported": 5,
    "supported-with-caveat": 4,
    "outdated": 3,
    "disputed": 3,
    "contradicted": 1,
    "arithmetic-wrong": 1,
}


def claim_reviews(text: str, report: Report, address: str) -> dict[str, Any]:
    """The report as JSON-LD; `address` is that of this service, which signs the reviews."""
    from service.reading.sentences import sentences  # noqa: PLC0415 - who only names the media type needs none

    places = list(sentences(text))
    starts = [each.start for each in places]
    graph = []
    for claim in report["claims"]:
        sentence = places[max(0, bisect_right(starts, claim["start"]) - 1)]
        graph.append(_review(report, claim, text[sentence.start : sentence.end].strip(), address))
    return {"@context": _CONTEXT, "@graph": graph}


def _review(report: Report, claim: ClaimFound, sentence: str, address: str) -> dict[str, Any]:
    rating: dict[str, Any] = {
        "@type": "Rating",
        "alternateName": words(report["language"])["verdicts"][claim["verdict"]],
        "bestRating": _BEST,
        "worstRating": _WORST,
    }
    if claim["verdict"] in _RATINGS:
        rating["ratingValue"] = _RATINGS[claim["verdict"]]
    urls = [each["url"] or (f"https://doi.org/{each['doi']}" if each["doi"] else None) for each in claim["citations"]]
    return {
        "@type": "ClaimReview",
        "inLanguage": report["language"],
        "claimReviewed": sentence,
        "itemReviewed": {"@type": "Claim", "text": sentence, "name": claim["span"]},
        "reviewRating": rating,
        "reviewBody": claim["explanation"],
        "citation": list(dict.fromkeys(url for url in urls if url)),
        "author": {"@type": "Organization", "name": "Wattcite", "url": address},
        "version": report["knowledge"]["version"],
    }
