"""The page of a calculator says how it computes: the very formulas, figures, limits, cases and code that are used."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from litestar import Litestar
from litestar.testing import TestClient

from service.answers.words import LANGUAGES
from service.core.calculator import registry
from service.run import traced
from service.store.queries import Knowledge
from service.tools.dialect import dialects
from service.tools.registry import tools
from service.tools.schema import told
from service.web import site
from service.web.calculators import example
from service.web.worked import worked
from tests.web.html import Page

Client = TestClient[Litestar]
ROOT = Path(__file__).parents[2]
every = pytest.mark.parametrize("name", sorted(registry))


def text_of(client: Client, address: str) -> str:
    """A page without its tags, as it is written."""
    return html.unescape(re.sub(r"<[^>]+>", "", client.get(address).text))


def section(client: Client, name: str, part: str, query: str = "") -> str:
    """One section of the page of a calculator, with its tags."""
    text = client.get(f"/calculators/{name}{query}").text
    found = re.search(rf'<section aria-labelledby="{part}">.*?</section>', text, re.DOTALL)
    assert found, part
    return found[0]


def raw_cases(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "cases" / f"{name}.yaml").read_text("utf-8"))
    return loaded


@every
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_calculator_has_a_page_with_an_answer(client: Client, name: str, language: str) -> None:
    page = Page(client.get(f"/calculators/{name}", params={"language": language}).text)
    inputs = {key: value for key, value in example(registry[name]).items() if value is not None}
    answer = client.post(f"/v1/calculators/{name}", json={**inputs, "language": language}).json()
    assert answer["headline"]["text"] in page.words
    assert {f"/sources/{each['source']}" for each in answer["citations"]} <= {
        urlsplit(link).path for link in page.links
    }


@every
def test_the_code_is_that_of_the_file(client: Client, name: str) -> None:
    shown = text_of(client, f"/calculators/{name}")
    assert (ROOT / "service" / "calculators" / f"{name}.py").read_text("utf-8").rstrip() in shown


def test_helpers_with_formulas_are_shown_too(client: Client) -> None:
    shown = text_of(client, "/calculators/inference_energy")
    for helper in ("inference", "grid", "emissions"):
        assert (ROOT / "service" / "core" / f"{helper}.py").read_text("utf-8").rstrip() in shown
    assert "service/core/inputs.py" not in shown


@every
def test_cases_are_read_as_the_checks_read_them(name: str) -> None:
    cases, text = worked(name)[1], (ROOT / "tests" / "cases" / f"{name}.yaml").read_text("utf-8")
    for case, raw in zip(cases, raw_cases(name), strict=True):
        assert (case.title, case.inputs, case.refused) == (raw["case"], raw["inputs"], "error" in raw)
        expected = {key: (float(each["value"]), each["unit"]) for key, each in raw.get("expect", {}).items()}
        assert case.expected == expected
        assert all(line in text for line in case.arithmetic.splitlines())
    assert sum(len(case.arithmetic.splitlines()) for case in cases) == len(re.findall(r"(?m)^ +# +\S", text))


@every
def test_every_case_is_shown_and_leads_to_its_answer(client: Client, name: str) -> None:
    page = Page(section(client, name, "cases").join(["<!doctype html>\n<html lang=x><h1></h1>", "</html>"]))
    queries = [parse_qs(urlsplit(link).query) for link in page.links]
    for case in worked(name)[1]:
        assert " ".join(case.title.split()) in page.words
        inputs = {key: value for key, value in case.inputs.items() if key != "language" and value is not None}
        texts = {
            key: [str(each) for each in (value if isinstance(value, list) else [value])]
            for key, value in inputs.items()
        }
        assert case.refused or texts in queries


@every
def test_figures_that_are_used_and_their_rivals_are_linked(client: Client, knowledge: Knowledge, name: str) -> None:
    _, choices = traced(knowledge, name, example(registry[name]))
    shown = section(client, name, "choices") if choices else ""
    for chosen in choices:
        for figure in (chosen.figure, *chosen.rivals):
            if knowledge.has_figure(figure):
                assert f'href="/figures/{figure}"' in shown
        reasons = [choice.reason.en for choice in chosen.parameter.choices if choice.figure == chosen.figure]
        assert all(reason in html.unescape(shown) for reason in reasons)


def test_a_calculator_without_figures_has_no_list_of_them(client: Client) -> None:
    shown = client.get("/calculators/convert_units").text
    assert "choices" not in shown.partition("<main")[2].partition('id="code"')[0]


def test_formulas_are_those_of_the_run(client: Client) -> None:
    query = "?service=chatgpt&requests=1000&electricity_per_query=0.5+Wh"
    shown = html.unescape(re.sub(r"<[^>]+>", "", section(client, "service_energy", "formulas", query)))
    assert "= requests × electricity per request" in " ".join(shown.split())


@every
def test_every_input_is_listed_with_its_limits(client: Client, name: str) -> None:
    rows = dict(
        re.findall(r'<th scope="row"><code>(\w+)</code>.*?</th><td>(.*?)</td>', section(client, name, "limits"))
    )
    properties = told(tools()[name]).inputs["properties"]
    assert list(rows) == list(properties)
    for key, field in properties.items():
        assert all(f"<code>{choice}</code>" in rows[key] for choice in field.get("enum", ()))
        for bound in ("minimum", "maximum", "maxLength", "minItems", "maxItems"):
            if bound in field:
                assert any(float(each) == field[bound] for each in re.findall(r"-?\d[\d.e]*", rows[key])), (key, bound)


@every
def test_the_tool_is_shown_in_every_dialect(client: Client, name: str) -> None:
    shown = section(client, name, "schemas")
    entries = re.findall(r"<summary>(.*?)</summary><pre.*?><code>(.*?)</code></pre>", shown, re.DOTALL)
    assert sorted(each for names, _ in entries for each in names.split(", ")) == sorted(dialects())
    for names, text in entries:
        described = json.loads(html.unescape(text))
        assert described == json.loads(
            json.dumps(dialects()[names.split(", ")[0]].describe([told(tools()[name])], "http://127.0.0.1:8000"))
        )


def test_kept_pages_do_not_grow_without_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "_KEPT", 1)
    assert client.get("/calculators/scale").text == client.get("/calculators/scale").text
