"""A model in name only on a port of this machine: scripted, streaming, and aware of who hangs up."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, Final

from tests.chat.said import chunks, completion, lines

_TICK: Final = 0.05


@dataclass
class Upstream:
    """What it is to say, one message after the other, and what it was asked; `pours` streams words until nobody reads."""

    script: list[dict[str, Any]]
    pours: bool = False
    address: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    asked: Event = field(default_factory=Event)  # set once it was asked something
    left: Event = field(default_factory=Event)  # set once a reader has hung up


@contextmanager
def upstream(*script: dict[str, Any], pours: bool = False) -> Iterator[Upstream]:
    """Serve a script."""
    model = Upstream(list(script), pours)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(
                b'{"object": "list", "data": [{"id": "small", "object": "model"}, {"id": "large", "object": "model"}]}'
            )

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            model.requests.append(asked)
            model.asked.set()
            if model.pours:
                self._pour()
                return
            message = model.script[min(len(model.requests), len(model.script)) - 1]
            if asked.get("stream"):
                self._send(lines(chunks(message)), "text/event-stream")
            else:
                self._send(json.dumps(completion(message)).encode())

        def _send(self, body: bytes, kind: str = "application/json") -> None:
            self.send_response(200)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _pour(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.end_headers()
            first, *_ = chunks({"content": "Well. "})
            first["choices"][0]["delta"] = {"content": "Well, and so on. "}
            try:
                for _ in range(1200):
                    self.wfile.write(lines([first], done=False))
                    self.wfile.flush()
                    time.sleep(_TICK)
            except OSError:
                model.left.set()

        def log_message(self, *_: Any) -> None:
            """Keep the output of the tests clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model.address = f"http://127.0.0.1:{server.server_port}/v1"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
