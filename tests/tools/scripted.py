"""A language model in name only: an HTTP server on loopback that gives scripted answers and keeps what it was sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Model:
    """The script: bodies that are answered one after the other, and the requests that came."""

    answers: list[Any]
    address: str = ""
    paths: list[str] = field(default_factory=list)
    requests: list[Any] = field(default_factory=list)


@contextmanager
def scripted(*answers: Any) -> Iterator[Model]:
    """Serve a script."""
    model = Model(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            model.paths.append(self.path)
            model.requests.append(json.loads(self.rfile.read(length)))
            body = json.dumps(model.answers[len(model.requests) - 1]).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Keep the output of the tests clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    model.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
