from __future__ import annotations

import platform
import re
import subprocess
from importlib.metadata import Distribution
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from service import __version__
from service.app import create_app
from service.core.resources import checkout
from service.settings import Settings
from service.store.queries import Knowledge
from service.web.built import build, commit_of, noted_commit
from service.web.status import switched

Client = TestClient[Litestar]
UPTIME = re.compile(r'<time datetime="PT(\d+)S">[^<]+</time>')


def facts(text: str) -> dict[str, str]:
    """What stands beside what on the page."""
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", text))


def test_it_says_what_answers(client: Client, knowledge: Knowledge) -> None:
    said = facts(client.get("/status").text)
    assert (said["Version"], said["As of"]) == (knowledge.version, knowledge.as_of)
    assert said["Figures"].startswith(f"{knowledge.figure_count} figures from ")
    assert said["Subjects"] == str(len(knowledge.subjects))
    assert (said["Release"], said["Python"]) == (__version__, f"CPython {platform.python_version()}")
    assert said["Installed from"] == "a checkout of the source"
    assert said["Limits of calls"] == said["Metrics"] == "off"


def test_it_is_of_the_moment_and_all_but_the_time_stays(client: Client) -> None:
    response = client.get("/status")
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers
    pages = [UPTIME.sub("", client.get("/status", headers={"if-none-match": "*"}).text) for _ in range(2)]
    assert pages[0] == pages[1] == UPTIME.sub("", response.text) != response.text


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Status", "Running for")), ("zh-Hans", ("状态", "已运行")), ("zh-Hant", ("狀態", "已執行"))],
)
def test_every_page_leads_to_it_in_its_language(client: Client, language: str, words: tuple[str, str]) -> None:
    address = "/status" if language == "en" else f"/status?language={language}"
    assert f'<a href="{address}">{words[0]}</a></p>\n</footer>' in client.get(f"/?language={language}").text
    assert words[1] in facts(client.get(address).text)


@pytest.mark.parametrize(
    ("settings", "on"),
    [
        (Settings(), set()),
        (Settings(limit="60/minute", metrics=True), {"limit", "metrics"}),
        (Settings(keys_required=True, tracing=True), {"keys", "tracing"}),
        (Settings(chat_url="http://127.0.0.1:1/v1", live_eia_key="secret"), {"chat", "live"}),
    ],
)
def test_what_is_switched_on(settings: Settings, on: set[str]) -> None:
    assert {name for name, switch in switched(settings).items() if switch} == on


def test_what_is_on_is_said_and_no_secret_is(built: Path) -> None:
    settings = Settings(knowledge=built, metrics=True, live_eia_key="not-to-be-shown")
    with TestClient(create_app(settings)) as client:
        text = client.get("/status").text
    assert (facts(text)["Metrics"], facts(text)["Live sources of grids"]) == ("on", "on")
    assert "not-to-be-shown" not in text


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"]
    command = ["git", "-C", str(folder), *identity, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_a_checkout_tells_its_commit(tmp_path: Path) -> None:
    assert commit_of(tmp_path) == ""
    git(tmp_path, "init", "--quiet")
    assert commit_of(tmp_path) == ""
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "first")
    commit = git(tmp_path, "rev-parse", "HEAD")
    assert commit_of(tmp_path) == commit
    git(tmp_path, "pack-refs", "--all")
    assert commit_of(tmp_path) == commit
    git(tmp_path, "checkout", "--quiet", "--detach")
    assert commit_of(tmp_path) == commit


@pytest.mark.parametrize(
    ("noted", "commit"),
    [
        ('{"url": "https://example.org/a.git", "vcs_info": {"vcs": "git", "commit_id": "c0ffee"}}', "c0ffee"),
        ('{"url": "https://example.org/a.whl", "archive_info": {}}', ""),
        (None, ""),
    ],
)
def test_a_package_tells_the_commit_that_its_installer_noted(tmp_path: Path, noted: str | None, commit: str) -> None:
    if noted:
        (tmp_path / "direct_url.json").write_text(noted)
    assert noted_commit(Distribution.at(tmp_path)) == commit


def test_the_build_is_that_of_this_checkout() -> None:
    root, found = checkout(), build()
    assert root is not None
    assert (found.release, found.origin, found.commit) == (__version__, "checkout", commit_of(root))
