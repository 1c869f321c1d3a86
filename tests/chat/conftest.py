"""The gateway before a model in name only: every request to it is caught, and answered from a script."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
import respx
from litestar import Litestar
from litestar.testing import TestClient

from service.app import create_app
from service.settings import Settings
from tests.chat.said import answered, streamed

_HOSTS: Final = itertools.count(1)
KEY: Final = "sk-3f9a-never-shown"
QUESTION: Final = "How many US homes equal ChatGPT's daily electricity use?"

Scripted = dict[str, Any] | httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


@dataclass
class Chat:
    """The gateway, what its model is to say next, and what that was asked."""

    client: TestClient[Litestar]
    address: str
    script: list[Scripted] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)

    def post(self, *messages: dict[str, Any] | str, **more: Any) -> httpx.Response:
        """Ask with these messages, a text being one of the user's."""
        said = [{"role": "user", "content": each} if isinstance(each, str) else each for each in messages]
        return self.client.post(
            "/v1/chat/completions",
            json={"model": "m", "messages": said or [{"role": "user", "content": QUESTION}], **more},
        )

    def ask(self, *messages: dict[str, Any] | str, **more: Any) -> dict[str, Any]:
        """The completion of a request that holds."""
        response = self.post(*messages, **more)
        assert response.status_code == 200, response.text
        made: dict[str, Any] = response.json()
        return made

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        asked = json.loads(request.content) if request.content else {}
        self.sent.append(asked)
        following = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(following, Exception):
            raise following
        if isinstance(following, httpx.Response):
            return following
        if callable(following):
            return following(request)
        return streamed(following) if asked.get("stream") else answered(following)


@contextmanager
def chatting(built: Path, **settings: Any) -> Iterator[Chat]:
    """The gateway under these settings."""
    host = f"model-{next(_HOSTS)}.example"  # of its own: routers lie one over the other
    address = f"http://{host}/v1"
    made = Settings(knowledge=built, **{"chat_url": address, "chat_key": KEY, "chat_model": "m", **settings})
    with (
        respx.mock(assert_all_called=False) as router,
        TestClient(create_app(made), raise_server_exceptions=False) as client,
    ):
        chat = Chat(client, address)
        router.route(host=host).mock(side_effect=chat._answer)
        yield chat


@pytest.fixture(scope="module")
def opened(built: Path) -> Iterator[Chat]:
    """The gateway as it usually is, opened once."""
    with chatting(built) as made:
        yield made


@pytest.fixture
def chat(opened: Chat) -> Chat:
    """The gateway as it usually is, with nothing said yet."""
    opened.script, opened.sent, opened.requests = [], [], []
    return opened
