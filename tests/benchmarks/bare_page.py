"""The yardstick for pages: a Litestar application that renders a constant of the same size with Jinja2."""

from __future__ import annotations

import os
from pathlib import Path

from litestar import Litestar, get
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template
from litestar.template import TemplateConfig

FOLDER = "BENCHMARK_PAGE"
NAME = "page.html"


def create_app() -> Litestar:
    """One GET route."""

    @get("/", sync_to_thread=False)
    def page() -> Template:
        return Template(NAME, context={"title": "a page"})

    config = TemplateConfig(directory=Path(os.environ[FOLDER]), engine=JinjaTemplateEngine)
    return Litestar([page], template_config=config, openapi_config=None)
