"""A figure for search engines: schema.org's vocabulary as JSON-LD."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from service.core.model import Figure, Source
from service.store.cite_names import creators
from service.web.site import Frame, data_block

_CONTEXT = "https://schema.org"


def claim(frame: Frame, figure: Figure, source: Source) -> Markup:
    """The figure as a claim of its source, and as an observation of the catalogue."""
    address = frame.absolute(f"/figures/{figure.id}")
    made = {
        "@context": _CONTEXT,
        "@graph": [_claim(frame, figure, source, address), _dataset(frame, figure, address)],
    }
    return data_block(made)


def _claim(frame: Frame, figure: Figure, source: Source, address: str) -> dict[str, Any]:
    return {
        "@type": "Claim",
        "@id": f"{address}#claim",
        "url": address,
        "text": frame.said.local(figure.statement),
        "inLanguage": frame.language,
        "about": {"@type": "Thing", "name": frame.said.local(frame.desk.knowledge.subject(figure.subject).name)},
        "appearance": frame.kept(("work", source.id), lambda: work(source)),
    }


def work(source: Source) -> dict[str, Any]:
    """A publication as a creative work."""
    people, _ = creators(source)
    authors = [
        {"@type": "Organization", "name": each.literal}
        if each.literal
        else {"@type": "Person", "familyName": each.family, "givenName": each.given}
        for each in people
    ]
    found = {
        "@type": "CreativeWork",
        "name": source.title,
        "author": authors,
        "publisher": {"@type": "Organization", "name": source.publisher},
        "datePublished": source.issued,
        "url": source.url,
        "sameAs": f"https://doi.org/{source.doi}" if source.doi else None,
        "inLanguage": source.language,
    }
    return {name: value for name, value in found.items() if value}


def _dataset(frame: Frame, figure: Figure, address: str) -> dict[str, Any]:
    known, said = frame.desk.knowledge, frame.said
    variable = {
        "@type": "PropertyValue",
        "name": said.local(known.quantity(figure.quantity).name),
        "value": figure.value,
        "minValue": figure.low,
        "maxValue": figure.high,
        "unitText": figure.unit,
        "measurementTechnique": figure.basis,
    }
    return {
        "@type": "Dataset",
        "@id": f"{address}#dataset",
        "url": address,
        "isAccessibleForFree": True,
        "includedInDataCatalog": {"@type": "DataCatalog", "name": "Wattcite", "url": frame.absolute("/")},
        "name": f"{said.local(known.quantity(figure.quantity).name)}: {said.local(known.subject(figure.subject).name)}",
        "description": f"{said.local(figure.statement)} {said.local(figure.scope)}",
        "temporalCoverage": figure.as_of,
        "spatialCoverage": said.local(known.region(figure.region).name),
        "variableMeasured": {name: value for name, value in variable.items() if value is not None},
        "isBasedOn": source_address(figure, frame),
        "version": known.version,
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "application/json",
            "contentUrl": frame.absolute(f"/v1/figures/{figure.id}"),
        },
    }


def source_address(figure: Figure, frame: Frame) -> str:
    """The page of the source of a figure, as others reach it."""
    return frame.absolute(f"/sources/{frame.desk.knowledge.source_of(figure.id).id}")
