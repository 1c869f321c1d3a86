"""From one answer to the next: which operations take what a response of a shape holds, as links of the OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_BODY: Final = "$response.body#"
# shape: operation: parameter: where in the body its value stands
_Leads = Mapping[str, Mapping[str, str]]
_CITED: Final[_Leads] = {
    "get_figure": {"figure_id": "/citations/0/figure"},
    "get_source": {"source_id": "/citations/0/source"},
}
_LEADS: Final[Mapping[str, _Leads]] = {
    "Answer": _CITED,
    "Answered": _CITED,
    "Report": {
        "get_figure": {"figure_id": "/claims/0/citations/0/figure"},
        "get_source": {"source_id": "/claims/0/citations/0/source"},
    },
    "FigurePage": {
        "get_figure": {"figure_id": "/items/0/id"},
        "get_source": {"source_id": "/items/0/source/id"},
        "get_subject": {"subject_id": "/items/0/subject"},
    },
    "FigureRecord": {
        "get_source": {"source_id": "/source/id"},
        "get_subject": {"subject_id": "/subject"},
        "get_quantity_chart": {"quantity_file": "/quantity"},
        "get_subject_chart": {"subject_id": "/subject", "quantity_file": "/quantity"},
    },
    "SourcePage": {"get_source": {"source_id": "/items/0/id"}},
    "SubjectPage": {"get_subject": {"subject_id": "/items/0/id"}},
    "ClaimPage": {"get_claim": {"claim_id": "/items/0/id"}},
    "ToolRecord": {"call_tool": {"name": "/name"}},
}


def links(shape: str) -> dict[str, Any]:
    """The links of a response of this shape; empty where none leads on."""
    return {
        operation: {
            "operationId": operation,
            "parameters": {name: _BODY + pointer for name, pointer in parameters.items()},
        }
        for operation, parameters in _LEADS.get(shape, {}).items()
    }
