"""`make bench`: every figure is a ratio of two things measured in turn in one run, so a slow machine does not matter."""

from __future__ import annotations

import sys

from tests.benchmarks import (
    bench_ask,
    bench_cold,
    bench_http,
    bench_machines,
    bench_mcp,
    bench_pages,
    bench_search,
    bench_tools,
)
from tests.benchmarks.table import Measured, as_table


def main() -> int:
    """Run all, or those whose name holds one of the arguments; 1 when a limit is missed."""
    wanted = sys.argv[1:]
    measured: list[Measured] = []
    for module in (
        bench_http,
        bench_tools,
        bench_mcp,
        bench_cold,
        bench_search,
        bench_pages,
        bench_ask,
        bench_machines,
    ):
        name = module.__name__.rpartition(".")[2]
        if not wanted or any(word in name for word in wanted):
            print(f"measuring {name} …", file=sys.stderr, flush=True)
            measured += module.measure()
    print(as_table(measured))
    return int(not all(each["held"] for each in measured))


if __name__ == "__main__":
    sys.exit(main())
