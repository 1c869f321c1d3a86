from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from service.cli.commands.serve import _address
from tests.cli.conftest import ROOT, Wattcite


@contextmanager
def serving(environment: dict[str, str], *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "service", "serve", *arguments]
    settings = {**os.environ, **environment}
    with subprocess.Popen(
        command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        try:
            yield running
        finally:
            running.kill()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_serves_what_it_says_until_interrupted(wattcite: Wattcite, environment: dict[str, str], workers: str) -> None:
    with serving(environment, "--port", "0", "--workers", workers) as running:
        assert running.stdout
        line = running.stdout.readline()
        address = re.fullmatch(r"Try: curl '(http://127\.0\.0\.1:\d+/v1/calculators/energy_equivalents\?.*)'\n", line)
        assert address, line
        # asked at once, while it is still starting: the call waits rather than being refused
        with urllib.request.urlopen(address[1], timeout=60) as response:  # noqa: S310 - our own service
            assert json.load(response)["headline"]["unit"] == "home"
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=30)
        assert running.returncode == 0, said
        assert "Traceback" not in said


def test_port_that_is_taken_is_told(wattcite: Wattcite, environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with serving(environment, "--port", port) as running:
            out, said = running.communicate(timeout=60)
    assert (running.returncode, out) == (1, "")
    assert "in use" in said
    assert "Traceback" not in said


def test_a_request_to_change_to_websockets_is_answered_as_any_other(
    wattcite: Wattcite, environment: dict[str, str]
) -> None:
    asks = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "a" * 24,
    }
    with serving(environment, "--port", "0") as running:
        assert running.stdout
        address = urlsplit(running.stdout.readline().split("'")[1])
        connection = HTTPConnection(address.netloc, timeout=60)
        connection.request("GET", f"{address.path}?{address.query}&asked=not-to-be-logged", headers=asks)
        assert connection.getresponse().status == 422
        connection.close()
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=30)
    assert "Unsupported upgrade" in said
    assert "not-to-be-logged" not in said
    assert "127.0.0.1:" not in said.replace(address.netloc, "")  # the port of the caller


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),  # noqa: S104 - what is tested
        ("::", "http://[::1]:80"),
        ("example.org", "http://example.org:80"),
    ],
)
def test_address_can_be_reached(host: str, address: str) -> None:
    assert _address(host, 80) == address
