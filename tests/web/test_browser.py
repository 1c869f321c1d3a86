"""The pages in a real browser."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.web.axe import AXE, inaccessible
from tests.web.driver import CHROMEDRIVER, CHROMIUM, Browser
from tests.web.screenshots import PAGES, SENT, show

pytestmark = pytest.mark.skipif(not (CHROMIUM and CHROMEDRIVER), reason="chromium and chromedriver are not installed")


@pytest.mark.parametrize("name", [*PAGES, *SENT])
def test_no_error_and_no_other_host(window: Browser, name: str) -> None:
    window.requested()
    show(window, name)
    path = window.address
    faults = [
        line for line in window.console() if "status of 4" not in line or path.split("?", maxsplit=1)[0] not in line
    ]
    assert faults == []
    assert [
        each for each in window.requested() if not each.startswith((window.home, "data:", "about:", "chrome:"))
    ] == []


@pytest.mark.parametrize("name", [*PAGES, *SENT])
def test_nothing_is_cut_on_a_phone(phone: Browser, name: str) -> None:
    show(phone, name)
    phone.wait("return document.readyState === 'complete' && document.documentElement.scrollWidth <= 390")


def test_themes_differ(window: Browser, phone: Browser) -> None:
    paper = "return getComputedStyle(document.body).backgroundColor"
    window.open("/")
    phone.open("/")
    assert window.run(paper) != phone.run(paper)


def colours(window: Browser) -> object:
    """The colour of the paper, as it is seen."""
    return Image.open(io.BytesIO(window.screenshot())).convert("RGB").getpixel((2, 2))


def test_theme_is_chosen_without_any_script(plain: Browser) -> None:
    plain.open("/register?language=zh-Hans")
    seen = {}
    for theme in ("dark", "light", "system"):
        plain.follow(f".themes [value={theme}]")
        seen[theme] = colours(plain)
    assert seen["light"] == seen["system"] != seen["dark"]  # the system of this window is light
    plain.follow(".themes [value=dark]")
    plain.open("/docs")
    assert colours(plain) == seen["dark"]


def test_charts_follow_the_theme(plain: Browser) -> None:
    plain.open("/quantities/pue")
    plain.follow(".themes [value=dark]")
    plain.command("Emulation.setScriptExecutionDisabled", value=False)
    plain.open("/quantities/pue")
    plain.run("document.querySelector('.chart img').scrollIntoView()")
    plain.wait("return document.querySelector('.chart img').complete")
    box = plain.run(
        "const b = document.querySelector('.chart img').getBoundingClientRect(); return [b.x, b.y + scrollY]"
    )
    image = Image.open(io.BytesIO(plain.screenshot())).convert("RGB")
    assert image.getpixel((int(box[0]) + 5, int(box[1]) + 5)) == (0x16, 0x18, 0x1B)  # the paper of dark charts


def test_what_is_printed_is_light(plain: Browser) -> None:
    plain.open("/quantities/pue")
    plain.follow(".themes [value=dark]")
    plain.command("Emulation.setEmulatedMedia", media="print")
    assert plain.run("return getComputedStyle(document.documentElement).colorScheme") == "light"
    assert plain.run("return getComputedStyle(document.querySelector('.masthead .menu')).display") == "none"
    ink = plain.run("return getComputedStyle(document.querySelector('.quiet')).color")
    plain.command("Emulation.setEmulatedMedia", media="screen")
    assert plain.run("return getComputedStyle(document.querySelector('.quiet')).color") != ink


def test_everything_works_without_any_script(plain: Browser) -> None:
    plain.open("/search")
    plain.type("#words", "chatgpt")
    plain.press("enter")
    plain.reached("/search?q=chatgpt&sort=wanted")
    plain.open("/")
    plain.type("#q", "How much electricity does one ChatGPT prompt use?")
    plain.press("enter")
    plain.reached("/ask?q=How+much+electricity+does+one+ChatGPT+prompt+use%3F")


def test_search_while_typing_and_facets(window: Browser) -> None:
    window.open("/search")
    before = window.text("#results h1")
    window.type("#words", "chatgpt")
    window.wait("return document.querySelector('#results h1').textContent.includes('chatgpt')")
    assert window.text("#results h1") != before
    assert "q=chatgpt" in window.address
    count = window.text(".facet li .count")
    window.follow(".facet li a")
    assert window.text("h1").startswith(f"{count} figure")
    window.follow(".chosen a")
    assert "subject=" not in window.address


def test_question_is_asked(window: Browser) -> None:
    window.open("/")
    window.type("#q", "How much electricity does one ChatGPT prompt use?")
    window.press("enter")
    window.wait("return location.pathname === '/ask'")
    assert "0.34 Wh" in window.text("main .lead")


def test_calculator_is_used(window: Browser) -> None:
    window.open("/calculators/energy_equivalents")
    window.type("#in-energy", "1000 MWh/day")
    window.follow(".inputs button")
    assert "energy=" in window.address
    assert "33,800 homes" in window.text(".answer .lead")  # 1e6 kWh × 365 ÷ 10,791 kWh


def test_language_is_switched_and_kept(window: Browser) -> None:
    window.open("/search?q=chatgpt")
    window.follow(".tongues a[lang=zh-Hans]")
    assert window.run("return document.documentElement.lang") == "zh-Hans"
    assert "q=chatgpt" in window.address
    window.follow(".figures .value")
    assert window.run("return document.documentElement.lang") == "zh-Hans"


def test_citation_is_copied(window: Browser) -> None:
    window.command("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    window.open(PAGES["figure"])
    window.click("details[open] button.copy")
    window.wait("return document.querySelector('button.copy').textContent === 'Copied'")
    copied = window.run_async("navigator.clipboard.readText().then(arguments[arguments.length - 1])")
    assert copied.startswith("Altman, S. (2025, June 10).")


def test_keyboard_reaches_everything_and_is_seen(window: Browser) -> None:
    window.open(PAGES["figure"])
    window.press("tab")
    window.wait("return document.activeElement.className === 'skip'")
    assert window.run("return document.activeElement.getBoundingClientRect().left") >= 0
    window.press("enter")
    window.wait("return document.activeElement.id === 'main'")
    window.press("tab")
    window.wait("return document.activeElement.id !== 'main'")
    assert window.run("return document.querySelector('main').contains(document.activeElement)")
    assert window.run("return getComputedStyle(document.activeElement).outlineStyle") != "none"


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed (make node)")
@pytest.mark.parametrize("name", [*PAGES, *SENT])
@pytest.mark.parametrize("size", ["window", "phone"])
def test_nothing_is_inaccessible(request: pytest.FixtureRequest, size: str, name: str) -> None:
    opened: Browser = request.getfixturevalue(size)
    show(opened, name)
    assert inaccessible(opened) == []
