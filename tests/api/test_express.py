"""The straight way to a calculator answers as the framework's route does, and leaves to it what is out of the ordinary."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from litestar.types import Receive, Scope, Send

from service.api.express import express
from service.desk import Desk
from service.settings import Settings
from service.store.queries import Knowledge
from tests.api.calls import EXAMPLES

PATH = "/v1/calculators/energy_equivalents"
BODY = json.dumps({"energy": "chatgpt"}).encode()


class Framework:
    """Stands in the place of the framework: keeps what it is asked, and receives the whole of it."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    async def __call__(self, _: Scope, receive: Receive, send: Send) -> None:
        body, more = b"", True
        while more:
            message: Any = await receive()
            body, more = body + message["body"], message["more_body"]
        self.bodies.append(body)
        await send({"type": "http.response.start", "status": 299, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


@pytest.fixture
def desk(knowledge: Knowledge) -> Desk:
    return Desk(knowledge, Settings(max_body=1000))


def asked(desk: Desk, *parts: bytes, method: str = "POST", path: str = PATH, **more: Any) -> tuple[Framework, Any]:
    """What the framework was asked and the first message that was sent."""
    scope: Any = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": [], **more}
    received = [{"type": "http.request", "body": part, "more_body": part is not parts[-1]} for part in parts]
    sent: list[Any] = []

    async def receive() -> Any:
        return received.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    async def call() -> Framework:
        framework = Framework()
        await express(framework, desk)(scope, receive, send)
        return framework

    return asyncio.run(call()), sent[0]


def test_a_plain_call_is_answered_without_the_framework(desk: Desk) -> None:
    framework, start = asked(desk, BODY)
    assert framework.bodies == []
    assert start["status"] == 200


@pytest.mark.parametrize(
    "parts",
    [
        (b"{",),
        (b"\xff",),
        (b"[]",),
        (b"",),
        (b'{"energy": "1 kg"}',),
        (b'{"energy": "chatgpt", "region": "KP"}',),
        (b'{"energy": "chatgpt", "region": "' + b"x" * 1000 + b'"}',),
        (BODY[:5], BODY[5:]),
    ],
)
def test_what_is_out_of_the_ordinary_is_left_to_the_framework(desk: Desk, parts: tuple[bytes, ...]) -> None:
    framework, start = asked(desk, *parts)
    assert framework.bodies == [b"".join(parts)]
    assert start["status"] == 299


@pytest.mark.parametrize(
    "more",
    [
        {"method": "GET"},
        {"method": "OPTIONS"},
        {"path": "/v1/calculators"},
        {"path": f"{PATH}/"},
        {"query_string": b"a=1"},
        {"headers": [(b"accept-encoding", b"br, gzip")]},
    ],
)
def test_other_calls_are_left_to_the_framework(desk: Desk, more: dict[str, Any]) -> None:
    framework, start = asked(desk, BODY, **more)
    assert framework.bodies == [BODY]
    assert start["status"] == 299


@pytest.mark.parametrize(("name", "inputs"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_both_ways_give_the_same_response(client: TestClient[Litestar], name: str, inputs: dict[str, Any]) -> None:
    def posted(encoding: str) -> httpx.Response:
        headers = {"accept-encoding": encoding, "origin": "https://page.example"}
        return client.post(f"/v1/calculators/{name}", json=inputs, headers=headers)

    straight, framed = posted("identity"), posted("gzip")
    assert straight.status_code == framed.status_code == 200
    assert straight.content == framed.content
    assert int(straight.headers["content-length"]) == len(straight.content)
    apart = {"content-encoding", "content-length", "vary", "x-request-id"}
    assert {name: value for name, value in straight.headers.items() if name not in apart} == {
        name: value for name, value in framed.headers.items() if name not in apart
    }
