"""The Model Context Protocol: tools as `tools/list` gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from service.tools.dialect import Dialect
from service.tools.schema import Told


def describe(tools: Sequence[Told], _: str) -> list[dict[str, Any]]:
    """The value of `tools` in the answer to `tools/list`."""
    return [
        {
            "name": each.name,
            "title": each.title,
            "description": each.description,
            "inputSchema": each.inputs,
            "outputSchema": each.output,
            "annotations": {
                "title": each.title,
                "readOnlyHint": each.tool.read_only,
                "destructiveHint": each.tool.destructive,
                "idempotentHint": each.tool.idempotent,
                "openWorldHint": each.tool.open_world,
            },
        }
        for each in tools
    ]


DIALECT: Final = Dialect("mcp", describe)
