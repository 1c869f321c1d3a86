"""What can be called: every tool with its description and the schema of its inputs."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import PathParameter
from pydantic import Field
from typing_extensions import TypedDict

from service.api.common import only, problems
from service.desk import Desk
from service.core.calculator import Calculator, registry
from service.run import find


class ToolRecord(TypedDict):
    """One tool."""

    name: str
    description: Annotated[str, Field(description="What it answers, and when another tool serves better.")]
    path: Annotated[str, Field(description="Where it is called, by POST with a JSON body or by GET.")]
    input_schema: Annotated[dict[str, Any], Field(description="JSON Schema of its inputs: flat and closed.")]


class ToolList(TypedDict):
    """All tools."""

    tools: list[ToolRecord]


def tool_record(calculator: Calculator) -> ToolRecord:
    """A calculator as a tool."""
    schema = calculator.inputs.model_json_schema()
    schema["properties"] = {name: schema["properties"][name] for name in calculator.order}
    return ToolRecord(
        name=calculator.name,
        description=calculator.description,
        path=f"/v1/calculators/{calculator.name}",
        input_schema=schema,
    )


def handlers(desk: Desk) -> list[HTTPRouteHandler]:
    """The routes that describe tools."""
    listed = {200: ResponseSpec(ToolList, description="All tools.", generate_examples=False), **problems(422)}
    one = {200: ResponseSpec(ToolRecord, description="The tool.", generate_examples=False), **problems(404, 422)}

    @get("/v1/tools", operation_id="list_tools", summary="List the tools.", responses=listed, tags=["tools"], sync_to_thread=False)
    def list_tools(request: Request[Any, Any, Any]) -> Response[bytes]:
        """Every tool with its description and the JSON Schema of its inputs."""
        only(request)
        return desk.json(request, ToolList(tools=[tool_record(c) for c in registry.values()]))

    @get("/v1/tools/{name:str}", operation_id="describe_tool", summary="Describe one tool.", responses=one, tags=["tools"], sync_to_thread=False)
    def describe_tool(
        request: Request[Any, Any, Any],
        name: Annotated[str, PathParameter(min_length=1, max_length=64, description="Name of the tool.")],
    ) -> Response[bytes]:
        """One tool with its description and the JSON Schema of its inputs."""
        only(request)
        return desk.json(request, tool_record(find(name)))

    return [list_tools, describe_tool]
