"""What is counted while serving, for Prometheus: requests by route, calls of tools by dialect and outcome, and how long they took.

Loaded only where metrics are asked for: its library takes a tenth of the memory of a worker.
"""

from __future__ import annotations

import os
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SHARED: Final = "PROMETHEUS_MULTIPROC_DIR"  # the library's own setting: a folder in which workers count together
_SECONDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Meter:
    """The counts of one worker, told together with those of its neighbours where they share a folder."""

    def __init__(self) -> None:
        """Begin to count from zero."""
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "wattcite_http_requests",
            "Requests by route, method and status.",
            ("route", "method", "status"),
            registry=self._registry,
        )
        self._took = Histogram(
            "wattcite_http_request_seconds",
            "Time to answer, by route.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._calls = Counter(
            "wattcite_tool_calls",
            "Calls of tools by dialect and outcome: answered, or the code of the error.",
            ("tool", "dialect", "outcome"),
            registry=self._registry,
        )
        self._ran = Histogram(
            "wattcite_tool_seconds",
            "Time a tool took, by dialect.",
            ("tool", "dialect"),
            buckets=_SECONDS,
            registry=self._registry,
        )

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count an HTTP request."""
        self._requests.labels(route, method, str(status)).inc()
        self._took.labels(route).observe(seconds)

    def call(self, tool: str, dialect: str, outcome: str, seconds: float) -> None:
        """Count a call of a tool."""
        self._calls.labels(tool, dialect, outcome).inc()
        self._ran.labels(tool, dialect).observe(seconds)

    def told(self) -> bytes:
        """All counts in the text format of Prometheus."""
        if SHARED not in os.environ:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)
