"""BoaviztAPI as it comes, under the name by which the benchmarks start servers."""

from __future__ import annotations

from typing import Any


def create_app() -> Any:
    """Its application."""
    from boaviztapi.main import app

    return app
