"""Declaring calculators: what is wrong with a declaration is said when it is made, and registers nothing."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Annotated, Any

import pytest
from pydantic import Field

from service.core import calculator as module
from service.core.calculator import Compute, Figures, Result, calculator, discover, registry
from service.core.inputs import Inputs
from service.core.quantity import Quantity


class DescribedInputs(Inputs):
    """Inputs as they should be."""

    count: Annotated[float, Field(description="How many.")]


class UndescribedInputs(Inputs):
    """Inputs of which two say nothing."""

    count: float
    size: float
    share: Annotated[float, Field(description="A share.")]


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a test declares is forgotten after it."""
    before = dict(registry)
    yield
    module._registry.clear()
    module._registry.update(before)


def double_count(inputs: DescribedInputs, figures: Figures) -> Iterator[Result]:
    """Twice as many."""
    yield Result("double", figures.given("count", inputs.count, "") * 2)


def test_a_declaration_registers_under_the_name_of_the_function() -> None:
    assert calculator(reads=("electricity-per-query",))(double_count) is double_count
    found = registry["double_count"]
    assert (found.name, found.inputs, found.compute) == ("double_count", DescribedInputs, double_count)
    assert (found.reads, found.description) == (frozenset({"electricity-per-query"}), "Twice as many.")


class GivenOnly:
    """Figures of a test: plain numbers of the caller's and nothing else."""

    def given(self, name: str, value: float, unit: str) -> Quantity:
        return Quantity(value, unit, reference=f"input:{name}")


def test_results_come_one_at_a_time_from_figures_alone() -> None:
    calculator(reads=())(double_count)
    figures: Any = GivenOnly()
    results = registry["double_count"].compute(DescribedInputs(count=4), figures)
    first = next(results)
    assert (first.name, first.quantity.value, first.about) == ("double", 8, {})
    assert list(results) == []


def without_docstring(inputs: DescribedInputs, figures: Figures) -> Iterator[Result]:
    yield Result("x", Quantity(1))


def blank_docstring(inputs: DescribedInputs, figures: Figures) -> Iterator[Result]:
    """ """
    yield Result("x", Quantity(1))


def undescribed_fields(inputs: UndescribedInputs, figures: Figures) -> Iterator[Result]:
    """Something."""
    yield Result("x", Quantity(1))


def wrong_annotation(inputs: int, figures: Figures) -> Iterator[Result]:
    """Something."""
    yield Result("x", Quantity(1))


def no_annotation(inputs, figures):  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Something."""
    yield Result("x", Quantity(1))


def no_arguments() -> Iterator[Result]:
    """Something."""
    yield Result("x", Quantity(1))


def unknown_annotation(inputs: Nowhere, figures: Figures) -> Iterator[Result]:  # type: ignore[name-defined]  # noqa: F821
    """Something."""
    yield Result("x", Quantity(1))


@pytest.mark.parametrize(
    ("compute", "message"),
    [
        (without_docstring, "without_docstring: a calculator needs a docstring"),
        (blank_docstring, "blank_docstring: a calculator needs a docstring"),
        (undescribed_fields, "undescribed_fields: inputs without a description: count, size"),
        (wrong_annotation, "wrong_annotation: the first argument must be annotated with a subclass of Inputs"),
        (no_annotation, "no_annotation: the first argument must be annotated"),
        (no_arguments, "no_arguments: the first argument must be annotated"),
        (unknown_annotation, "unknown_annotation: an annotation cannot be resolved: name 'Nowhere' is not defined"),
    ],
)
def test_a_faulty_declaration_registers_nothing(compute: Compute, message: str) -> None:
    before = dict(registry)
    with pytest.raises(TypeError, match=message):
        calculator(reads=())(compute)
    assert dict(registry) == before


def test_a_twin_names_both_modules_and_the_first_stays() -> None:
    calculator(reads=())(double_count)

    def twin(inputs: DescribedInputs, figures: Figures) -> Iterator[Result]:
        """Twice as many, again."""
        yield Result("double", Quantity(2))

    twin.__name__ = "double_count"
    with pytest.raises(TypeError, match=f"two calculators are called 'double_count': {__name__} and {__name__}"):
        calculator(reads=())(twin)
    assert registry["double_count"].compute is double_count


def test_the_registry_cannot_be_changed_from_outside() -> None:
    with pytest.raises(TypeError):
        registry["x"] = None  # type: ignore[index]


def test_discovery_imports_every_module_in_order(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "counted_calculators"
    package.mkdir()
    (package / "__init__.py").write_text("seen = []\n")
    for name in ("beta", "alpha"):
        (package / f"{name}.py").write_text("import counted_calculators\ncounted_calculators.seen.append(__name__)\n")
    monkeypatch.syspath_prepend(tmp_path)
    found = __import__("counted_calculators")
    assert isinstance(found, ModuleType)
    discover(found)
    assert found.seen == ["counted_calculators.alpha", "counted_calculators.beta"]
