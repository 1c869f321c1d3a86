from __future__ import annotations

import json

from service.core.calculator import registry
from tests.cli.conftest import Wattcite


def test_tools_as_json(wattcite: Wattcite) -> None:
    result = wattcite("tools", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    tools = {tool["name"]: tool for tool in json.loads(result.stdout)["tools"]}
    for name, calculator in registry.items():
        assert tools[name]["description"] == calculator.description
        assert set(tools[name]["input_schema"]["properties"]) == set(calculator.inputs.model_fields)
        assert tools[name]["input_schema"]["additionalProperties"] is False
