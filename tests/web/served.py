"""The service on a port of this machine, for what needs a real address."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import uvicorn

from service.app import create_app
from service.settings import Settings
from tests.web.driver import free_port


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """Serve for a while; gives the address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    app = create_app(replace(settings, public_url=address, port=port))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < until, "the service did not start"
        time.sleep(0.02)
    yield address
    server.should_exit = True
    thread.join(timeout=20)
