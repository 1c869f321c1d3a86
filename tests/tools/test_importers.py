"""What importers of OpenAPI documents take: their published limits as rules, and a real one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import yaml
from openapi_spec_validator import validate

from service.tools.registry import profile
from tests.api.conftest import serving

PUBLIC = "https://wattcite.example.org"
METHODS = {"get", "post", "put", "patch", "delete"}
CORE = ["/openapi.json?profile=core", "/openapi-3.0.json?profile=core", "/v1/tools?dialect=openapi&profile=core"]
EVERY = [*CORE, "/openapi.json", "/openapi-3.0.json", "/v1/tools?dialect=openapi"]


@pytest.fixture(scope="module")
def public(built: Path) -> Iterator[httpx.Client]:
    """A server that is reached at a public address."""
    with (
        serving(built, WATTCITE_PUBLIC_URL=PUBLIC) as address,
        httpx.Client(base_url=address, timeout=60, trust_env=False) as opened,
    ):
        yield opened


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, each)
        for path, item in document["paths"].items()
        for method, each in item.items()
        if method in METHODS
    ]


def schemas(value: Any) -> Iterator[dict[str, Any]]:
    """Everything that may be a schema, however deep."""
    if isinstance(value, dict):
        yield value
        for entry in value.values():
            yield from schemas(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from schemas(entry)


@pytest.mark.parametrize("path", EVERY)
def test_every_document_is_valid_and_absolute(public: httpx.Client, path: str) -> None:
    document = public.get(path).json()
    validate(document)
    assert document["servers"] == [{"url": PUBLIC}]
    assert document["openapi"] == ("3.0.3" if "3.0" in path else "3.1.0")


@pytest.mark.parametrize("path", [path for path in EVERY if "openapi." in path or "3.0." in path])
def test_yaml_and_json_are_one(public: httpx.Client, path: str) -> None:
    written = public.get(path.replace(".json", ".yaml"))
    assert written.headers["content-type"] == "application/yaml"
    assert yaml.safe_load(written.text) == public.get(path).json()


@pytest.mark.parametrize("path", EVERY)
def test_what_every_importer_asks_of_an_operation(public: httpx.Client, path: str) -> None:
    document = public.get(path).json()
    names = [each["operationId"] for _, _, each in operations(document)]
    assert len(names) == len(set(names))
    for _, method, each in operations(document):
        assert re.fullmatch(
            r"[a-zA-Z][a-zA-Z0-9_-]{0,63}", each["operationId"]
        )  # a function name: OpenAI, Dify, LangChain
        assert 0 < len(each["summary"]) <= 300  # GPT Actions
        assert 0 < len(each["description"]) <= 300
        if method != "get":
            assert each["x-openai-isConsequential"] is False
        for parameter in each.get("parameters", ()):
            assert 0 < len(parameter["description"]) <= 700
    assert len(json.dumps(document)) < 1_000_000


@pytest.mark.parametrize("path", CORE)
def test_what_importers_ask_that_take_every_operation_as_a_tool(public: httpx.Client, path: str) -> None:
    document = public.get(path).json()
    found = operations(document)
    assert [each["operationId"] for _, _, each in found] == list(profile("core"))
    assert len(found) <= 30  # GPT Actions
    assert {path.rsplit("/", 1)[0] for path, _, _ in found} == {"/v1/tools"}  # Coze: one prefix
    server = urlsplit(document["servers"][0]["url"])
    assert (server.scheme, server.path) == ("https", "")
    assert re.search(r"[a-z]", server.hostname or "")  # Coze: a domain, not an IP address
    for _, method, each in found:
        assert method == "post"  # converters keep bounds and choices of bodies, not of queries
        assert "parameters" not in each
        body = each["requestBody"]["content"]["application/json"]["schema"]
        assert body["type"] == "object"
        for field in body["properties"].values():
            assert len(field["description"]) <= 700
            # Dify, Copilot and Gemini: nothing nested, no alternatives, no references
            assert not {"$ref", "anyOf", "oneOf", "allOf", "properties", "const"} & set(field)
            assert field["type"] in {"string", "number", "integer", "boolean", "array"}
    assert not [each for each in schemas(document["paths"]) if "$ref" in each]
    assert len(json.dumps(document)) < 100_000


@pytest.mark.parametrize("name", sorted(profile("core")))
def test_a_result_fits_into_what_gpt_actions_take(public: httpx.Client, name: str) -> None:
    inputs = {
        "answer_question": {"question": "How many US homes equal ChatGPT's daily use?"},
        "check_text": {"text": "ChatGPT uses 500,000 kWh a day."},
        "compare": {"subjects": ["chatgpt", "google-search"]},
        "energy_equivalents": {"energy": "chatgpt"},
        "search_figures": {"query": "electricity", "limit": 20},
        "training_footprint": {"model": "gpt-3"},
    }.get(name, {"service": "chatgpt"})
    response = public.post(f"/v1/tools/{name}", json=inputs)
    assert response.status_code == 200
    assert len(response.text) < 100_000


@pytest.mark.parametrize("path", [path for path in EVERY if "3.0" in path])
def test_nothing_of_3_1_is_left_in_3_0(public: httpx.Client, path: str) -> None:
    document = public.get(path).json()
    for each in schemas([document["paths"], document.get("components", {})]):
        if isinstance(each.get("type"), list) or each.get("type") == "null":
            pytest.fail(str(each))
        if "$ref" in each:
            assert set(each) == {"$ref"}
        if "type" in each and isinstance(each["type"], str):
            assert not {"const", "$defs", "prefixItems", "examples"} & set(each)


def test_3_0_takes_and_gives_the_same(public: httpx.Client) -> None:
    newer, older = (public.get(f"/openapi{version}.json").json() for version in ("", "-3.0"))
    assert [entry[:2] for entry in operations(newer)] == [entry[:2] for entry in operations(older)]
    assert set(newer["components"]["schemas"]) == set(older["components"]["schemas"])
    answer = older["components"]["schemas"]["Answer"]["properties"]
    assert answer["spread"] == {**answer["spread"], "type": "number", "nullable": True}


@pytest.mark.parametrize("path", ["/openapi.yaml", "/openapi.yaml?profile=core", "/openapi-3.0.yaml"])
def test_a_client_is_generated_and_imports(public: httpx.Client, tmp_path: Path, path: str) -> None:
    (tmp_path / "document.yaml").write_text(public.get(path).text, encoding="utf-8")
    tools = Path(sys.executable).parent  # the generator calls ruff by name
    environment = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    command = [str(tools / "openapi-python-client"), "generate", "--path", "document.yaml", "--meta", "none"]
    made = subprocess.run(
        [*command, "--output-path", "client", "--fail-on-warning"],
        cwd=tmp_path,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    modules = [
        ".".join(file.relative_to(tmp_path).with_suffix("").parts) for file in (tmp_path / "client").rglob("*.py")
    ]
    assert len(modules) > len(profile("core"))
    program = f"import importlib\nfor name in {modules!r}: importlib.import_module(name.removesuffix('.__init__'))"
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True)


def test_a_faulty_profile_is_told(public: httpx.Client) -> None:
    response = public.get("/openapi.yaml?profile=tiny")
    assert (response.status_code, response.json()["faults"][0]["allowed"]) == (422, ["core", "full"])


def test_llms_txt_and_the_plugin_manifest_lead_on(public: httpx.Client) -> None:
    text = public.get("/llms.txt").text
    assert text.startswith("# Wattcite\n\n> ")
    links = re.findall(r"\]\((\S+?)\)", text)
    manifest = public.get("/.well-known/ai-plugin.json").json()
    links += [manifest["api"]["url"], manifest["logo_url"], manifest["legal_info_url"]]
    assert len(manifest["description_for_human"]) <= 100
    assert len(manifest["description_for_model"]) <= 8000
    for link in links:
        assert link.startswith(f"{PUBLIC}/")
        assert public.get(link.removeprefix(PUBLIC)).status_code in {200, 405}, link  # /mcp takes POST alone
