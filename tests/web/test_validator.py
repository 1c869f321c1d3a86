"""Every kind of page, the style sheets and the pictures, judged by the validator of the W3C (Nu)."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from service.web import pages
from tests.web.screenshots import PAGES

Client = TestClient[Litestar]
ROOT = Path(__file__).parents[2]
VALIDATOR = ROOT / ".node/node_modules/vnu-jar/build/dist/vnu.jar"
JAVA = shutil.which("java")
CHARTS = (
    "/v1/charts/quantity/electricity-per-query.svg",
    "/v1/charts/subject/chatgpt/electricity-per-query.svg?theme=dark&language=zh-Hant",
    "/v1/charts/calculators/energy_equivalents.svg?energy=chatgpt",
    "/v1/charts/calculators/demand_outlook.svg?year=2030",
)
TEXTS = {
    "claims": "A ChatGPT prompt uses <i>3 Wh</i> & training GPT-3 took 1,287 MWh,\n\nor 1%-1.5% of everything.",
    "no-claims": "The weather is fine.",
    "no-text": "",
}

pytestmark = pytest.mark.skipif(
    not (JAVA and VALIDATOR.is_file()), reason="the validator is not installed (make node, with Java)"
)


def faults(folder: Path, names: dict[str, str]) -> list[str]:
    """All that the validator says of the files in a folder."""
    assert JAVA
    options = ["--format", "json", "--also-check-css", "--also-check-svg", "--no-langdetect"]
    done = subprocess.run([JAVA, "-jar", VALIDATOR, *options, folder], capture_output=True, text=True, check=False)
    told = json.loads(done.stderr)["messages"]
    return [f"{names[Path(each['url']).name]}:{each.get('lastLine')}: {each['message']}" for each in told]


def test_the_validator_finds_nothing(client: Client, tmp_path: Path) -> None:
    names: dict[str, str] = {}
    for language in ("en", "zh-Hant"):
        for name, path in PAGES.items():
            address = path if language == "en" else f"{path}{'&' if '?' in path else '?'}language={language}"
            names[f"{name}-{language}.html"] = address
            (tmp_path / f"{name}-{language}.html").write_bytes(client.get(address).content)
        for name, text in TEXTS.items():
            names[f"{name}-{language}.html"] = f"/check of {name}"
            answer = client.post(f"/check?language={language}", data={"text": text})
            (tmp_path / f"{name}-{language}.html").write_bytes(answer.content)
    for number, path in enumerate(CHARTS):
        names[f"{number}.svg"] = path
        (tmp_path / f"{number}.svg").write_bytes(client.get(path).content)
    for style in (*pages.STATIC.glob("*.css"), *(pages.STATIC / "theme").glob("*.css")):
        names[style.name] = style.name
        shutil.copy(style, tmp_path)
    assert faults(tmp_path, names) == []


def test_the_validator_sees_faults(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<!doctype html><html lang=en><title>t</title><p><div>", encoding="utf-8")
    (tmp_path / "style.css").write_text("a { colour: red }", encoding="utf-8")
    found = faults(tmp_path, {"page.html": "page", "style.css": "style"})
    assert {each.partition(":")[0] for each in found} == {"page", "style"}
