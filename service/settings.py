"""Every setting of the service: an environment variable ``WATTCITE_<NAME>``, its default and what it does."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

PREFIX = "WATTCITE_"


class BadSettings(ValueError):
    """Settings that do not hold; the message lists all of them."""


def _default_knowledge() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "wattcite" / "knowledge.sqlite"


def _setting(default: Any, about: str) -> Any:
    make = default if callable(default) else lambda: default
    return field(default_factory=make, metadata={"help": about})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force. Read them once with `Settings.load()`."""

    host: str = _setting("127.0.0.1", "Address to listen on.")
    port: int = _setting(8000, "Port to listen on.")
    workers: int = _setting(1, "Number of worker processes.")
    knowledge: Path = _setting(_default_knowledge, "The built knowledge file; made on first start in a checkout.")
    public_url: str = _setting("http://127.0.0.1:8000", "Absolute address at which clients reach the service.")
    report_url: str = _setting(
        "",
        "Address at which an error in a figure is reported, such as that of a form; title and body are added to it. Empty: no link.",
    )
    allowed_hosts: str = _setting(
        "",
        "Further names under which /mcp may be called, separated by commas, beside that of the public address; * for any.",
    )
    allowed_origins: str = _setting(
        "",
        "Origins whose pages may call /mcp from a browser, separated by commas (https://chat.example.org); * for any.",
    )
    cors_origins: str = _setting(
        "*",
        "Origins whose pages may call everything but /mcp from a browser, separated by commas; * for any, - for none.",
    )
    max_body: int = _setting(65_536, "Largest request body, in bytes.")
    text_tokens: int = _setting(400, "Length of the text that tools return, in tokens; sources are never cut.")
    max_age: int = _setting(300, "Seconds for which a GET answer may be used before it is revalidated.")

    @classmethod
    def load(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings of an environment. Raises `BadSettings` with every fault at once."""
        values: dict[str, Any] = {}
        faults = [
            f"{name}: there is no such setting."
            for name in environment
            if name.startswith(PREFIX) and name not in _names()
        ]
        for entry in fields(cls):
            text = environment.get(PREFIX + entry.name.upper())
            if text is None:
                continue
            try:
                values[entry.name] = _KINDS[str(entry.type)](text)
            except ValueError as error:
                faults.append(f"{PREFIX}{entry.name.upper()}: {text!r} {error}.")
        if faults:
            raise BadSettings("\n".join(faults))
        return cls(**values)


def _names() -> set[str]:
    return {PREFIX + entry.name.upper() for entry in fields(Settings)}


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ValueError("is not a whole number above zero")
    return int(text)


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    return text.strip()


_KINDS: Mapping[str, Any] = {"int": _number, "str": _text, "Path": lambda text: Path(_text(text)).expanduser()}
