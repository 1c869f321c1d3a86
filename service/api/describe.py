"""How the routes of the calculators are described in the OpenAPI document: from their input models alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, Operation, Parameter, Reference, RequestBody, Schema
from litestar.openapi.spec.example import Example

from service.api.problems import MEDIA_TYPE
from service.core.problem import Problem
from service.core.answer import Answer
from service.core.calculator import Calculator

_FAULTS: Final = {
    400: "The body is not a JSON object.",
    404: "Nothing is known that answers this; says what is nearest.",
    413: "The body is larger than the service takes.",
    422: "The call does not hold; every fault is listed.",
}


def responses() -> dict[int, ResponseSpec]:
    """The answers of a calculator's route, errors included."""
    found = {200: ResponseSpec(Answer, description="A sourced answer.", generate_examples=False)}
    for status, description in _FAULTS.items():
        found[status] = ResponseSpec(Problem, description=description, media_type=MEDIA_TYPE, generate_examples=False)  # type: ignore[arg-type]
    return found


def example(calculator: Calculator) -> dict[str, Any]:
    """A call that runs: the first example of every required input."""
    fields = calculator.inputs.model_fields.items()
    return {name: info.examples[0] for name, info in fields if info.is_required() and info.examples}


def post_operation(calculator: Calculator) -> type[Operation]:
    """An operation whose body is the calculator's input model."""
    body = OpenAPIMediaType(
        schema=Reference(ref=f"#/components/schemas/{calculator.inputs.__name__}"),
        examples={"typical": Example(summary="A typical call", value=example(calculator))},
    )

    @dataclass
    class Described(Operation):
        def __post_init__(self) -> None:
            self.request_body = RequestBody(content={"application/json": body}, required=True, description="The inputs.")

    return Described


def get_operation(calculator: Calculator) -> type[Operation]:
    """An operation with one query parameter for every input."""
    schema = calculator.inputs.model_json_schema()
    wanted = set(schema.get("required", ()))
    parameters = [_parameter(name, dict(field), name in wanted) for name, field in schema["properties"].items()]

    @dataclass
    class Described(Operation):
        def __post_init__(self) -> None:
            self.parameters = parameters

    return Described


def _parameter(name: str, field: dict[str, Any], required: bool) -> Parameter:
    described = field.pop("description")
    examples = field.pop("examples", [])
    shown = {"typical": Example(value=examples[0])} if examples else None
    return Parameter(name=name, param_in="query", required=required, description=described, schema=_schema(field), examples=shown)


def _schema(field: dict[str, Any]) -> Schema:
    names = {"minimum": "minimum", "maximum": "maximum", "minLength": "min_length", "maxLength": "max_length"}
    limits = {ours: field[theirs] for theirs, ours in names.items() if theirs in field}
    return Schema(type=field["type"], enum=field.get("enum"), default=field.get("default"), **limits)
