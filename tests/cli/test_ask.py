from __future__ import annotations

import json

from tests.cli.conftest import Wattcite


def test_ask(wattcite: Wattcite) -> None:
    result = wattcite("ask", "how", "many", "homes", "equal", "ChatGPT's", "daily", "use")
    assert result.exit_code == 0
    assert result.stdout.startswith("About **")
    assert "Sources" in result.stdout


def test_ask_as_json_is_json_alone(wattcite: Wattcite) -> None:
    answer = json.loads(wattcite("ask", "--json", "训练GPT-3用了多少电").stdout)
    assert (answer["answered"], answer["tool"], answer["language"]) == (True, "training_footprint", "zh-Hans")
    assert answer["headline"]["value"] == 1287  # MWh, Patterson et al. (2021)


def test_no_answer_known(wattcite: Wattcite) -> None:
    result = wattcite("ask", "training energy of GPT-99")
    assert result.exit_code == 3
    assert "GPT-99" in result.stdout
    assert json.loads(wattcite("ask", "--json", "who will win the cup").stdout)["answered"] is False


def test_a_wrong_call(wattcite: Wattcite) -> None:
    assert wattcite("ask", "how much", "--as-of", "soon").exit_code == 2
    assert wattcite("ask", "how much", "--region", "Narnia").exit_code == 2
    assert wattcite("ask").exit_code == 2
