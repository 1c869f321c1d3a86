"""The application: the only module that knows every layer."""

from __future__ import annotations

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Contact, License, Server

from service import __version__
from service.api import calculators, catalogue, health, openapi, problems, tools
from service.desk import Desk
from service.settings import Settings
from service.store.build import ready
from service.store.queries import Knowledge
from service.web import pages

_ABOUT = (
    "Sourced answers about the energy use of AI: deterministic calculators over a curated base of cited figures. "
    "Every number in an answer comes with its source, its derivation and the estimates that compete with it."
)


def create_app(settings: Settings | None = None) -> Litestar:
    """The service over the knowledge file of the settings, which is built first where it is missing or stale."""
    settings = settings or Settings.load()
    desk = Desk(Knowledge(ready(settings.knowledge)), settings)
    modules = (calculators, catalogue, tools, health, openapi, pages)
    return Litestar(
        [handler for module in modules for handler in module.handlers(desk)],
        openapi_config=OpenAPIConfig(
            title="Wattcite",
            version=__version__,
            description=_ABOUT,
            license=License(name="Apache-2.0", identifier="Apache-2.0"),
            contact=Contact(name="The Wattcite contributors"),
            servers=[Server(url=settings.public_url)],
            use_handler_docstrings=True,
            render_plugins=[],
        ),
        exception_handlers=problems.HANDLERS,
        compression_config=CompressionConfig(backend="gzip", minimum_size=2048),
        request_max_body_size=settings.max_body,
        on_shutdown=[desk.knowledge.close],
        debug=False,
    )
