"""Labels of sources: who signs, and by which name readers know a body."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.model import Source
from service.store.cite import short

EIA = "U.S. Energy Information Administration"


def source(**fields: Any) -> Source:
    """A source as a record would say it, with what a record must have."""
    least = {"id": "x-2024", "title": "A title", "publisher": "A publisher", "language": "en", "kind": "ngo-report"}
    return Source.model_validate({**least, "checked": "primary", **fields})


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"authors": ["de Vries, Alex"], "issued": "2023-10-10"}, "de Vries (2023)"),
        ({"authors": ["Huber, Peter W", "Mills, Mark P"], "issued": "1999"}, "Huber and Mills (1999)"),
        ({"authors": ["Patterson, David", "Gonzalez, J.", "Le, Q."], "issued": "2021-04"}, "Patterson et al. (2021)"),
        ({"authors": ["Brown, Tom B.", "and others"], "issued": "2020"}, "Brown et al. (2020)"),
        ({"authors": ["Maslej, Nestor"], "organisations": ["Committee"], "issued": "2024"}, "Maslej et al. (2024)"),
        ({"organisations": ["Mistral AI", "Carbone 4", "ADEME"], "issued": "2025"}, "Mistral AI et al. (2025)"),
        ({"authors": ["刘, 云杰", "王, 一", "李, 二"], "language": "zh", "issued": "2023"}, "刘云杰等 (2023)"),
        ({"authors": ["高飞", "刘烈宏"], "language": "zh"}, "高飞和刘烈宏 (日期不详)"),
        ({"publisher": "bg3.co (syndication)"}, "bg3.co (n.d.)"),
    ],
)
def test_label_of_people(fields: dict[str, Any], label: str) -> None:
    assert short(source(**fields)) == label


@pytest.mark.parametrize(
    ("body", "changes", "label"),
    [
        (EIA, {"id": "eia-faq-97"}, "EIA"),
        (EIA, {"url": "https://www.eia.gov/"}, "EIA"),
        (EIA, {"title": "Prices after EIA"}, "EIA"),
        (EIA, {"publisher": "EIA Today in Energy"}, "EIA"),
        (EIA, {}, EIA),
        ("International Renewable Energy Agency", {"publisher": "IRENA"}, "IRENA"),
        ("Ministry for the Environment (New Zealand)", {"publisher": "MfE"}, "MfE"),
        ("Statistics Netherlands (CBS)", {}, "CBS"),
        ("National Energy Administration of China", {"id": "nea-2025"}, "NEA"),
        ("University College London", {"publisher": "UNESCO"}, "University College London"),
        ("Amazon", {"publisher": "AWS"}, "Amazon"),
        ("Databoks (Katadata)", {}, "Databoks"),
        ("European Union", {"id": "eu-2024"}, "European Union"),
        ("国家能源局", {}, "国家能源局"),
    ],
)
def test_a_body_goes_by_an_acronym_only_where_the_record_shows_it(
    body: str, changes: dict[str, Any], label: str
) -> None:
    assert short(source(organisations=[body], **changes)) == f"{label} (n.d.)"


@given(name=st.text(min_size=1), publisher=st.text(min_size=1))
def test_any_name_has_a_label_on_one_line(name: str, publisher: str) -> None:
    label = short(source(authors=[name], organisations=[publisher], publisher=publisher))
    assert label.endswith(" (n.d.)")
    assert "\n" not in label
