"""Reading a page in a real browser: with the keyboard from end to end, what is folded away, on paper, without motion."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.driver import CHROMEDRIVER, CHROMIUM, Browser
from tests.web.screenshots import PAGES

STOPS = 400  # more than a page has
# the top of a folded part of a page, and whether what is in it can be seen
FOLDED = "[...document.querySelectorAll('details:not([open]) .sources')]"
SEEN = f"return {FOLDED}.every(e => e.checkVisibility({{contentVisibilityAuto: true}}))"
CURRENT = """
const e = document.activeElement, b = e.getBoundingClientRect(), s = getComputedStyle(e);
return e === document.body ? null : {
  shown: b.width > 0 && b.bottom > 0 && b.top < innerHeight && b.right > 0 && b.left < innerWidth,
  marked: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
  where: e.outerHTML.slice(0, 100),
}
"""

pytestmark = pytest.mark.skipif(not (CHROMIUM and CHROMEDRIVER), reason="chromium and chromedriver are not installed")


def after_tab(window: Browser) -> Any:
    """What has the focus after a press of tab; None behind the last."""
    window.press("tab")
    return window.run(CURRENT)


@pytest.mark.parametrize("name", ["home", "figure", "ask", "search", "calculator"])
def test_every_stop_of_the_keyboard_is_seen(window: Browser, name: str) -> None:
    window.open(PAGES[name])
    stops: list[dict[str, str]] = []
    for stop in iter(lambda: after_tab(window), None):
        assert stop["shown"], stop["where"]
        assert stop["marked"], stop["where"]
        stops.append(stop)
        assert len(stops) < STOPS  # it ends: nothing holds the focus
    assert len(stops) > 20


@pytest.mark.parametrize("path", list(PAGES.values()))
def test_nothing_is_cut_where_it_is_narrowest(phone: Browser, path: str) -> None:
    phone.command("Emulation.setDeviceMetricsOverride", width=320, height=640, deviceScaleFactor=1, mobile=True)
    phone.open(path)
    phone.wait("return document.readyState === 'complete' && document.documentElement.scrollWidth <= 320")
    phone.command("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=1, mobile=True)


def test_what_is_cited_unfolds(window: Browser) -> None:
    window.open(PAGES["ask"])
    assert window.run(f"return {FOLDED}.length") == 1
    assert not window.run(SEEN)
    # a source that the sentence does not cite
    window.run("location.hash = document.querySelector('details .citations li').id")
    window.wait(f"return {FOLDED}.length === 0")
    assert window.run("return document.querySelector(':target').checkVisibility()")


def test_paper_has_what_is_folded(window: Browser) -> None:
    window.open(PAGES["ask"])
    window.command("Emulation.setEmulatedMedia", media="print")
    window.wait(SEEN)
    assert window.run("return getComputedStyle(document.querySelector('.ask')).display") == "none"
    window.command("Emulation.setEmulatedMedia", media="screen")
    assert window.printed().startswith(b"%PDF-")


def test_every_snippet_can_be_copied(window: Browser) -> None:
    window.open(PAGES["register"])
    window.command("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    shown = window.run("return [...document.querySelectorAll('main pre')].map(e => e.textContent)")
    assert window.run("return document.querySelectorAll('main .copying button').length") == len(shown)
    window.click("#main .copying button")
    window.wait("return document.querySelector('button.copy').textContent === 'Copied'")
    assert window.run_async("navigator.clipboard.readText().then(arguments[arguments.length - 1])") == shown[0]


def test_nothing_moves_for_who_wants_no_motion(window: Browser) -> None:
    window.open(PAGES["docs"])
    moving = "return [...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
    wanted = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    window.wait("return document.querySelector('.opblock') !== null")
    assert window.run(moving) > 0
    window.command("Emulation.setEmulatedMedia", features=wanted)
    assert window.run(moving) == 0
    window.command("Emulation.setEmulatedMedia", features=[])
