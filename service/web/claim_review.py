"""Claims for search engines: schema.org's ClaimReview as JSON-LD."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from service.core.claim import Claim
from service.store.claims import since
from service.web.claim import work
from service.web.site import Frame, data_block


def reviews(frame: Frame, claims: Sequence[Claim]) -> Markup:
    """What was found of these claims, each with the publications in which it appears."""
    made = [_review(frame, each) for each in claims]
    return data_block({"@context": "https://schema.org", **(made[0] if len(made) == 1 else {"@graph": made})})


def _review(frame: Frame, claim: Claim) -> dict[str, Any]:
    said, address = frame.said, frame.absolute(f"/claims/{claim.id}")
    return {
        "@type": "ClaimReview",
        "@id": f"{address}#review",
        "url": address,
        "inLanguage": frame.language,
        "claimReviewed": said.local(claim.statement),
        "itemReviewed": _reviewed(frame, claim),
        "reviewRating": {"@type": "Rating", "alternateName": said["verdicts"][claim.verdict]},
        "reviewBody": said.local(claim.evidence),
        "datePublished": claim.checked,
        "author": {"@type": "Organization", "name": "Wattcite", "url": frame.absolute("/")},
    }


def _reviewed(frame: Frame, claim: Claim) -> dict[str, Any]:
    known = frame.desk.knowledge
    found = {
        "@type": "Claim",
        "text": frame.said.local(claim.statement),
        "datePublished": since(known, claim),
        "firstAppearance": work(known.source(claim.origin.source)) if claim.origin else None,
        "appearance": [work(known.source(telling.source)) for telling in claim.repeated_by],
    }
    return {name: value for name, value in found.items() if value}
