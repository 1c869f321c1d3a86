"""Several machines on one: nginx with the shipped configuration, two replicas, and a store of limits, all on loopback."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from tests.benchmarks.load import free_port

ROOT = Path(__file__).parents[1]
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
STORE = shutil.which("valkey-server") or shutil.which("redis-server")
WITHOUT_CACHE = "proxy_cache off;"
_USER = "user root;" if os.geteuid() == 0 else ""  # so that its workers may enter the folder of a test


class Replica:
    """One replica on a port of its own, which can be replaced."""

    def __init__(self, port: int, built: Path, environment: dict[str, str]) -> None:
        self.port = port
        self._settings = {**os.environ, "WATTCITE_KNOWLEDGE": str(built), **environment}
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "service", "serve", "--port", str(self.port)]
        return subprocess.Popen(
            command, cwd=ROOT, env=self._settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def ready(self) -> None:
        """Wait until it can answer."""
        answers(f"http://127.0.0.1:{self.port}/readyz")

    def replace(self) -> None:
        """Let it end what it does, and start another in its place."""
        self.stop()
        self._process = self._start()
        self.ready()

    def stop(self) -> None:
        """End it as an orchestrator does."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=60)


def answers(address: str, seconds: float = 60) -> None:
    """Wait until an address answers with success."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            if httpx.get(address, trust_env=False, timeout=5).is_success:
                return
        except httpx.HTTPError:
            pass
        if time.monotonic() > deadline:
            raise TimeoutError(address)
        time.sleep(0.05)


@contextmanager
def machines(
    built: Path, folder: Path, *, cache: bool = True, **environment: str
) -> Iterator[tuple[str, list[Replica]]]:
    """The address of nginx, and the replicas behind it."""
    assert NGINX
    with ExitStack() as stack:
        settings = {"WATTCITE_TRUSTED_PROXIES": "127.0.0.1", "WATTCITE_LOG": "off", **environment}
        if STORE:
            settings["WATTCITE_LIMIT_STORE"] = f"redis://127.0.0.1:{stack.enter_context(store())}/0"
        replicas = [Replica(free_port(), built, settings) for _ in range(2)]
        for replica in replicas:
            stack.callback(replica.stop)
            replica.ready()
        port = stack.enter_context(nginx(folder, [replica.port for replica in replicas], cache=cache))
        yield f"http://127.0.0.1:{port}", replicas


@contextmanager
def store() -> Iterator[int]:
    """The port of a Valkey or Redis that keeps nothing."""
    assert STORE
    port = free_port()
    with subprocess.Popen([STORE, "--port", str(port), "--save", ""], stdout=subprocess.DEVNULL) as process:
        try:
            yield port
        finally:
            process.terminate()


@contextmanager
def nginx(folder: Path, replicas: list[int], *, cache: bool) -> Iterator[int]:
    """The shipped configuration with addresses of this machine in it."""
    assert NGINX
    port = free_port()
    text = (ROOT / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("/var/cache/nginx", str(folder)).replace("listen 8080;", f"listen 127.0.0.1:{port};")
    for number, replica in enumerate(replicas, start=1):
        text = text.replace(f"replica-{number}:8000", f"127.0.0.1:{replica}")
    if not cache:
        text = re.sub(r"proxy_cache answers;", WITHOUT_CACHE, text)
    configuration = folder / "nginx.conf"
    configuration.write_text(text, encoding="utf-8")
    command = [
        NGINX,
        "-c",
        str(configuration),
        "-p",
        str(folder),
        "-e",
        str(folder / "error.log"),
        "-g",
        f"daemon off; {_USER}",
    ]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            answers(f"http://127.0.0.1:{port}/healthz")
            yield port
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait(timeout=60)
