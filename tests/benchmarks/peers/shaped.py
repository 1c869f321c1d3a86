"""What one would write first: homes that equal a service, from three numbers in the code, with FastAPI and FastMCP.

It returns JSON of the size of ours, so that what is compared is the work and not the wire: the rest of its answer, where ours
has sources, rivals and steps, is the same every time. It runs in an environment of its own.
"""

from __future__ import annotations

import os
from typing import Any

from pydantic import BaseModel

REST = "BENCHMARK_REST"  # characters of what stays the same
TOOL_REST = "BENCHMARK_TOOL_REST"
DAYS = 365
PROMPTS, WATT_HOURS, HOME = 2.5e9, 0.34, 10791.0


class Inputs(BaseModel):
    """What may be asked for; the numbers of the code where it is not."""

    prompts_per_day: float = PROMPTS
    wh_per_prompt: float = WATT_HOURS
    kwh_per_home_and_year: float = HOME


class Amount(BaseModel):
    """A number with its unit."""

    name: str
    value: float
    unit: str


class Step(BaseModel):
    """A step of the computation."""

    formula: str
    result: Amount


class Answer(BaseModel):
    """What is returned."""

    inputs: Inputs
    headline: Amount
    derivation: list[Step]
    text: str
    rest: list[str]


def answered(inputs: Inputs, rest: list[str]) -> Answer:
    """The answer to a question."""
    day = inputs.prompts_per_day * inputs.wh_per_prompt / 1000
    homes = day * DAYS / inputs.kwh_per_home_and_year
    electricity, headline = (
        Amount(name="electricity", value=day, unit="kWh"),
        Amount(name="homes", value=homes, unit="home"),
    )
    steps = [Step(formula="prompts × Wh", result=electricity), Step(formula="kWh × days ÷ kWh a home", result=headline)]
    return Answer(inputs=inputs, headline=headline, derivation=steps, text=f"About {homes:,.0f} homes.", rest=rest)


def create_app() -> Any:
    """The service: one route, and one tool at `/mcp` without sessions or event streams, as ours."""
    from fastapi import FastAPI
    from fastmcp import FastMCP

    rest, tool_rest = (["x" * 100] * (int(os.environ.get(name, "0")) // 100) for name in (REST, TOOL_REST))
    server = FastMCP("shaped")

    @server.tool
    def homes(
        prompts_per_day: float = PROMPTS, wh_per_prompt: float = WATT_HOURS, kwh_per_home_and_year: float = HOME
    ) -> Answer:
        """Homes that use as much electricity."""
        asked = Inputs(
            prompts_per_day=prompts_per_day, wh_per_prompt=wh_per_prompt, kwh_per_home_and_year=kwh_per_home_and_year
        )
        return answered(asked, tool_rest)

    tools = server.http_app(path="/mcp", stateless_http=True, json_response=True)
    app = FastAPI(lifespan=tools.lifespan)

    async def asked(inputs: Inputs) -> Answer:
        return answered(inputs, rest)

    app.post("/homes")(asked)
    app.mount("/", tools)
    return app
