"""Electricity of answers from the size of a model, by three published methods.

None of them measures. All take the arithmetic or the memory traffic of one token to grow with the parameters that work
on it; they differ in how many requests they think a server answers at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Protocol

from service.core.calculator import Figures
from service.core.energy import scaled
from service.core.packages import Computed
from service.core.quantity import Quantity

_ACTIVE, _TOTAL = "parameters-active", "parameters-total"
_FLOP, _PEAK = "flop-per-parameter-generated-token", "peak-dense-16bit-throughput"
_DECODE, _PREFILL = "decode-flops-utilization", "prefill-flops-utilization"
_SERVER, _RATED, _FRACTION = "server-power-per-accelerator", "rated-power", "power-fraction-of-rating"
_PUE, _OVERHEAD = "pue", "serving-overhead"
_SLOPE, _CONSTANT = "gpu-energy-per-output-token-per-billion-parameters", "regression-energy-gamma"
_LATENCY: Final = tuple(f"regression-latency-{name}" for name in ("alpha", "beta", "gamma"))
_REST, _GPUS, _BATCH = "server-power-without-gpus", "accelerators-per-server", "batch-size"
_MEMORY, _BYTES, _ROOM = "memory-per-accelerator", "bytes-per-parameter", "memory-overhead-factor"
_PACKAGE: Final = "package-electricity-per-answer"
# What these functions may read: calculators that use them declare these too.
READS: Final = (
    _ACTIVE, _TOTAL, _FLOP, _PEAK, _DECODE, _PREFILL, _SERVER, _RATED, _FRACTION, _PUE, _OVERHEAD, _SLOPE, _CONSTANT,
    *_LATENCY, _REST, _GPUS, _BATCH, _MEMORY, _BYTES, _ROOM, _PACKAGE,
)  # fmt: skip
_LAW, _EPOCH, _ECOLOGITS, _ECOCOST = "transformer", "epoch-inference", "ecologits", "ecocost"  # whose figures they are
_REFERENCE_CHIP: Final = "nvidia-h100-sxm"  # in whose time ecocost counts
# Of each method the quantity whose figure stands for it among the estimates.
STANDS: Final = {"physics": _FRACTION, "ecologits": _SLOPE, "ecocost": _OVERHEAD, "package": _PACKAGE}
PACKAGES: Final = (_ECOLOGITS, _ECOCOST)  # which are asked themselves where they are installed


class Described(Protocol):
    """How a caller describes the answers; what is None is not given."""

    @property
    def model(self) -> str | None: ...  # noqa: D102 - the inputs of the same names
    @property
    def parameters(self) -> float | None: ...  # noqa: D102
    @property
    def parameters_total(self) -> float | None: ...  # noqa: D102
    @property
    def output_tokens(self) -> float: ...  # noqa: D102
    @property
    def input_tokens(self) -> float | None: ...  # noqa: D102
    @property
    def count(self) -> float: ...  # noqa: D102
    @property
    def accelerator(self) -> str: ...  # noqa: D102
    @property
    def utilisation(self) -> float | None: ...  # noqa: D102
    @property
    def pue(self) -> float | None: ...  # noqa: D102


class Case:
    """The quantities of one call that the methods share."""

    def __init__(self, described: Described, figures: Figures) -> None:
        self.described = described
        self.figures = figures

    @cached_property
    def active(self) -> Quantity:
        """Parameters that work on each token. Raises `NothingKnown` where the model's are not known."""
        return self._parameters("parameters", self.described.parameters, _ACTIVE)

    @cached_property
    def total(self) -> Quantity:
        """All parameters; those that work on each token where no more are known of."""
        own, model = self.described.parameters_total, self.described.model
        if own is None and (
            self.described.parameters is not None or not model or not self.figures.knows(_TOTAL, model)
        ):
            return self.active
        return self._parameters("parameters_total", own, _TOTAL)

    def _parameters(self, name: str, given: float | None, quantity: str) -> Quantity:
        if given is not None:
            return self.figures.given(name, given, "")
        assert self.described.model is not None
        found = self.figures.find(quantity, self.described.model)
        if found is None:
            raise self.figures.absent("no_model_size", subject=self.figures.subject(self.described.model))
        return found

    @cached_property
    def count(self) -> Quantity:
        """How many answers."""
        return self.figures.given("count", self.described.count, "prompt")

    @cached_property
    def output_tokens(self) -> Quantity:
        """Tokens of one answer."""
        return self.figures.given("output_tokens", self.described.output_tokens, "token")

    def pue(self, whose: str) -> Quantity | None:
        """The caller's PUE, or the one of a method."""
        given = self.described.pue
        return self.figures.find(_PUE, whose) if given is None else self.figures.given("pue", given, "")

    def utilisation(self, whose: str) -> Quantity | None:
        """The share of the peak that generating uses: the caller's, or the one of a method."""
        given = self.described.utilisation
        return self.figures.find(_DECODE, whose) if given is None else self.figures.given("utilisation", given, "")

    def time_on(self, chip: str, whose: str) -> Quantity | None:
        """Seconds of one chip for one prompt: arithmetic of the tokens over its peak and how much of that is used."""
        each, peak = self.figures.find(_FLOP, _LAW), self.figures.find(_PEAK, chip)
        share = self.utilisation(whose)
        if each is None or peak is None or share is None:
            return None
        work = (each * self.active * self.output_tokens).named("decode_flop", "TFLOP")
        time = (work / (peak * share)).named("decode_time", "s")
        if not self.described.input_tokens:
            return time
        reading = self.figures.find(_PREFILL, _ECOCOST)  # the only figure there is
        if reading is None:
            return None
        tokens = self.figures.given("input_tokens", self.described.input_tokens, "token")
        work = (each * self.active * tokens).named("prefill_flop", "TFLOP")
        return (time + (work / (peak * reading)).named("prefill_time", "s")).named("accelerator_time", "s")


