"""Every kind of fault, as one change to the faultless tree."""

from __future__ import annotations

from dataclasses import dataclass

from tests.store import tree

ALTMAN = "sources/services/altman-2025.yaml"
KOLBERT = "sources/services/kolbert-2024.yaml"
EMBER = "sources/grids/ember-2025.yaml"
CSV = "grids/grid.csv"
PARAMETERS = "parameters/services.yaml"
REGIONS = "regions.yaml"
QUANTITIES = "quantities.yaml"
SUBJECTS = "subjects/services.yaml"
HOMES = "subjects/homes.yaml"
CLAIMS = "claims/heard.yaml"


@dataclass(frozen=True)
class Case:
    """One change to the faultless tree, and the one fault that it must bring."""

    file: str
    old: str
    new: str
    field: str
    says: tuple[str, ...]
    at: str | None = None  # the text on the line of the fault; by default the first line of `new`
    where: str | None = None  # the file of the fault; by default the changed one


CASES = {
    "syntax": Case(KOLBERT, "publisher: The New Yorker", "publisher: The: New Yorker", "(the whole file)", ("well-formed YAML",)),
    "tab": Case(KOLBERT, "publisher: The New Yorker", "\tpublisher: x", "(the whole file)", ("well-formed YAML",)),
    "empty file": Case(HOMES, tree.FILES[HOMES], "# nothing\n", "(the whole file)", ("a list of records",), at="# nothing"),
    "duplicate key": Case(
        KOLBERT, "language: en", "language: en\npublisher: Someone", "publisher",
        ("'publisher' a second time (first on line 5)", "each key once"), at="publisher: Someone",
    ),
    "unknown key": Case(
        ALTMAN, "    checked: primary\n  - id", "    cheked: primary\n    checked: primary\n  - id", "figures[0].cheked",
        ("the unknown key 'cheked'", "as_of, basis, caveats, checked", "did you mean 'checked'"), at="cheked",
    ),
    "unknown nested key": Case(
        KOLBERT, "{type: disputed-by, figure", "{typ: disputed-by, type: disputed-by, figure", "figures[0].relates[0].typ",
        ("the unknown key 'typ'", "figure, type", "did you mean 'type'"), at="{typ",
    ),
    "missing": Case(KOLBERT, "publisher: The New Yorker\n", "", "publisher", ("nothing", "Journal, body"), at="id: kolbert-2024"),
    "wrong type": Case(KOLBERT, "organisations: []", "organisations: none at all", "organisations", ("'none at all'", "a list")),
    "number as text": Case(ALTMAN, "value: 0.34", "value: '0.34'", "figures[0].value", ("the text '0.34'", "without quotes")),
    "word as number": Case(ALTMAN, "value: 0.34", "value: about 0.34", "figures[0].value", ("the text 'about 0.34'", "a number")),
    "choice": Case(
        KOLBERT, "kind: press", "kind: pres", "kind", ("'pres'", "peer-reviewed, preprint", "did you mean 'press'")
    ),
    "boolean": Case(
        ALTMAN, "region: world", "region: NO", "figures[0].region", ("NO without quotes", "true or false", "in quotes: 'NO'")
    ),
    "boolean in a list": Case(
        REGIONS, "en: [USA, America", "en: [on, America", "[1].aliases.en[0]", ("on without quotes", "'on'")
    ),
    "boolean as a key": Case(KOLBERT, "language: en", "language: en\noff: 1", "off", ("off without quotes",), at="off: 1"),
    "sexagesimal": Case(KOLBERT, "title: The Obscene Energy Demands of A.I.", "title: 1:30", "title", ("base 60", "'1:30'")),
    "date": Case(KOLBERT, 'issued: "2024-03-09"', "issued: 2024-03-09", "issued", ("a date", "in quotes: '2024-03-09'")),
    "number for text": Case(KOLBERT, 'as_of: "2024"', "as_of: 2024", "figures[0].as_of", ("2024", "text; write it in quotes: '2024'")),
    "decimal for text": Case(KOLBERT, "title: The Obscene Energy Demands of A.I.", "title: 4.10", "title", ("in quotes: '4.10'",)),
    "octal": Case(KOLBERT, "value: 500", "value: 0500", "figures[0].value", ("plain digits",)),
    "nan": Case(KOLBERT, "value: 500", "value: .nan", "figures[0].value", ("'.nan'", "a finite number")),
    "infinity": Case(KOLBERT, "high: 600", "high: .inf", "figures[0].high", ("'.inf'", "a finite number")),
    "overflow": Case(KOLBERT, "high: 600", "high: 1e999", "figures[0].high", ("inf", "finite number")),
    "tag": Case(KOLBERT, "publisher: The New Yorker", "publisher: !!binary eA==", "publisher", ("the tag", "without a tag")),
    "alias": Case(
        KOLBERT, "authors: [\"Kolbert, Elizabeth\"]\norganisations: []", "authors: &a [x]\norganisations: *a", "organisations",
        ("an alias", "written out"), at="organisations",
    ),
    "not a slug": Case(SUBJECTS, "- id: openai", "- id: Open AI", "[1].id", ("'Open AI'", "lower-case letters")),
    "no such subject": Case(ALTMAN, "subject: chatgpt", "subject: chatgtp", "figures[0].subject", ("'chatgtp'", "did you mean 'chatgpt'")),
    "no such quantity": Case(
        ALTMAN, "quantity: electricity-per-query", "quantity: electricity-per-qery", "figures[0].quantity",
        ("the id of a quantity", "did you mean 'electricity-per-query'"),
    ),
    "no such region": Case(ALTMAN, "region: world", "region: US-CX", "figures[0].region", ("'US-CX'", "did you mean 'US-CA'")),
    "unknown unit": Case(ALTMAN, "unit: Wh", "unit: flurbs", "figures[0].unit", ("'flurbs'", "units.txt")),
    "wrong dimension": Case(
        ALTMAN, "unit: Wh", "unit: g", "figures[0].unit", ("'g' (mass)", "electricity-per-query: 'Wh' (energy)")
    ),
    "wrong dimension of a table": Case(EMBER, "unit: g/kWh", "unit: kWh", "tables[0].unit", ("'kWh' (energy)", "mass per energy")),
    "unit of a quantity": Case(QUANTITIES, "unit: 1/day", "unit: 1/flurb", "[1].unit", ("'1/flurb'", "units.txt")),
    "dangling relation": Case(
        KOLBERT, "figure: chatgpt-query-altman-2025", "figure: chatgpt-query-altman-2024", "figures[0].relates[0].figure",
        ("not there", "did you mean 'chatgpt-query-altman-2025'"), at="relates",
    ),
    "relation to itself": Case(
        KOLBERT, "figure: chatgpt-query-altman-2025", "figure: chatgpt-daily-kolbert-2024", "figures[0].relates[0].figure",
        ("the figure itself", "another figure"), at="relates",
    ),
    "outside its range": Case(KOLBERT, "high: 600", "high: 450", "figures[0].value", ("500", "outside its own range 400 to 450"), at="value:"),
    "published in the future": Case(KOLBERT, 'issued: "2024-03-09"', 'issued: "2026-01-16"', "issued", ("'2026-01-16'", "up to today, 2026-01-15")),
    "no date": Case(KOLBERT, 'issued: "2024-03-09"', 'issued: "March 2024"', "issued", ("'March 2024'", "2024-03-09")),
    "measured in the future": Case(
        ALTMAN, "as_of: 2025-06", "as_of: 2025/2030", "figures[0].as_of", ("'2025/2030' (reported)", "modelled, estimated, assumed")
    ),
    "figure twice": Case(
        ALTMAN, "  - id: chatgpt-queries-altman-2025", "  - id: chatgpt-daily-kolbert-2024", "figures[0].id",
        ("'chatgpt-daily-kolbert-2024' a second time", f"also at {ALTMAN}:25"), at="chatgpt-daily-kolbert-2024", where=KOLBERT,
    ),
    "subject twice": Case(HOMES, "id: us-home", "id: openai", "[1].id", ("'openai' a second time",), at="id: openai", where=SUBJECTS),
    "derived with the id of a figure": Case(
        PARAMETERS, "- id: chatgpt-daily-derived", "- id: chatgpt-daily-kolbert-2024", "[1].derived[0].id", ("a second time",)
    ),
    "file name": Case(KOLBERT, "id: kolbert-2024", "id: kolbert-2023", "id", ("'kolbert-2023'", "the name of the file, kolbert-2024")),
    "choices out of order": Case(
        PARAMETERS, 'since: "2025-07-01"', 'since: "2024-03-09"', "[1].choices[1].since", ("after 2024-03-09",),
        at="      figure: chatgpt-daily-derived",
    ),
    "choice of nothing": Case(
        PARAMETERS, "figure: chatgpt-query-altman-2025", "figure: chatgpt-query-altmann-2025", "[0].choices[0].figure",
        ("not there", "did you mean 'chatgpt-query-altman-2025'"),
    ),
    "choice of another kind": Case(
        PARAMETERS, "figure: chatgpt-query-altman-2025", "figure: us-grid-carbon-intensity-ember-2025-2024",
        "[0].choices[0].figure", ("'g/kWh' (mass per energy)", "electricity-per-query: 'Wh' (energy)"),
    ),
    "pair of nothing": Case(
        PARAMETERS, "paired: [chatgpt-query-altman-2025]", "paired: [nobody-2020]", "[1].choices[0].paired[0]", ("'nobody-2020'",)
    ),
    "rival of nothing": Case(
        PARAMETERS, "rivals: [chatgpt-daily-kolbert-2024]", "rivals: [nobody-2020]", "[1].rivals[0].figure", ("'nobody-2020'",)
    ),
    "derived of another parameter": Case(
        PARAMETERS, "  review_by: \"2026-12-31\"", "  rivals: [chatgpt-daily-derived]\n  review_by: \"2026-12-31\"", "[0].rivals[0].figure",
        ("'chatgpt-daily-derived'", "the id of a figure"),
    ),
    "formula with a number": Case(PARAMETERS, "formula: queries * each", "formula: 2 * queries * each", "[1].derived[0].formula", ("'2' in it", "no number")),
    "formula with a call": Case(PARAMETERS, "formula: queries * each", "formula: max(queries, each)", "[1].derived[0].formula", ("'max(queries, each)' in it",)),
    "formula with an unused name": Case(PARAMETERS, "formula: queries * each", "formula: each", "[1].derived[0].formula", ("queries stands on one side only",)),
    "formula of the wrong dimension": Case(
        PARAMETERS, "formula: queries * each", "formula: each / queries", "[1].derived[0].formula", ("a unit like those of electricity-per-day",)
    ),
    "formula that cannot be computed": Case(
        PARAMETERS, "formula: queries * each", "formula: queries + each", "[1].derived[0].formula", ("cannot add",)
    ),
    "formula of nothing": Case(
        PARAMETERS, "each: chatgpt-query-altman-2025", "each: nobody-2020", "[1].derived[0].uses.each", ("'nobody-2020'",), at="uses:"
    ),
    "superseded choice": Case(
        ALTMAN, "    caveats: [The method is not given.]", "    relates: [{type: superseded-by, figure: chatgpt-daily-kolbert-2024}]",
        "[0].choices[0].figure", ("superseded", "chatgpt-daily-kolbert-2024"), at="chatgpt-query-altman-2025", where=PARAMETERS,
    ),
    "same purpose twice": Case(
        PARAMETERS, "quantity: electricity-per-day", "quantity: electricity-per-query  # again", "[1].quantity",
        ("chatgpt-electricity-per-query chooses too",), at="# again",
    ),
    "home without region": Case(HOMES, "  region: US\n", "", "[0].region", ("nothing", "the code of the region"), at="id: us-home"),
    "alias of two subjects": Case(
        SUBJECTS, "  kind: company", "  aliases: {en: [chat-gpt]}\n  kind: service", "[1].aliases.en[0]",
        ("'chat-gpt', also a name of chatgpt", "one subject of its kind"),
    ),
    "alias of two regions": Case(REGIONS, "  name: {en: California", "  aliases: {zh: [美國]}\n  name: {en: California", "[2].aliases.zh[0]", ("'美國', also a name of US",)),
    "alias of nothing": Case(SUBJECTS, "en: [Chat GPT,", "en: ['-',", "[0].aliases.en[0]", ("'-'", "letters or digits")),
    "region inside itself": Case(REGIONS, "  name: {en: World", "  part_of: US\n  name: {en: World", "[0].part_of", ("world in US in world",)),
    "region and subject of one id": Case(SUBJECTS, "- id: openai", "- id: us", "[1].id", ("'us' of kind company", "means the region US")),
    "columns": Case(CSV, "source,quantity", "quantity,source", "(row)", ("the columns quantity,source", "source,quantity,region,as_of,value,checked")),
    "cells": Case(CSV, "US,2024,384.5,secondary", "US,2024,384.5", "(row)", ("5 cells", "6 cells"), at="384.5"),
    "row of no source": Case(CSV, "ember-2025", "ember-2024", "source", ("'ember-2024'", "did you mean 'ember-2025'")),
    "row of no region": Case(CSV, "US,2024", "UX,2024", "region", ("'UX'", "the id of a region"), at="UX"),
    "row of no table": Case(CSV, "grid-carbon-intensity,US", "queries-per-day,US", "quantity", ("listed 0 times", "now listed: grid-carbon-intensity"), at="queries"),
    "row without number": Case(CSV, "384.5", '"1,384.5"', "value", ("'1,384.5'", "without commas"), at="1,384.5"),
    "row with nan": Case(CSV, "384.5", "nan", "value", ("'nan'", "a finite number"), at="nan"),
    "row with a wrong word": Case(CSV, "384.5,secondary", "384.5,second-hand", "checked", ("'second-hand'", "'primary', 'secondary' or 'memory'"), at="second-hand"),
    "row twice": Case(CSV, "ember-2025,grid-carbon-intensity,NO", "ember-2025,grid-carbon-intensity,US", "region", ("a second time", f"{CSV}:2"), at="US,2024,28"),
    "row measured in the future": Case(EMBER, "basis: modelled", "basis: measured", "as_of", ("'2031' (measured)",), at="2031", where=CSV),
    "quantity without sentence": Case(
        QUANTITIES, "  statement:\n    en: In {year} electricity in {region} came with {value} {unit}.\n    zh: \"{year} 年{region}的电力排放为 {value} {unit}。\"\n",
        "", "quantity", ("no `statement`",), at="US,2024", where=CSV,
    ),
    "placeholder": Case(QUANTITIES, "In {year}", "In {when}", "[3].statement", ("when", "{region}, {subject}, {value}, {unit}, {year}"), at="statement:"),
    "collection of another name": Case(CLAIMS, "id: heard", "id: herd", "id", ("'herd'", "the name of the file, heard")),
    "collection of no source": Case(CLAIMS, "about: {", "source: nobody-2020\nabout: {", "source", ("'nobody-2020'", "the id of a source")),
    "claim twice": Case(CLAIMS, "- id: thirsty", "- id: half-a-gigawatt-hour  # again", "claims[1].id", ("a second time",), at="# again"),
    "unknown verdict": Case(CLAIMS, "verdict: outdated", "verdict: outdatd", "claims[0].verdict", ("'outdatd'", "did you mean 'outdated'")),
    "verdict that is also the other": Case(CLAIMS, "acceptable: [disputed]", "acceptable: [outdated]", "claims[0].acceptable", ("other than",)),
    "claim that rests on nothing": Case(
        CLAIMS, "verdict: no-source-known\n    evidence: {en: Nobody says so., zh: 没有人这样说。}\n    sources: [altman-2025]",
        "verdict: contradicted\n    evidence: {en: Nobody says so., zh: 没有人这样说。}", "claims[1].verdict",
        ("'contradicted' without a figure or source",), at="verdict: contradicted",
    ),
    "wrong arithmetic without a sum": Case(
        CLAIMS, "verdict: no-source-known", "verdict: arithmetic-wrong", "claims[1].arithmetic", ("the sum as it comes out",), at="id: thirsty",
    ),
    "claim on no figure": Case(
        CLAIMS, "figures: [chatgpt-daily-kolbert-2024]", "figures: [chatgpt-daily-kolbert-2023]", "claims[0].figures[0]",
        ("'chatgpt-daily-kolbert-2023'", "did you mean 'chatgpt-daily-kolbert-2024'"),
    ),
    "claim on no source": Case(CLAIMS, "sources: [altman-2025]", "sources: [altman-2026]", "claims[1].sources[0]", ("did you mean 'altman-2025'",)),
    "claim of no subject": Case(CLAIMS, "subject: chatgpt", "subject: chatgtp", "claims[0].numbers[0].subject", ("did you mean 'chatgpt'",)),
    "claim of no quantity": Case(CLAIMS, "quantity: electricity-per-day", "quantity: electricity", "claims[0].numbers[0].quantity", ("'electricity'",)),
    "claim in no unit": Case(CLAIMS, "value: 500, unit: MWh/day", "value: 500, unit: MhW/day", "claims[0].numbers[0].unit", ("'MhW/day'", "units.txt")),
    "claim in an unfitting unit": Case(
        CLAIMS, "value: 500, unit: MWh/day", "value: 500, unit: MWh", "claims[0].numbers[0].unit", ("'MWh' (energy)", "electricity-per-day"),
    ),
    "claim of no number": Case(CLAIMS, "low: 1, high: 2", "low: 1", "claims[1].numbers[0]", ("either `value`, or `low` and `high`",), at="low: 1"),
    "claim out of order": Case(CLAIMS, "low: 1, high: 2", "low: 3, high: 2", "claims[1].numbers[0]", ("in this order of size",), at="low: 3"),
    "origin of no source": Case(
        CLAIMS, "origin: {source: kolbert-2024, figure: chatgpt-daily-kolbert-2024}\n    repeated_by:\n      - {source: altman-2025, takes_from: kolbert-2024,",
        "origin: {source: kolbert-2023}\n    repeated_by:\n      - {source: altman-2025,", "claims[0].origin.source", ("did you mean 'kolbert-2024'",),
        at="origin:",
    ),
    "figure of another teller": Case(
        CLAIMS, "figure: chatgpt-daily-kolbert-2024}\n", "figure: chatgpt-query-altman-2025}\n", "claims[0].origin.figure",
        ("a figure of altman-2025", "a figure of kolbert-2024"),
    ),
    "taken from nobody": Case(
        CLAIMS, "takes_from: kolbert-2024", "takes_from: ember-2025", "claims[0].repeated_by[0].takes_from", ("'ember-2025'", "given before it: kolbert-2024"),
    ),
    "said before its origin": Case(
        CLAIMS, "origin: {source: kolbert-2024, figure: chatgpt-daily-kolbert-2024}\n    repeated_by:\n      - {source: altman-2025, takes_from: kolbert-2024,",
        "origin: {source: altman-2025}\n    repeated_by:\n      - {source: kolbert-2024,", "claims[0].repeated_by[0].source",
        ("'kolbert-2024' of 2024-03-09", "one of 2025-06-10 or later"), at="{source: kolbert-2024,",
    ),
    "said in the future": Case(
        CLAIMS, "{source: altman-2025, takes_from", '{source: altman-2025, date: "2026-02", takes_from', "claims[0].repeated_by[0].date",
        ("'2026-02'", "2026-01-15"),
    ),
    "said twice by one": Case(
        CLAIMS, "{source: altman-2025, takes_from", "{source: kolbert-2024, takes_from", "claims[0].repeated_by[0].source", ("a second time",),
    ),
    "since beside a dated origin": Case(
        CLAIMS, '    checked: "2026-01-10"', '    since: "2024"\n    checked: "2026-01-10"', "claims[0].since", ("the date of the origin tells",),
        at='checked: "2026-01-10"',
    ),
    "checked in the future": Case(CLAIMS, '"2026-01-10"', '"2026-02"', "claims[0].checked", ("'2026-02'", "2026-01-15")),
    "sum that does not come out": Case(CLAIMS, "= 182.5 [GWh]", "= 18.25 [GWh]", "claims[0].arithmetic[0]", ("which comes to 182.5", "= 182.5")),
    "sum of the wrong dimension": Case(CLAIMS, "= 182.5 [GWh]", "= 182.5 [GWh/day]", "claims[0].arithmetic[0]", ("cannot convert",)),
    "sum in no unit": Case(CLAIMS, "= 182.5 [GWh]", "= 182.5 [flurbs]", "claims[0].arithmetic[0]", ("'flurbs'", "units.txt")),
    "sum without a result": Case(CLAIMS, " = 304 [day]", "", "claims[0].arithmetic[1]", ("= number",), at="182.5 [GWh] /"),
    "sum with a word": Case(CLAIMS, "/ 600 [MWh/day]", "/ much", "claims[0].arithmetic[1]", ("'much' in it",)),
    "sum by nothing": Case(CLAIMS, "/ 600 [MWh/day]", "/ 0 [MWh/day]", "claims[0].arithmetic[1]", ("cannot divide",)),
    "sum of a number from nowhere": Case(
        CLAIMS, "/ 600 [MWh/day]", "/ 599.9 [MWh/day]", "claims[0].arithmetic[1]", ("found 599.9 MWh/day", "values of `figures`"),
    ),
    "call of no name": Case(CLAIMS, "tool: service_energy", "tool: Service Energy", "claims[0].call.tool", ("'Service Energy'", "service_energy")),
}  # fmt: skip
