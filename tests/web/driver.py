"""A browser for tests: Chromium through its own WebDriver (chromedriver), spoken to over HTTP."""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
CHROMEDRIVER = shutil.which("chromedriver")
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {"tab": "\ue004", "enter": "\ue007", "space": " "}


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Browser:
    """One window."""

    def __init__(self, address: str, session: str, home: str) -> None:
        self.home = home
        self._session = f"{address}/session/{session}"
        self._http = httpx.Client(base_url=self._session, timeout=60)

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        response = self._http.request(method, path, json=body)
        value = response.json()["value"]
        assert response.status_code == 200, value
        return value

    def close(self) -> None:
        """Close the window and the connection to it."""
        self._http.delete(self._session)
        self._http.close()

    def open(self, path: str) -> None:
        """Go to a path of the service and wait until it is loaded."""
        self._call("POST", "/url", {"url": self.home + path})

    @property
    def address(self) -> str:
        """The path and query of the page that is shown."""
        return str(self._call("GET", "/url")).removeprefix(self.home)

    def reached(self, path: str) -> None:
        """Wait until this path and query are shown."""
        until = time.monotonic() + 10
        while self.address != path:
            assert time.monotonic() < until, self.address
            time.sleep(0.05)

    def find(self, selector: str) -> str:
        """The first element that a CSS selector finds."""
        return str(self._call("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT])

    def text(self, selector: str) -> str:
        """What an element shows, once the page that holds it is loaded."""
        script = (
            "const e = document.querySelector(arguments[0]); return document.readyState === 'complete' && e !== null"
        )
        until = time.monotonic() + 10
        while not self.run(script, selector):  # in one step: an element found a moment ago may be of the page before
            assert time.monotonic() < until, selector
            time.sleep(0.05)
        return str(self.run("return document.querySelector(arguments[0]).innerText", selector)).strip()

    def click(self, selector: str) -> None:
        """Click an element."""
        self._call("POST", f"/element/{self.find(selector)}/click", {})

    def follow(self, selector: str) -> None:
        """Click an element that leads to another page, or to the same one made anew, and wait until that is there."""
        element = self.find(selector)
        self._call("POST", f"/element/{element}/click", {})
        until = time.monotonic() + 10
        while self._http.get(f"/element/{element}/name").is_success:  # it goes with the page that holds it
            assert time.monotonic() < until, selector
            time.sleep(0.02)
        self.wait("return document.readyState === 'complete'")

    def type(self, selector: str, text: str) -> None:
        """Put text into a field that may hold some."""
        element = self.find(selector)
        self._call("POST", f"/element/{element}/clear", {})
        self._call("POST", f"/element/{element}/value", {"text": text})

    def press(self, key: str) -> None:
        """Press a key, wherever the focus is."""
        strokes = [{"type": "keyDown", "value": KEYS[key]}, {"type": "keyUp", "value": KEYS[key]}]
        self._call("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": strokes}]})

    def run(self, script: str, *args: Any) -> Any:
        """What a script returns in the page."""
        return self._call("POST", "/execute/sync", {"script": script, "args": list(args)})

    def run_async(self, script: str) -> Any:
        """What a script hands to its last argument."""
        return self._call("POST", "/execute/async", {"script": script, "args": []})

    def command(self, name: str, **parameters: Any) -> Any:
        """A command of the Chrome DevTools protocol."""
        return self._call("POST", "/goog/cdp/execute", {"cmd": name, "params": parameters})

    def wait(self, script: str) -> None:
        """Wait until a script returns something true."""
        until = time.monotonic() + 10
        while not self.run(script):
            assert time.monotonic() < until, script
            time.sleep(0.05)

    def console(self) -> list[str]:
        """What was written to the console since the last call, warnings included."""
        return [entry["message"] for entry in self._call("POST", "/se/log", {"type": "browser"})]

    def requested(self) -> list[str]:
        """The addresses that were asked for since the last call."""
        entries = self._call("POST", "/se/log", {"type": "performance"})
        messages = [json.loads(entry["message"])["message"] for entry in entries]
        sent = [each["params"] for each in messages if each["method"] == "Network.requestWillBeSent"]
        return [each["request"]["url"] for each in sent]

    def screenshot(self) -> bytes:
        """The whole page as PNG."""
        height = min(int(self.run("return document.documentElement.scrollHeight")), 8000)
        width = int(self.run("return innerWidth"))
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        taken = self.command("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(taken["data"])

    def printed(self) -> bytes:
        """The page on A4 paper, as PDF."""
        made = self.command("Page.printToPDF", paperWidth=8.27, paperHeight=11.69, printBackground=False)
        return base64.b64decode(made["data"])


@contextmanager
def browser(home: str, width: int = 1200, height: int = 900, *, dark: bool = False) -> Iterator[Browser]:
    """A window of a fresh browser on the service at `home`."""
    assert CHROMIUM is not None
    assert CHROMEDRIVER is not None
    port = free_port()
    arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
    options = {
        "binary": CHROMIUM,
        "args": [*arguments, f"--window-size={width},{height}"],
    }
    wanted = {
        "browserName": "chrome",
        "goog:chromeOptions": options,
        "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
    }
    with subprocess.Popen([CHROMEDRIVER, f"--port={port}", "--log-level=OFF"], stdout=subprocess.DEVNULL) as driver:
        try:
            address = f"http://127.0.0.1:{port}"
            _ready(address)
            made = httpx.post(f"{address}/session", json={"capabilities": {"alwaysMatch": wanted}}, timeout=60).json()
            session = made["value"]["sessionId"]
            opened = Browser(address, session, home)
            size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
            opened.command("Emulation.setDeviceMetricsOverride", **size)
            scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
            opened.command("Emulation.setEmulatedMedia", features=scheme)
            yield opened
            opened.close()
        finally:
            driver.terminate()


def _ready(address: str) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            httpx.get(f"{address}/status", timeout=5)
        except httpx.TransportError:
            assert time.monotonic() < until, "chromedriver does not answer"
            time.sleep(0.05)
        else:
            return
