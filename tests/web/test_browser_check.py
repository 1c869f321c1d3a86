"""The page that checks a text, in a real browser: with the keyboard alone and without any script."""

from __future__ import annotations

import pytest

from service.answers.words import LANGUAGES, words
from tests.web.axe import AXE, inaccessible
from tests.web.driver import CHROMEDRIVER, CHROMIUM, Browser
from tests.web.screenshots import show

TEXT = "Training GPT-3 took 1,287 MWh."  # Patterson et al. (2021)

pytestmark = pytest.mark.skipif(not (CHROMIUM and CHROMEDRIVER), reason="chromium and chromedriver are not installed")


def focus(window: Browser, wanted: str) -> None:
    """Press tab until the focus is on what a CSS selector finds; everything on the way shows that it has it."""
    for _ in range(60):
        window.press("tab")
        assert window.run("return getComputedStyle(document.activeElement).outlineStyle") != "none"
        if window.run("return document.activeElement.matches(arguments[0])", wanted):
            return
    raise AssertionError(wanted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_the_keyboard_alone(window: Browser, language: str) -> None:
    window.open(f"/check?language={language}")
    focus(window, "textarea")
    window.type(":focus", TEXT)
    focus(window, "#check button")
    window.press("enter")
    said = words(language)
    assert window.text(".checked mark a") == f"1 {said['verdicts']['supported']}"
    focus(window, ".checked mark a")
    window.press("enter")
    window.wait("return location.hash === '#why-1'")
    assert "Patterson et al. (2021)" in window.text("#why-1")
    focus(window, "#why-1 h3 a")
    window.press("enter")
    window.wait("return location.hash === '#claim-1'")
    focus(window, "#text")
    assert window.run("return document.activeElement.value") == TEXT


def test_without_any_script_in_another_language_and_back(plain: Browser) -> None:
    plain.open("/check")
    plain.type("#text", f"\n{TEXT}")
    plain.click("#check button")
    assert "1 supported" in plain.text(".checked")
    plain.click("[formaction*=zh-Hans]")
    plain.reached("/check?language=zh-Hans")
    assert words("zh-Hans")["verdicts"]["supported"] in plain.text(".checked")
    assert plain.run("return document.querySelector('#text').value") == f"\n{TEXT}"


def test_what_is_refused_is_told_and_kept(phone: Browser) -> None:
    phone.open("/check")
    phone.run("document.querySelector('#text').value = '度'.repeat(100001)")
    phone.click("#check button")
    assert "100,001" in phone.text("[role=alert]")
    assert phone.run("return document.querySelector('#text').value.length") == 100_001
    assert phone.run("return document.documentElement.scrollWidth") <= 390


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed (make node)")
@pytest.mark.parametrize("size", ["window", "phone"])
def test_a_refusal_is_accessible(request: pytest.FixtureRequest, size: str) -> None:
    opened: Browser = request.getfixturevalue(size)
    opened.open("/check")
    opened.run("document.querySelector('#text').required = false")
    opened.click("#check button")
    assert opened.text("[role=alert] h2") == words("en")["checking"]["fault"]
    assert inaccessible(opened) == []


def test_verdicts_differ_without_colours(window: Browser) -> None:
    show(window, "checked")
    styles = "return [...document.querySelectorAll('.checked mark')].map(e => getComputedStyle(e).borderBottomStyle)"
    assert len(set(window.run(styles))) > 1
    labels = window.run(
        "return [...document.querySelectorAll('.checked mark a')].every(e => /\\d .+/.test(e.innerText))"
    )
    assert labels
