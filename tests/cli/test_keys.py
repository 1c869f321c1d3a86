from __future__ import annotations

from pathlib import Path

from service.api.keys import digest, read
from tests.cli.conftest import Wattcite


def test_keys_are_made_listed_and_withdrawn(wattcite: Wattcite, tmp_path: Path) -> None:
    path = tmp_path / "sub" / "keys.json"
    setting = {"WATTCITE_KEYS": str(path)}
    key = wattcite("keys", "add", "lab", "--limit", "600/minute", **setting).stdout.strip()
    assert [(kept.name, kept.limit, kept.sha256) for kept in read(path)] == [("lab", "600/minute", digest(key))]
    assert "| lab | 600/minute |" in wattcite("keys", "list", **setting).stdout
    assert wattcite("keys", "remove", "lab", **setting).exit_code == 0
    assert read(path) == []


def test_faults_are_told(wattcite: Wattcite, tmp_path: Path) -> None:
    setting = {"WATTCITE_KEYS": str(tmp_path / "keys.json")}
    assert wattcite("keys", "add", "lab", **setting).exit_code == 0
    again = wattcite("keys", "add", "lab", **setting)
    assert (again.exit_code, "already" in again.stderr) == (2, True)
    wrong = wattcite("keys", "add", "other", "--limit", "often", **setting)
    assert (wrong.exit_code, "60/minute" in wrong.stderr) == (2, True)
    missing = wattcite("keys", "remove", "nobody", **setting)
    assert (missing.exit_code, "lab" in missing.stderr) == (2, True)
    unset = wattcite("keys", "list")
    assert (unset.exit_code, "WATTCITE_KEYS" in unset.stderr) == (2, True)


def test_bad_settings_are_told_all_at_once(wattcite: Wattcite, tmp_path: Path) -> None:
    found = wattcite(
        "serve",
        WATTCITE_PORT="70000",
        WATTCITE_LIMIT="often",
        WATTCITE_LIMIT_STORE="postgres://x",
        WATTCITE_LIMIT_STORE_GONE="ajar",
        WATTCITE_KEYS_REQUIRED="maybe",
        WATTCITE_TRUSTED_PROXIES="10.0.0.0/99",
        WATTCITE_PUBLIC_URL="wattcite.org",
    )
    assert found.exit_code == 2
    assert found.stderr.count("\n") == 7, found.stderr
    assert wattcite("serve", WATTCITE_KEYS_REQUIRED="yes").stderr.startswith("WATTCITE_KEYS_REQUIRED")
