"""Every claim can be read, with its verdict, its evidence and who said it; filters, languages, faults, runnable calls."""

from __future__ import annotations

from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from service.lookups.claims import ClaimRecord
from service.store.claims import claims_about
from service.store.queries import Knowledge
from tests.api.calls import adapter

Client = TestClient[Litestar]
TEN_TIMES = "/v1/claims/ten-times-a-google-search"


@pytest.fixture(scope="module")
def records(client: Client) -> list[dict[str, Any]]:
    found = client.get("/v1/claims?limit=100").json()
    assert found["total"] == len(found["items"]) > 50
    return list(found["items"])


def test_all_are_listed_and_each_is_the_same_by_its_id(
    client: Client, records: list[dict[str, Any]], knowledge: Knowledge
) -> None:
    assert [record["id"] for record in records] == [each.id for each in claims_about(knowledge)]
    for record in records:
        adapter(ClaimRecord).validate_python(record, strict=True)
        assert client.get(f"/v1/claims/{record['id']}").json() == record
        assert record["figures"] or record["sources"]


def test_one_in_full(client: Client) -> None:
    record = client.get(TEN_TIMES).json()
    assert (record["verdict"], record["verdict_name"], record["collection"]) == ("outdated", "outdated", "myths")
    assert record["origin"]["source"]["id"] == "voa-2023-ai-costs"
    assert record["since"] == record["origin"]["date"] == "2023-02"
    told = {telling["source"]["id"]: telling["takes_from"] for telling in record["repeated_by"]}
    assert told["epri-2024"] == "devries-2023"
    # 2.9 ÷ 0.3 = 9.666…
    assert record["arithmetic"][0] == "2.9 Wh ÷ 0.3 Wh = 9.67"
    assert record["figures"][0]["citation"] == "de Vries (2023)"
    assert record["call"] == {
        "tool": "compare",
        "inputs": {"subjects": ["chatgpt", "google-search"], "quantity": "electricity-per-query"},
    }


def test_an_articles_claims_are_said_by_it(client: Client) -> None:
    page = client.get("/v1/claims?collection=founding-article&limit=100").json()
    assert page["total"] == 29
    assert [item["position"] for item in page["items"]] == list(range(1, 30))
    assert {item["said_by"]["id"] for item in page["items"]} == {"ybzhan-2024"}
    assert client.get(TEN_TIMES).json()["said_by"] is None


def test_said_in_each_language(client: Client) -> None:
    said = {
        language: client.get(TEN_TIMES, params={"language": language}).json()
        for language in ("en", "zh-Hans", "zh-Hant")
    }
    assert said["zh-Hans"]["verdict_name"] == "已过时"
    assert said["zh-Hant"]["verdict_name"] == "已過時"
    assert said["zh-Hant"]["statement"].startswith("一次ChatGPT請求")
    assert said["zh-Hans"]["arithmetic"][0] == "2.9瓦时 ÷ 0.3瓦时 = 9.67"
    assert len({record["evidence"] for record in said.values()}) == 3


def ids(client: Client, **query: str) -> set[str]:
    page = client.get("/v1/claims", params={**query, "limit": "100"}).json()
    assert page["total"] == len(page["items"])
    return {item["id"] for item in page["items"]}


def test_filters_give_exactly_what_fits(client: Client, records: list[dict[str, Any]]) -> None:
    def fitting(fits: Any) -> set[str]:
        return {record["id"] for record in records if fits(record)}

    assert ids(client, verdict="contradicted") == fitting(lambda record: record["verdict"] == "contradicted")
    assert ids(client, collection="myths") == fitting(lambda record: record["collection"] == "myths")
    stated = fitting(
        lambda record: any(
            (n["subject"], n["quantity"]) == ("chatgpt", "electricity-per-day") for n in record["numbers"]
        )
    )
    assert ids(client, subject="ChatGPT", quantity="electricity-per-day") == stated >= {"half-a-million-kwh-a-day"}
    figure = "chatgpt-query-electricity-altman-2025"
    assert ids(client, figure=figure) == fitting(lambda record: figure in {each["id"] for each in record["figures"]})
    assert ids(client, source="epri-2024") == {"ten-times-a-google-search", "three-watt-hours-a-prompt"}


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("bottle of water email", "bottle-of-water-an-email"),
        ("五辆汽车一生", "five-cars-in-their-lifetimes"),
        ("17,000 homes", "seventeen-thousand-homes"),
        ("礼貌 请 谢谢", "politeness-costs-tens-of-millions"),
    ],
)
def test_words(client: Client, words: str, first: str) -> None:
    assert client.get("/v1/claims", params={"q": words}).json()["items"][0]["id"] == first


def test_faults_are_told_with_what_would_be_right(client: Client) -> None:
    answer = client.get("/v1/claims/ten-times-a-gogle-search")
    assert answer.status_code == 404
    assert "ten-times-a-google-search" in answer.text
    answer = client.get("/v1/claims?verdict=false&figure=nothing&collection=myth&limit=0")
    assert answer.status_code == 422
    assert {fault["field"] for fault in answer.json()["faults"]} == {"verdict", "figure", "collection", "limit"}
    assert "myths" in answer.text


def test_every_call_of_a_claim_answers(client: Client, records: list[dict[str, Any]]) -> None:
    calls = [record["call"] for record in records if record["call"]]
    assert len(calls) > 40
    for call in calls:
        answer = client.post(f"/v1/tools/{call['tool']}", json=call["inputs"])
        assert answer.status_code == 200, (call, answer.text)
        assert answer.json()["headline"]["value"] is not None
