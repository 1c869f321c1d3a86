"""Requests that nobody who means well would send: each is answered, none with a status from 500 up."""

from __future__ import annotations

import http.client
from urllib.parse import quote, urlsplit

import httpx
import pytest

from service.core.problem import Problem
from service.desk import decode
from tests.api.calls import HOMES, adapter
from tests.hostile import LONG, TEXTS

BODIES = [
    b'{"energy": "chatgpt", "energy": "gemini"}',
    b'{"energy": "\\ud800"}',
    b'{"energy": "\\u0000"}',
    b'{"\\ud800": 1, "energy": "chatgpt"}',
    b'{"energy": 1e999}',
    b'{"energy": ' + b"9" * 5_000 + b"}",
    b'{"energy": true}',
    b'{"energy": {"value": 1, "unit": "kWh"}}',
    b'{"energy": [["chatgpt"]]}',
    b'{"__class__": "x", "energy": "chatgpt", "model_config": 1, "self": 1}',
    b'{"": "", "energy": "chatgpt"}',
    b'{"energy": "chatgpt", "as_of": "9999-12-31"}',
    b'{"energy": "chatgpt", "as_of": "0001-01-01"}',
    b'{"energy": "chatgpt", "as_of": "2025-W01-1"}',
    b'{"energy": "chatgpt", "region": "' + b"U" * 120 + b'"}',
    b'{"energy": "chatgpt", "estimate": "chatgpt-query-electricity-altman-2025"}',
    b'{"energy": "chatgpt", "x": ' + b"[" * 400 + b"]" * 400 + b"}",
    b'{"energy": "chatgpt", "x": ' + b'{"a":' * 300 + b"1" + b"}" * 300 + b"}",
    b'{"energy": "chatgpt", "' + b"k" * 30_000 + b'": 1}',
    b"{" + b",".join(b'"k%d": %d' % (i, i) for i in range(3_000)) + b"}",
]
TARGETS = [
    "/%00",
    "/%ff%fe",
    "/v1/figures/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/v1/figures/%ED%A0%80",
    f"/v1/figures/{LONG}",
    f"/v1/sources/{LONG}.bib",
    "/v1/sources/.bib",
    "/v1/sources/.csl.json",
    "/v1/sources/altman-2025.exe",
    "/v1/sources/altman-2025.bib.bib",
    "/v1//figures",
    "//v1/figures",
    "/v1/figures/../../etc/passwd",
    "/static/../pages.py",
    "/static/%2e%2e/pages.py",
    "/static/..%2f..%2fapp.py",
    "/static//etc/passwd",
    "/static/swagger-ui",
    "/v1/figures?" + "&".join(f"p{i}=1" for i in range(500)),
    "/v1/figures?limit=" + "9" * 5_000,
    "/v1/figures?limit=1_0",
    "/v1/figures?offset=-1",
    "/v1/figures?limit=1e1",
    "/v1/figures?year=2025.5",
    "/v1/figures?limit[]=1&limit[$gt]=1",
    "/v1/search?q=%ED%A0%80",
    "/v1/search?q=%ff",
    "/v1/search?q",
    "/v1/search?=&&&=",
    "/?language=" + quote("<script>"),
    f"{HOMES}?energy",
    f"{HOMES}?energy=%ED%A0%80",
    f"{HOMES}?%ED%A0%80=1&energy=chatgpt",
]


def sane(response: httpx.Response, sent: object) -> None:
    assert response.status_code < 500, (sent, response.status_code, response.text)
    if response.status_code >= 400:
        assert response.headers["content-type"] == "application/problem+json", sent
        adapter(Problem).validate_python(decode(response.content), strict=True)


@pytest.mark.parametrize("text", TEXTS)
def test_texts(web: httpx.Client, text: str) -> None:
    sane(web.get(HOMES, params={"energy": text, "region": text, "to": text}), text)
    sane(web.get(HOMES, params={"energy": text}), text)
    sane(web.get(HOMES, params={"energy": "chatgpt", "region": text}), text)
    sane(web.post(HOMES, json={"energy": text, "estimate": text, "as_of": text}), text)
    sane(web.post("/v1/calculators/service_energy", json={"service": "chatgpt", "electricity_per_query": text}), text)
    sane(web.get("/v1/search", params={"q": text}), text)
    sane(web.get("/v1/figures", params={"subject": text, "region": text, "source": text}), text)
    sane(web.get(f"/v1/figures/{quote(text, safe='')}"), text)


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_bodies(web: httpx.Client, body: bytes) -> None:
    sane(web.post(HOMES, content=body, headers={"content-type": "application/json"}), body[:80])


@pytest.mark.parametrize("target", TARGETS, ids=range(len(TARGETS)))
def test_targets(address: str, target: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.putrequest("GET", target, skip_host=False)  # sent as it stands: other clients would tidy it
    connection.endheaders()
    response = connection.getresponse()
    body = response.read()
    connection.close()
    assert response.status < 500, target
    assert b"root:" not in body
    assert b"from __future__" not in body


@pytest.mark.parametrize(
    "headers",
    [
        {"if-none-match": '"' * 4_000},
        {"if-none-match": "W/" * 2_000},
        {"accept": "text/html"},
        {"accept": "nonsense"},
        {"accept-language": "zz, *;q=nonsense"},
        {"accept-encoding": "gzip;q=0, br;q=nonsense"},
        {"content-type": "multipart/form-data"},
        {"content-type": "application/json; charset=nonsense"},
        {"range": "bytes=0-0"},
        {"expect": "100-continue"},
        {"x-http-method-override": "DELETE"},
        {"cookie": "; ".join(["a=b"] * 500)},
    ],
)
def test_headers(web: httpx.Client, headers: dict[str, str]) -> None:
    sane(web.get(f"{HOMES}?energy=chatgpt", headers=headers), headers)
    sane(web.post(HOMES, content=b'{"energy": "chatgpt"}', headers=headers), headers)


def test_service_still_answers(web: httpx.Client) -> None:
    assert web.get("/readyz").status_code == 200
