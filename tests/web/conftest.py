"""What tests in a real browser share: the service on a port, and windows on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.settings import Settings
from tests.web.driver import Browser, browser
from tests.web.served import served


@pytest.fixture(scope="module")
def home(built: Path) -> Iterator[str]:
    """The service on a port."""
    with served(Settings(knowledge=built)) as address:
        yield address


@pytest.fixture(scope="module")
def window(home: str) -> Iterator[Browser]:
    """A window of the size of a desk."""
    with browser(home) as opened:
        yield opened


@pytest.fixture(scope="module")
def phone(home: str) -> Iterator[Browser]:
    """A window of the size of a phone, in the dark."""
    with browser(home, 390, 844, dark=True) as opened:
        yield opened


@pytest.fixture
def plain(window: Browser) -> Iterator[Browser]:
    """The window without JavaScript and with no cookie."""
    window.command("Network.clearBrowserCookies")
    window.command("Emulation.setScriptExecutionDisabled", value=True)
    yield window
    window.command("Emulation.setScriptExecutionDisabled", value=False)
    window.command("Network.clearBrowserCookies")
