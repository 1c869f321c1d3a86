"""A small, faultless knowledge folder, written out for tests that then break one thing in it."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "units.txt": "# nothing of our own\n",
    "regions.yaml": """\
- id: world
  name: {en: World, zh: 全球}
- id: US
  name: {en: United States, zh: 美国}
  aliases: {en: [USA, America, American], zh: [美利坚]}
  part_of: world
- id: US-CA
  name: {en: California, zh: 加利福尼亚州}
  part_of: US
- id: "NO"
  name: {en: Norway, zh: 挪威}
  part_of: world
""",
    "quantities.yaml": """\
- id: electricity-per-query
  name: {en: Electricity per query, zh: 每次查询用电量}
  aliases: {en: [energy per prompt], zh: [每次提问耗电]}
  definition: {en: Electricity that one request takes., zh: 一次请求所用的电量。}
  unit: Wh
- id: queries-per-day
  name: {en: Queries per day, zh: 每日查询次数}
  definition: {en: Requests that a service answers in a day., zh: 服务每天回答的请求数。}
  unit: 1/day
- id: electricity-per-day
  name: {en: Electricity use, zh: 用电量}
  aliases: {en: [daily electricity], zh: [每天用电]}
  definition: {en: Electricity used over time., zh: 一段时间内的用电量。}
  unit: MWh/day
- id: grid-carbon-intensity
  name: {en: Carbon intensity of electricity, zh: 电力碳强度}
  definition: {en: Greenhouse gases per kilowatt-hour., zh: 每千瓦时的温室气体排放。}
  unit: g/kWh
  statement:
    en: In {year} electricity in {region} came with {value} {unit}.
    zh: "{year} 年{region}的电力排放为 {value} {unit}。"
""",
    "subjects/services.yaml": """\
