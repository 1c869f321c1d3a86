"""Pictures of each kind of page, desktop and phone, light and dark, and on paper: `make screenshots` puts them into .screenshots/."""

from __future__ import annotations

import sys
from pathlib import Path

from service.settings import Settings
from tests.web.driver import Browser, browser
from tests.web.served import served

FOLDER = Path(__file__).parents[2] / ".screenshots"
PAGES = {
    "home": "/",
    "ask": "/ask?q=How+many+US+homes+equal+ChatGPT%27s+daily+electricity+use%3F",
    "ask-refused": "/ask?q=What+is+the+weather%3F",
    "search": "/search?q=chatgpt",
    "search-narrowed": "/search?q=electricity&kind=press&checked=primary",
    "search-nothing": "/search?q=xyzzy",
    "figure": "/figures/chatgpt-query-electricity-altman-2025",
    "source": "/sources/patterson-2021",
    "sources": "/sources",
    "subject": "/subjects/chatgpt",
    "subjects": "/subjects",
    "quantity": "/quantities/electricity-per-query",
    "quantities": "/quantities",
    "calculator": "/calculators/energy_equivalents?energy=500+MWh%2Fday&region=GB",
    "method": "/calculators/inference_energy",
    "calculator-faults": "/calculators/energy_equivalents?energy=500+apples&region=Atlantis",
    "calculators": "/calculators",
    "disagreements": "/disagreements",
    "myths": "/myths",
    "article": "/article",
    "claim": "/claims/ten-times-a-google-search",
    "claim-chinese": "/claims/gpt3-550-tonnes-stanford?language=zh-Hans",
    "check": "/check",
    "missing": "/figures/chatgpt-query",
    "register": "/register",
    "status": "/status",
    "docs": "/docs",
    "chinese": "/figures/chatgpt-query-electricity-altman-2025?language=zh-Hans",
    "home-traditional": "/?language=zh-Hant",
}
# what comes of a form that is sent: where it stands, and the button
SENT = {
    "checked": ("/check", "#example button"),
    "checked-chinese": ("/check?language=zh-Hans", "#example button"),
    "checked-traditional": ("/check?language=zh-Hant", "#example button"),
}
PRINTED = ("home", "ask", "figure", "source", "subject", "article", "calculator", "chinese")
EAGER = "for (const image of document.images) image.loading = 'eager'"  # a picture of the whole page shows every chart
SHOWN = "return document.querySelector('.loading-container') === null && [...document.images].every(i => i.complete)"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


def show(window: Browser, name: str) -> None:
    """Open a page of `PAGES` or `SENT`."""
    if name in PAGES:
        window.open(PAGES[name])
        return
    path, button = SENT[name]
    window.open(path)
    window.click(button)
    window.wait(f"return document.readyState === 'complete' && document.querySelector({button!r}) === null")


def main() -> None:
    """Take them all, or those whose names are given."""
    FOLDER.mkdir(exist_ok=True)
    wanted = sys.argv[1:] or [*PAGES, *SENT]
    with served(Settings.load()) as address:
        for size, (width, height) in SIZES.items():
            for theme in ("light", "dark"):
                with browser(address, width, height, dark=theme == "dark") as window:
                    for name in wanted:
                        show(window, name)
                        window.run(EAGER)
                        window.wait(SHOWN)
                        (FOLDER / f"{name}-{size}-{theme}.png").write_bytes(window.screenshot())
        with browser(address) as window:
            for name in set(wanted) & set(PRINTED):
                window.open(PAGES[name])
                window.run(EAGER)
                window.wait(SHOWN)
                (FOLDER / f"{name}.pdf").write_bytes(window.printed())


if __name__ == "__main__":
    main()
