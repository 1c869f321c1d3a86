"""The OpenAPI document: valid, complete, within what hosts of tools take, and true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from litestar import Litestar
from litestar.testing import TestClient
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from service.api.operations import summary
from service.core.calculator import registry
from service.settings import Settings
from service.tools.dialects.openapi import fitted

Client = TestClient[Litestar]


@pytest.fixture(scope="module")
def document(client: Client) -> dict[str, Any]:
    made: dict[str, Any] = client.get("/openapi.json").json()
    return made


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def everything(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of the document."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from everything(each)


def test_document_is_valid_and_both_forms_agree(client: Client, document: dict[str, Any]) -> None:
    validate(document, cls=OpenAPIV31SpecValidator)
    response = client.get("/openapi.yaml")
    assert response.headers["content-type"] == "application/yaml"
    assert yaml.safe_load(response.text) == document
    assert "&id" not in response.text


def test_every_route_is_there(client: Client, document: dict[str, Any]) -> None:
    served = {
        (re.sub(r":\w+}", "}", route.path), method.lower())
        for route in client.app.routes
        if route.path.startswith(("/v1/", "/healthz", "/readyz"))
        for method in route.methods
        if method in {"GET", "POST"}
    }
    assert {(path, method) for path, method, _ in operations(document)} == served


def test_every_operation_is_described_within_the_limits(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names))
    tags = {tag["name"] for tag in document["tags"]}
    for path, method, operation in operations(document):
        name = operation["operationId"]
        assert re.fullmatch(r"[a-z][a-z_]{0,63}", name), name
        assert 0 < len(operation["summary"]) <= 300, name
        assert 0 < len(operation["description"]) <= 300, name
        assert set(operation["tags"]) <= tags, name
        assert (operation.get("x-openai-isConsequential") is False) == (method == "post"), name
        for parameter in operation.get("parameters", []):
            assert 0 < len(parameter["description"]) <= 700, (name, parameter["name"])
            assert parameter["schema"]["type"], (name, parameter["name"])
        in_path = {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "path"}
        assert in_path == set(re.findall(r"{(\w+)}", path))


def test_every_error_is_a_problem(document: dict[str, Any]) -> None:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for _, method, operation in operations(document):
        statuses = set(operation["responses"])
        assert "200" in statuses
        if operation["tags"] == ["chat"]:  # whose errors are OpenAI's
            refused = {"application/json": {"schema": {"$ref": "#/components/schemas/ChatErrorBody"}}}
            assert all(operation["responses"][status]["content"] == refused for status in statuses - {"200"})
            continue
        assert statuses <= {"200", "304", "400", "404", "413", "422"}
        for status in statuses - {"200", "304"}:
            name = operation["responses"][status]["$ref"].rsplit("/", 1)[1]
            assert document["components"]["responses"][name]["content"] == problem
        if method == "post":
            assert {"400", "413", "422"} <= statuses


def test_every_component_is_used_and_every_reference_resolves(document: dict[str, Any]) -> None:
    used = {node["$ref"] for node in everything(document) if isinstance(node.get("$ref"), str)}
    there = {f"#/components/{sort}/{name}" for sort, found in document["components"].items() for name in found}
    assert used == there


def test_schemas_are_closed_described_and_untitled(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        assert schema["description"], name
        if "properties" not in schema:  # any object, or one of several shapes
            continue
        further = name in {"ChatInputs", "ChatMessage", "ChatTool", "ChatFunction"}  # it goes to the model
        assert schema["additionalProperties"] is further, name
        assert schema.get("title", name) == name
        assert [key for key, field in schema["properties"].items() if "title" in field] == []


def test_input_schemas_are_those_of_pydantic(document: dict[str, Any]) -> None:
    for name, calculator in registry.items():
        published = document["components"]["schemas"][calculator.inputs.__name__]
        own = calculator.inputs.model_json_schema()
        for field, schema in own["properties"].items():
            schema.pop("title", None)
            assert published["properties"][field] == schema, (name, field)
        assert published.get("required") == own.get("required")


def test_get_is_described_like_post(document: dict[str, Any]) -> None:
    for name, calculator in registry.items():
        path = document["paths"][f"/v1/calculators/{name}"]
        body = document["components"]["schemas"][calculator.inputs.__name__]
        parameters = {parameter["name"]: parameter for parameter in path["get"]["parameters"]}
        assert parameters.keys() == body["properties"].keys()
        for field, schema in body["properties"].items():
            stated = {key: value for key, value in schema.items() if key not in {"description", "examples"}}
            assert parameters[field]["schema"] == stated, (name, field)
            assert parameters[field]["description"] == schema["description"]
            assert parameters[field]["required"] == (field in body.get("required", []))
        assert path["get"]["responses"]["200"]["content"] == path["post"]["responses"]["200"]["content"]


def test_every_example_runs(client: Client, document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        name = operation["operationId"]
        given = {p["name"]: p["example"] for p in operation.get("parameters", []) if "example" in p}
        needed = {p["name"] for p in operation.get("parameters", []) if p["required"]}
        assert needed <= given.keys(), name
        where = re.sub(r"{(\w+)}", lambda found: str(given.pop(found[1])), path)  # noqa: B023 - used at once
        bodies: list[Any] = [None]
        if method == "post":
            examples = operation["requestBody"]["content"]["application/json"]["examples"]
            bodies = [example["value"] for example in examples.values()]
        for body in bodies:
            response = client.request(method, where, params=given, json=body)
            assert response.status_code == 200, (name, response.text)


def test_every_example_of_an_optional_input_runs(client: Client) -> None:
    for name, calculator in registry.items():
        fields = calculator.inputs.model_fields
        needed = {key: info.examples[0] for key, info in fields.items() if info.is_required() and info.examples}
        for key, info in fields.items():
            for value in info.examples or []:
                response = client.post(f"/v1/calculators/{name}", json={**needed, key: value})
                # a fair question that nothing is known of, or an input that needs another one beside it, is an answer too
                assert response.status_code in {200, 404, 422}, (name, key, value, response.text)


def test_server_is_absolute(document: dict[str, Any]) -> None:
    assert [server["url"] for server in document["servers"]] == [Settings().public_url]
    assert Settings().public_url.startswith("http://")


def test_nothing_of_the_framework_shows(client: Client) -> None:
    text = client.get("/openapi.yaml").text
    assert not re.search(r"Litestar|ValidationException|status_code|'204'|\ballowEmptyValue\b|deprecated", text)
    assert client.get("/schema").status_code == 404


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Short.", "Short."),
        ("a" * 200 + ". " + "b" * 200 + ".", "a" * 200 + "."),
        ("One 1.5 Wh. " + "c" * 300 + ".", "One 1.5 Wh."),
        ("d" * 400, "d" * 299 + "…"),
    ],
)
def test_long_descriptions_keep_whole_sentences(text: str, expected: str) -> None:
    assert fitted(text) == expected


def test_summary_is_the_first_paragraph() -> None:
    assert summary("How many homes\nit is.\n\nTakes an amount.") == "How many homes it is"


def test_links_lead_from_each_answer_to_what_it_names(client: Client) -> None:
    made = client.get("/openapi.json").json()
    operations = {each["operationId"]: path for path, item in made["paths"].items() for each in item.values()}
    followed = set()
    for path in ("/v1/search?q=chatgpt", "/v1/sources", "/v1/subjects", "/v1/claims", "/v1/calculators/compare"):
        operation = made["paths"][path.partition("?")[0]]["get"]
        query = {each["name"]: each["example"] for each in operation["parameters"] if "example" in each}
        body = client.get(path.partition("?")[0], params=query | ({"q": "chatgpt"} if "q=" in path else {})).json()
        for name, link in operation["responses"]["200"]["links"].items():
            target = operations[link["operationId"]]
            for parameter, expression in link["parameters"].items():
                target = target.replace(f"{{{parameter}}}", _at(body, expression))
            assert client.get(target).status_code == 200, (path, name)
            followed.add(name)
    assert followed >= {"get_figure", "get_source", "get_subject", "get_claim"}


def _at(body: Any, expression: str) -> str:
    """What a runtime expression of OpenAPI finds in the body of a response."""
    found = body
    for part in expression.removeprefix("$response.body#/").split("/"):
        found = found[int(part) if isinstance(found, list) else part]
    return str(found)
