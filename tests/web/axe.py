"""What axe-core finds inaccessible on a page that a browser shows."""

from __future__ import annotations

from pathlib import Path

from tests.web.driver import Browser

AXE = Path(__file__).parents[2] / ".node/node_modules/axe-core/axe.min.js"
_RUN = """axe.run({exclude: ['#swagger-ui']},
  {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(arguments[arguments.length - 1])"""


def inaccessible(window: Browser) -> list[tuple[str, list[str]]]:
    """Every fault, with the first elements that have it."""
    window.run(AXE.read_text(encoding="utf-8") + "\nwindow.axe = axe;")
    found = window.run_async(_RUN)
    return [(each["id"], [node["html"][:120] for node in each["nodes"][:3]]) for each in found["violations"]]
