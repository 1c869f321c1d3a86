"""Every snippet of /register: parsed, run where it needs nothing but this service, its addresses called."""

from __future__ import annotations

import asyncio
import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import yaml
from mcp import Client

from service.answers.words import LANGUAGES
from service.tools.instructions import instructions
from service.web.register import Step, as_markdown, guide, steps
from tests.api.conftest import ROOT, serving
from tests.web.vendors import vendors

ELSEWHERE = "https://wattcite.example.org"
PYTHON = ROOT / ".clients" / "bin" / "python"
HOSTS = {
    "claude-desktop", "claude-code", "chatgpt-connector", "gpt-action", "openai-api", "anthropic-api", "gemini", "mistral",
    "ollama", "open-webui", "librechat", "dify", "coze", "qwen", "vs-code", "cursor", "langchain", "llama-index",
}  # fmt: skip


def snippets(kind: str, address: str = ELSEWHERE) -> list[tuple[str, str]]:
    """The snippets of a kind, each with its host."""
    return [
        (host["id"], s["text"]) for host in guide()["hosts"] for s in steps(host, address, "en") if s["kind"] == kind
    ]


def numbered(kind: str) -> list[tuple[str, int]]:
    """Names for the snippets of a kind, to make a test for each."""
    return [(host, number) for number, (host, _) in enumerate(snippets(kind))]


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    """Where a real server listens."""
    with serving(built) as found:
        yield found


def test_every_host_is_there_with_something_to_paste() -> None:
    hosts = guide()["hosts"]
    assert {host["id"] for host in hosts} >= HOSTS
    assert len({host["id"] for host in hosts}) == len(hosts)
    for host in hosts:
        assert any(step["kind"] != "said" for step in steps(host, ELSEWHERE, "en")), host["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_page(address: str, language: str) -> None:
    response = httpx.get(f"{address}/register", params={"language": language})
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.text
    assert f"{address}/mcp" in response.text
    assert instructions(language).splitlines()[0] in html.unescape(response.text)
    assert "@address@" not in response.text
    for host in guide()["hosts"]:
        assert f'id="{host["id"]}"' in response.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_markdown_says_the_same(language: str) -> None:
    made = as_markdown(ELSEWHERE, language)
    assert "@address@" not in made
    assert re.findall(r"^### (.*)$", made, re.MULTILINE) == [host["name"] for host in guide()["hosts"]]
    shown: list[Step] = [step for host in guide()["hosts"] for step in steps(host, ELSEWHERE, language)]
    assert all(step["text"] in made for step in shown)
    assert made.count("```") == 2 * sum(step["kind"] != "said" for step in shown)


def test_configuration_files_parse() -> None:
    for host, text in snippets("json"):
        servers = json.loads(text)
        entry = (servers.get("mcpServers") or servers["servers"])["wattcite"]
        assert entry.get("url", entry.get("httpUrl", ELSEWHERE)).startswith(ELSEWHERE), host
        assert entry.get("command", "wattcite") == "wattcite"
    for _, text in snippets("yaml"):
        assert yaml.safe_load(text)["mcpServers"]["wattcite"]["url"] == f"{ELSEWHERE}/mcp"
    exported = next(text for host, text in snippets("bash") if host == "open-webui")
    [connection] = json.loads(exported.split("'")[1])
    assert connection["url"] == ELSEWHERE


@pytest.mark.parametrize(("host", "number"), numbered("bash"))
def test_shell(address: str, host: str, number: int) -> None:
    text = snippets("bash", address)[number][1]
    subprocess.run(["bash", "-n", "-c", text], check=True)
    if all(line.startswith("curl ") for line in text.splitlines()):
        done = subprocess.run(["bash", "-e", "-c", text], check=True, capture_output=True, text=True, timeout=60)
        assert "energy_equivalents" in done.stdout
        assert '"headline"' in done.stdout


@pytest.mark.parametrize(("host", "number"), numbered("python"))
def test_python_compiles(host: str, number: int) -> None:
    compile(snippets("python")[number][1], host, "exec")


def test_mcp_sdk(address: str) -> None:
    text = dict(snippets("python", address))["mcp-sdk"]
    assert "homes" in run(sys.executable, text)


def test_every_address_answers(address: str) -> None:
    """Those of the service that stand anywhere on the page; POST to what speaks MCP, GET to everything else."""
    everything = as_markdown(address, "en") + as_markdown(address, "zh-Hans")
    found = set(re.findall(re.escape(address) + r"[\w/.?=&-]*", everything.replace("{wattcite}", address)))
    paths = {each.rstrip("."): urlsplit(each).path.rstrip(".") for each in found}
    assert {"/mcp", "/openapi.yaml", "/openapi-3.0.json", "/v1/tools", "/v1/instructions"} <= set(paths.values())
    for url, path in paths.items():
        if path == "/mcp":
            asyncio.run(_lists_tools(url))
        else:
            assert httpx.get(url).status_code == 200, url


async def _lists_tools(url: str) -> None:
    async with Client(url) as client:
        assert (await client.list_tools()).tools


@pytest.mark.clients
@pytest.mark.parametrize(("host", "number"), [each for each in numbered("python") if each[0] != "mcp-sdk"])
def test_python_with_the_library_of_the_host(address: str, host: str, number: int) -> None:
    """Run as it stands, against this service and stand-ins for the vendors."""
    assert PYTHON.exists(), "run `make clients`, which installs these libraries first"
    with vendors() as vendor:
        text = snippets("python", address)[number][1]
        text = text.replace("https://dashscope.aliyuncs.com", vendor)
        text = text.replace('os.environ["MISTRAL_API_KEY"]', f'"key", server_url="{vendor}"')
        said = run(
            str(PYTHON),
            text,
            OPENAI_API_KEY="key",
            OPENAI_BASE_URL=f"{vendor}/v1",
            ANTHROPIC_API_KEY="key",
            ANTHROPIC_BASE_URL=vendor,
            GEMINI_API_KEY="key",
            GOOGLE_GEMINI_BASE_URL=vendor,
            OLLAMA_HOST=vendor,
            DASHSCOPE_API_KEY="key",
        )
    remote = "server_label" in text or "mcp_servers=[" in text  # called by the vendor, who is only told the address
    assert (f"{address}/mcp" if remote and host.endswith("-api") else "homes") in said


def run(python: str, text: str, **more: str) -> str:
    environment = {**os.environ, "NO_PROXY": "*", "PYTHONIOENCODING": "utf-8", **more}
    done = subprocess.run(
        [python, "-c", text],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