- id: chatgpt
  kind: service
  name: {en: ChatGPT, zh: ChatGPT}
  aliases: {en: [Chat GPT, OpenAI's chatbot], zh: [聊天机器人]}
  part_of: openai
- id: openai
  kind: company
  name: {en: OpenAI, zh: OpenAI}
  region: US
""",
    "subjects/homes.yaml": """\
- id: us-home
  kind: home
  name: {en: US home, zh: 美国家庭}
  region: US
""",
    "sources/services/altman-2025.yaml": """\
id: altman-2025
title: The Gentle Singularity
authors: ["Altman, Sam"]
publisher: Personal blog
issued: "2025-06-10"
url: https://example.org/gentle
language: en
kind: company-statement
checked: primary
figures:
  - id: chatgpt-query-altman-2025
    subject: chatgpt
    quantity: electricity-per-query
    value: 0.34
    unit: Wh
    as_of: 2025-06
    region: world
    basis: reported
    scope: An average query; what is counted is not said.
    statement:
      en: An average ChatGPT query uses about 0.34 watt-hours.
      zh: 一次普通的 ChatGPT 查询约用电 0.34 瓦时。
    caveats: [The method is not given.]
    checked: primary
  - id: chatgpt-queries-altman-2025
    subject: chatgpt
    quantity: queries-per-day
    value: 2.5e+9
    unit: 1/day
    as_of: 2025-07
    region: world
    basis: reported
    scope: {en: All prompts., zh: 全部提示。}
    statement: {en: ChatGPT receives 2.5 billion prompts a day., zh: ChatGPT 每天收到 25 亿条提示。}
    checked: secondary
""",
    "sources/services/kolbert-2024.yaml": """\
id: kolbert-2024
title: The Obscene Energy Demands of A.I.
authors: ["Kolbert, Elizabeth"]
organisations: []
publisher: The New Yorker
issued: "2024-03-09"
language: en
kind: press
checked: memory
notes: [Only a repost was seen.]
figures:
  - id: chatgpt-daily-kolbert-2024
    subject: chatgpt
    quantity: electricity-per-day
    value: 500
    low: 400
    high: 600
    unit: MWh/day
    as_of: "2024"
    region: world
    basis: estimated
    scope: Answering requests.
    statement: {en: ChatGPT may use 500 MWh a day., zh: ChatGPT 每天可能用电 500 兆瓦时。}
    relates: [{type: disputed-by, figure: chatgpt-query-altman-2025}]
    checked: memory
""",
    "sources/grids/ember-2025.yaml": """\
id: ember-2025
title: Yearly electricity data
organisations: [Ember]
publisher: Ember
issued: "2025-05"
language: en
kind: dataset
checked: secondary
tables:
  - quantity: grid-carbon-intensity
    unit: g/kWh
    gas: CO2e
    basis: modelled
    scope: Life cycle of generation.
    locator: column "Emissions intensity"
""",
    "grids/grid.csv": """\
source,quantity,region,as_of,value,checked
ember-2025,grid-carbon-intensity,US,2024,384.5,secondary
ember-2025,grid-carbon-intensity,NO,2024,28,secondary
""",
    "parameters/services.yaml": """\
- id: chatgpt-electricity-per-query
  subject: chatgpt
  quantity: electricity-per-query
  region: world
  choices:
    - since: "2025-06-10"
      figure: chatgpt-query-altman-2025
      reason: {en: The only figure of the operator., zh: 运营者给出的唯一数字。}
  review_by: "2026-12-31"
- id: chatgpt-electricity-per-day
  subject: chatgpt
  quantity: electricity-per-day
  region: world
  derived:
    - id: chatgpt-daily-derived
      label: {en: queries × electricity per query, zh: 查询次数 × 每次用电量}
      formula: queries * each
      uses: {queries: chatgpt-queries-altman-2025, each: chatgpt-query-altman-2025}
      as_of: "2025"
      scope: Inference only.
  choices:
    - since: "2024-03-09"
      figure: chatgpt-daily-kolbert-2024
      paired: [chatgpt-query-altman-2025]
      reason: {en: The first estimate., zh: 最早的估计。}
    - since: "2025-07-01"
      figure: chatgpt-daily-derived
      reason: {en: Both factors come from the operator., zh: 两个因数都来自运营者。}
  rivals: [chatgpt-daily-kolbert-2024]
  review_by: "2025-12-31"
""",
    "claims/heard.yaml": """\
id: heard
title: {en: What one hears, zh: 听说}
about: {en: Statements that go around., zh: 流传的说法。}
claims:
  - id: half-a-gigawatt-hour
    statement: {en: ChatGPT uses half a gigawatt-hour a day., zh: ChatGPT 每天用电五十万度。}
    origin: {source: kolbert-2024, figure: chatgpt-daily-kolbert-2024}
    repeated_by:
      - {source: altman-2025, takes_from: kolbert-2024, note: {en: Rounds it., zh: 取了整数。}}
    numbers:
      - {printed: half a gigawatt-hour, subject: chatgpt, quantity: electricity-per-day, value: 500, unit: MWh/day}
    verdict: outdated
    acceptable: [disputed]
    evidence: {en: An estimate of 2024 that nobody renewed., zh: 这是2024年的估计，一直没有更新。}
    arithmetic:
      - 500 [MWh/day] * 365 [day] = 182.5 [GWh]
      - 182.5 [GWh] / 600 [MWh/day] = 304 [day]
    figures: [chatgpt-daily-kolbert-2024]
    call: {tool: service_energy, inputs: {service: chatgpt, period: [day]}}
    checked: "2026-01-10"
  - id: thirsty
    statement: {en: It drinks a river., zh: 它能喝干一条河。}
    numbers:
      - {printed: a river, low: 1, high: 2, unit: "", of: {en: rivers, zh: 河流}}
    verdict: no-source-known
    evidence: {en: Nobody says so., zh: 没有人这样说。}
    sources: [altman-2025]
    since: "2025"
    checked: "2026-01"
""",
}


def write(root: Path, changes: dict[str, tuple[str, str]] | None = None) -> Path:
    """Write the tree below `root`, with the first occurrence of old replaced by new in each of the files in `changes`."""
    for name, text in FILES.items():
        old, new = (changes or {}).get(name, ("", ""))
        assert old in text, f"{old!r} is not in {name}"
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    return root