def physics(case: Case) -> Quantity | None:
    """Arithmetic over speed: time on the chip × power of its share of the server × PUE, as Epoch AI reckons."""
    chip = case.described.accelerator
    time, share, pue = case.time_on(chip, _EPOCH), case.figures.find(_FRACTION, _EPOCH), case.pue(_EPOCH)
    power = case.figures.find(_SERVER, chip)
    if power is None:
        power = case.figures.find(_RATED, chip)
        case.figures.remark("accelerator_power_only", accelerator=case.figures.subject(chip))
    if time is None or power is None:
        raise case.figures.absent("no_accelerator_figures", subject=case.figures.subject(chip))
    if share is None or pue is None:
        return None
    return scaled((time * power * share * pue * case.count).named("physics-electricity", "Wh"))


def ecologits(case: Case) -> Quantity | None:
    """EcoLogits: a regression on measured H100 servers that answer many requests at once, of generated tokens alone."""
    names = (_SLOPE, _CONSTANT, *_LATENCY, _REST, _GPUS, _BATCH)
    found = [case.figures.find(name, _ECOLOGITS) for name in names]
    gpus, pue = _gpu_count(case), case.pue(_ECOLOGITS)
    known = [figure for figure in found if figure is not None]
    if len(known) < len(names) or gpus is None or pue is None:
        return None
    slope, constant, alpha, beta, gamma, rest, per_server, batch = known
    billions = case.active / Quantity(1, "billion")
    chip = (slope * billions.named("billions", "") + constant).named("gpu_per_token", "Wh")
    time = (alpha * billions.named("billions", "") + beta * batch + gamma).named("token_time", "s")
    server = (time * rest / per_server / batch).named("server_per_token", "Wh")
    token = ((chip + server) * gpus).named("per_token", "Wh")
    return scaled((token * case.output_tokens * pue * case.count).named("ecologits-electricity", "Wh"))


def _gpu_count(case: Case) -> Quantity | None:
    """GPUs whose memory holds the model, rounded up to a power of two, at each end of the range.

    The rounding is no operation of quantities, so the count is a leaf; the memory that it follows from stands in the
    caveats.
    """
    memory, each, room = (case.figures.find(name, _ECOLOGITS) for name in (_MEMORY, _BYTES, _ROOM))
    if memory is None or each is None or room is None:
        return None
    needed = (case.total * each * room).to("GB")
    filled = (needed / memory).to("")
    low, value, high = (_power_of_two(end) for end in (filled.low, filled.value, filled.high))
    case.figures.remark("gpus_for_memory", memory=needed, each=memory, gpus=str(round(value)))
    return Quantity(value, "", low, high, "input:gpu_count")


def _power_of_two(least: float) -> float:
    found = 1.0
    while found < least:
        found *= 2
    return found


def ecocost(case: Case) -> Quantity | None:
    """Ecocost: H100 time × rated power × overhead of the servers × PUE, all with wide ranges."""
    time, pue = case.time_on(_REFERENCE_CHIP, _ECOCOST), case.pue(_ECOCOST)
    power, overhead = case.figures.find(_RATED, _REFERENCE_CHIP), case.figures.find(_OVERHEAD, _ECOCOST)
    if time is None or pue is None or power is None or overhead is None:
        return None
    return scaled((time * power * overhead * pue * case.count).named("ecocost-electricity", "Wh"))


@dataclass(frozen=True, slots=True)
class Question:
    """One answer of a language model, as a package is asked about it."""

    active: Quantity
    total: Quantity
    input_tokens: float
    output_tokens: float
    pue: Quantity


def packaged(case: Case, name: str) -> Computed | None:
    """What an installed package itself says of the same size, tokens and PUE; None where it is not installed."""
    pue = case.pue(name)
    if pue is None:
        return None
    described = case.described
    question = Question(case.active, case.total, described.input_tokens or 0, described.output_tokens, pue)
    found = case.figures.computed(name, _PACKAGE, question)
    return found and replace(found, quantity=scaled((found.quantity * case.count).named(f"{name}-package", "Wh")))
