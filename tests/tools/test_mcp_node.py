"""Clients that run on Node: `make conformance` sets them up in .node and runs these tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from service.tools.registry import tools
from tests.api.conftest import ROOT
from tests.tools.mcp_checks import suffices

pytestmark = pytest.mark.node

COMMANDS = ROOT / ".node" / "node_modules" / ".bin"
# The suite's other scenarios call tools that only its own example server has (an image, a sound, asking the user …), or
# need what a server without sessions does not offer: subscriptions, logging, streams.
SCENARIOS = (
    "server-initialize",
    "ping",
    "completion-complete",
    "tools-list",
    "tools-call-simple-text",
    "tools-call-error",
    "resources-list",
    "prompts-list",
    "dns-rebinding-protection",
)


def run(*command: str, **more: str) -> subprocess.CompletedProcess[str]:
    assert COMMANDS.is_dir(), "run `make conformance`, which installs these clients first"
    environment = {**os.environ, **more, "PATH": f"{COMMANDS}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120, encoding="utf-8"
    )


def inspect(*arguments: str, **more: str) -> Any:
    done = run("mcp-inspector", "--cli", *arguments, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_conformance_suite(address: str, scenario: str, tmp_path: Path) -> None:
    url = f"{address}/mcp"
    done = run("conformance", "server", "--url", url, "--scenario", scenario, "--output-dir", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    checks = json.loads(next(tmp_path.rglob("checks.json")).read_text(encoding="utf-8"))
    assert checks
    assert {check["status"] for check in checks} <= {"SUCCESS", "INFO"}


def test_inspector_finds_no_fault_with_the_schemas(address: str) -> None:
    done = run("mcp-inspector", "--cli", f"{address}/mcp", "--transport", "http", "--strict", "--method", "tools/list")
    assert (done.returncode, done.stderr) == (0, "")
    assert [tool["name"] for tool in json.loads(done.stdout)["tools"]] == list(tools())


def test_inspector_calls_and_reads(address: str) -> None:
    at = (f"{address}/mcp", "--transport", "http", "--method")
    found = inspect(*at, "tools/call", "--tool-name", "energy_equivalents", "--tool-arg", "energy=chatgpt", "region=US")
    suffices(found["content"][0]["text"], found["structuredContent"])
    read = inspect(*at, "resources/read", "--uri", found["content"][1]["uri"])
    assert [entry["mimeType"] for entry in read["contents"]] == ["text/markdown", "application/json"]
    assert inspect(*at, "resources/list")["resources"]
    assert len(inspect(*at, "resources/templates/list")["resourceTemplates"]) == 2
    assert len(inspect(*at, "prompts/list")["prompts"]) == 4
    filled = inspect(*at, "prompts/get", "--prompt-name", "ask_with_sources", "--prompt-args", "question=Why?")
    assert filled["messages"][0]["content"]["text"].endswith("Why?")


def test_inspector_over_stdio(built: Path) -> None:
    started = (sys.executable, "-m", "service", "mcp", "--method", "tools/list")
    found = inspect(*started, WATTCITE_KNOWLEDGE=str(built))
    assert [tool["name"] for tool in found["tools"]] == list(tools())
