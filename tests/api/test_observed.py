"""What a service tells of itself: ids, logs, counts, traces; and what it keeps to itself."""

from __future__ import annotations

import json
import logging
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client.parser import text_string_to_metric_families

from service.api import tracing
from service.app import create_app
from service.settings import Settings
from tests.api.conftest import serving

CALL = {"amount": "1 MWh", "to": "kWh"}
ROUTE = "/v1/calculators/convert_units"
WRITTEN = "perpetuum mobilissimum zweifelhaft"  # no word that the path of a checkout may hold


@contextmanager
def client(built: Path, **settings: object) -> Iterator[TestClient[Litestar]]:
    with TestClient(create_app(Settings(knowledge=built, **settings))) as opened:  # type: ignore[arg-type]
        yield opened


def counts(text: str, name: str) -> dict[tuple[str, ...], float]:
    """The samples of a counter by the values of their labels, in the order of the labels' names."""
    return {
        tuple(value for _, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name
    }


def test_request_keeps_its_id_or_gets_one(built: Path) -> None:
    with client(built) as web:
        assert web.get("/healthz", headers={"x-request-id": "trace-7.a"}).headers["x-request-id"] == "trace-7.a"
        for hostile in ("a b", "x" * 65, "<script>"):
            assert re.fullmatch(
                "[0-9a-f]{32}", web.get("/healthz", headers={"x-request-id": hostile}).headers["x-request-id"]
            )
        first, second = (web.post(ROUTE, json=CALL) for _ in range(2))
        assert first.headers["x-request-id"] != second.headers["x-request-id"]
        assert first.content == second.content


@pytest.mark.parametrize("path", ["/", "/v1/tools", "/openapi.yaml", "/nowhere", "/v1/search?q=x"])
def test_every_answer_forbids_guessing_its_type(built: Path, path: str) -> None:
    with client(built, public_url="https://wattcite.example.org") as web:
        headers = web.get(path).headers
        assert headers.get_list("x-content-type-options") == ["nosniff"]
        assert headers["strict-transport-security"] == "max-age=31536000"
    with client(built) as web:
        assert "strict-transport-security" not in web.get(path).headers


def test_log_holds_the_route_and_nothing_that_was_written(built: Path, caplog: pytest.LogCaptureFixture) -> None:
    with client(built) as web, caplog.at_level(logging.INFO, logger="wattcite"):
        web.get("/v1/search", params={"q": WRITTEN})
        web.post("/v1/ask", json={"question": WRITTEN})
        web.post("/v1/tools/" + WRITTEN.replace(" ", "_"), json={})
        web.get("/" + WRITTEN)
        web.get("/v1/figures/us-home-electricity-2022")
    kept = [record for record in caplog.records if record.name == "wattcite.request"]
    assert [record.__dict__["route"] for record in kept] == [
        "/v1/search", "/v1/ask", "/v1/tools/{name}", "unmatched", "/v1/figures/{figure_id}"
    ]  # fmt: skip
    assert not [record for record in caplog.records if any(word in str(record.__dict__) for word in WRITTEN.split())]


def test_queries_are_logged_where_that_is_wanted(built: Path, caplog: pytest.LogCaptureFixture) -> None:
    with client(built, log_queries=True) as web, caplog.at_level(logging.INFO, logger="wattcite"):
        web.get("/v1/search?q=gemini")
    assert [record.__dict__["query"] for record in caplog.records if "query" in record.__dict__] == ["q=gemini"]


def test_calls_are_counted_by_tool_dialect_and_outcome(built: Path) -> None:
    openai = {"id": "c1", "type": "function", "function": {"name": "convert_units", "arguments": json.dumps(CALL)}}
    mcp = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "convert_units", "arguments": CALL}}
    with client(built, metrics=True, allowed_hosts="*") as web:
        for _ in range(2):
            assert web.post(ROUTE, json=CALL).status_code == 200
            assert (
                web.post("/v1/tools/convert_units", json=CALL).status_code == 200
            )  # the second time it is a kept result
        assert web.post(ROUTE, json={"amount": "1 parsec"}).status_code == 422
        assert web.post("/v1/tools", json=openai).status_code == 200
        assert web.post("/v1/tools/never_heard_of", json={}).status_code == 404
        accepted = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-11-25"}
        assert web.post("/mcp", json=mcp, headers=accepted).status_code == 200
        assert web.post("/v1/ask", json={"question": "1 MWh in kWh"}).status_code == 200
        text = web.get("/metrics").text
    calls = counts(text, "wattcite_tool_calls_total")  # dialect, outcome, tool
    assert calls["http", "answered", "convert_units"] == 4
    assert sum(value for (dialect, outcome, tool), value in calls.items() if outcome != "answered") == 2
    assert calls["http", "unknown-tool", ""] == 1
    assert calls["openai", "answered", "convert_units"] == 1
    assert calls["mcp", "answered", "convert_units"] == 1
    assert calls["http", "answered", "answer_question"] == 1
    requests = counts(text, "wattcite_http_requests_total")  # method, route, status
    assert requests["POST", ROUTE, "200"] == 2
    assert requests["POST", ROUTE, "422"] == 1
    assert requests["POST", "/mcp", "200"] == 1
    assert "never_heard_of" not in text


def test_request_that_never_arrives_whole_is_given_up(built: Path) -> None:
    with serving(built, WATTCITE_MAX_SECONDS="1") as address, httpx.Client(base_url=address, trust_env=False) as web:
        assert web.post(ROUTE, json=CALL).status_code == 200
        with socket.create_connection(("127.0.0.1", int(address.rsplit(":", 1)[1])), timeout=20) as slow:
            slow.sendall(f"POST {ROUTE} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 50\r\n\r\n{{".encode())
            said = b"".join(iter(lambda: slow.recv(4096), b"")).decode()  # the connection ends with it
        assert said.startswith("HTTP/1.1 408")
        assert "request-timeout" in said
        assert web.post(ROUTE, json=CALL).status_code == 200


def test_metrics_are_told_only_where_they_are_wanted(built: Path) -> None:
    with client(built) as web:
        assert web.get("/metrics").status_code == 404


def test_workers_count_together(built: Path) -> None:
    with (
        serving(built, WATTCITE_METRICS="yes", WATTCITE_WORKERS="2") as address,
        httpx.Client(base_url=address, timeout=60, trust_env=False) as web,
    ):
        for _ in range(20):
            assert web.post(ROUTE, json=CALL, headers={"connection": "close"}).status_code == 200
        for _ in range(3):  # whichever worker is asked
            calls = counts(web.get("/metrics", headers={"connection": "close"}).text, "wattcite_tool_calls_total")
            assert calls["http", "answered", "convert_units"] == 20


def test_requests_are_traced(built: Path) -> None:
    exporter = InMemorySpanExporter()
    app = create_app(Settings(knowledge=built))
    app.asgi_handler = tracing.traced(app.asgi_handler, SimpleSpanProcessor(exporter))
    with TestClient(app) as web:
        web.post(ROUTE, json=CALL)
        web.get("/healthz")
    spans = exporter.get_finished_spans()
    assert [span.name for span in spans] == [f"POST {ROUTE}"]
    assert spans[0].resource.attributes["service.name"] == "wattcite"
