"""The converter of Open WebUI, taken out of its own wheel, on the documents that it fetches.

It is a large application that nothing else here needs, so its wheel is fetched without what it depends on, and only the
functions that read OpenAPI documents are run.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from service.tools.registry import Profile, profile
from service.tools.schema import all_told

WHEEL = "open-webui==0.12.4"
NAMES = {"OPENAPI_HTTP_METHODS", "resolve_schema", "convert_openapi_to_tool_payload"}
Convert = Callable[[dict[str, Any]], list[dict[str, Any]]]

pytestmark = pytest.mark.clients


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", WHEEL], cwd=folder, check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        tree = ast.parse(wheel.read("open_webui/utils/tools.py"))
    wanted = [
        node
        for node in tree.body
        if (isinstance(node, ast.FunctionDef) and node.name in NAMES)
        or (isinstance(node, ast.Assign) and {ast.unparse(target) for target in node.targets} & NAMES)
    ]
    names: dict[str, Any] = {}
    exec(compile(ast.Module([ast.parse("import copy").body[0], *wanted], []), "tools.py", "exec"), names)  # noqa: S102
    converter: Convert = names["convert_openapi_to_tool_payload"]
    return converter


@pytest.mark.parametrize("each", ["core", "full"])
def test_every_tool_arrives_whole(convert: Convert, address: str, each: Profile) -> None:
    path = "/openapi.json?profile=core" if each == "core" else "/v1/tools?dialect=openapi"
    found = convert(httpx.get(f"{address}{path}", trust_env=False).json())
    assert [tool["name"] for tool in found] == list(profile(each))
    for tool, told in zip(found, all_told(each), strict=True):
        assert tool["parameters"]["properties"] == told.inputs["properties"]
        assert tool["parameters"]["required"] == told.inputs["required"]
        assert tool["description"]


def test_the_whole_interface_can_be_imported_too(convert: Convert, address: str) -> None:
    found = convert(httpx.get(f"{address}/openapi.json", trust_env=False).json())
    assert {"energy_equivalents", "search_figures", "call_tool"} <= {tool["name"] for tool in found}
