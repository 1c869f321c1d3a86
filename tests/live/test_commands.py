"""The grid of the moment on the command line; 1 MWh × 263 g/kWh = 263 kg."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
import respx
from click.testing import CliRunner, Result

from service.answers.words import words
from service.cli.main import cli
from service.desk import Desk
from service.tools.registry import tool
from tests.live.test_live import GB, KEY

SOURCE = "https://api.carbonintensity.org.uk/intensity"


def wattcite(built: Path, *arguments: str, on: bool = True, says: Exception | httpx.Response | None = None) -> Result:
    """The command line before a source that answers from a script, where it is switched on."""
    settings = {"WATTCITE_KNOWLEDGE": str(built), "WATTCITE_LIVE_GREAT_BRITAIN": "yes" if on else "no"}
    with respx.mock(assert_all_called=on) as router:
        router.get(SOURCE).mock(side_effect=[says or httpx.Response(200, json=GB)])
        return CliRunner(env=settings).invoke(cli, arguments, prog_name="wattcite", catch_exceptions=False)


CALLS = (
    ("calc", "electricity_emissions", "energy=1 MWh", "region=GB", "grid=live"),
    ("ask", "How much CO2 does 1 MWh cause in Britain right now?"),
)


@pytest.mark.parametrize("arguments", CALLS)
def test_on_the_command_line(built: Path, arguments: tuple[str, ...]) -> None:
    result = wattcite(built, *arguments)
    assert result.exit_code == 0, result.output
    assert "263 kg" in result.stdout
    assert "2026-11-28 12:00 UTC" in result.stdout


@pytest.mark.parametrize("arguments", CALLS)
def test_on_the_command_line_without_a_setting(built: Path, arguments: tuple[str, ...]) -> None:
    result = wattcite(built, *arguments, on=False)
    assert result.exit_code == 0, result.output
    assert "263 kg" not in result.stdout
    assert words("en")["caveats"]["not_live"].split("{{", 1)[0] in result.stdout


def test_a_source_that_fails_fails_no_command(built: Path) -> None:
    result = wattcite(built, *CALLS[0], says=httpx.ConnectError(f"no way to {KEY}"))
    assert result.exit_code == 0
    assert words("en")["caveats"]["not_live"].split("{{", 1)[0] in result.stdout
    assert KEY not in result.output


def test_over_mcp_on_standard_input(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[dict[str, Any]] = []

    async def over_stdio(desk: Desk, profile: str, language: str) -> None:
        raw = {"energy": "1 MWh", "region": "GB", "grid": "live"}
        await desk.heard(raw)
        heard.append(dict(tool("electricity_emissions").call(desk, raw)))

    monkeypatch.setattr("service.tools.mcp_serve.over_stdio", over_stdio)
    for name in ("signal.signal", "logging.basicConfig"):  # the process is not the command's alone here
        monkeypatch.setattr(f"service.cli.commands.mcp.{name}", lambda *_, **__: None)
    assert wattcite(built, "mcp").exit_code == 0
    assert heard[0]["headline"]["value"] == pytest.approx(263)
