"""In what a report can be had: as data, as Markdown, marked in the text, or as reviews."""

from __future__ import annotations

from typing import Final

import msgspec

from service.check import annotated, claimreview
from service.check.inputs import Format
from service.check.shapes import Report

MEDIA: Final[dict[Format, str]] = {
    "json": "application/json",
    "markdown": "text/markdown",
    "html": "text/html",
    "claimreview": claimreview.MEDIA,
}
_encode: Final = msgspec.json.Encoder().encode


def written(format: Format, text: str, report: Report, address: str) -> bytes:  # noqa: A002
    """The report of a text in a format; `address` is that of this service, which signs reviews."""
    if format == "markdown":
        return report["text"].encode(errors="replace")
    if format == "html":
        return annotated.page(text, report).encode(errors="replace")
    return _encode(claimreview.claim_reviews(text, report, address) if format == "claimreview" else report)
