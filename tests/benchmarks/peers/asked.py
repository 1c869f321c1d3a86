"""How often in a second of processor time a function is called in one process: `python -m tests.benchmarks.peers.asked NAME SECONDS`.

Each peer is asked in its own environment, so nothing is imported here before its name is known. The calls differ in the
number of tokens, so that nothing is kept from one to the next.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

_WARM = 200
_TOKENS = range(100, 100_000)


def ecologits() -> Callable[[int], object]:
    """EcoLogits' function for one answer of a model, as its tracers call it; they give it the time that the answer took."""
    from ecologits.tracers.utils import llm_impacts

    return lambda tokens: llm_impacts("huggingface_hub", "openai/gpt-oss-120b", tokens, 10.0)


def wattcite() -> Callable[[int], object]:
    """The whole answer about one prompt of the same model, as JSON."""
    from service.run import run_encoded
    from service.settings import Settings
    from service.store.build import ready
    from service.store.queries import Knowledge

    knowledge = Knowledge(ready(Settings.load().knowledge))
    return lambda tokens: run_encoded(knowledge, "inference_energy", {"model": "gpt-oss-120b", "output_tokens": tokens})


def rate(call: Callable[[int], object], seconds: float) -> float:
    """Calls a second."""
    tokens = iter(_TOKENS)
    for _ in range(_WARM):
        call(next(tokens))
    done, began = 0, time.process_time()
    while time.process_time() - began < seconds:
        call(next(tokens))
        done += 1
    return done / (time.process_time() - began)


if __name__ == "__main__":
    print(rate({"ecologits": ecologits, "wattcite": wattcite}[sys.argv[1]](), float(sys.argv[2])))
