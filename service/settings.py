"""Every setting of the service: an environment variable ``WATTCITE_<NAME>``, its default and what it does."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

PREFIX = "WATTCITE_"


_HIDDEN: Final = "hidden"


class BadSettings(ValueError):
    """Settings that do not hold; the message lists all of them."""


def _default_knowledge() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "wattcite" / "knowledge.sqlite"


def _setting(default: Any, about: str, kind: str = "") -> Any:
    """A setting; `kind` names what its text must be where its type does not say it. No secret is ever shown."""
    make = default if callable(default) else lambda: default
    return field(default_factory=make, metadata={"help": about, "kind": kind}, repr=kind != _HIDDEN)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force. Read them once with `Settings.load()`."""

    host: str = _setting("127.0.0.1", "Address to listen on.")
    port: int = _setting(8000, "Port to listen on.", "port")
    workers: int = _setting(1, "Number of worker processes.")
    knowledge: Path = _setting(_default_knowledge, "The built knowledge file; made on first start in a checkout.")
    knowledge_poll: int = _setting(2, "Seconds after which that file is looked at again; a new one is used at once.")
    public_url: str = _setting(
        "http://127.0.0.1:8000", "Absolute address at which clients reach the service.", "address"
    )
    report_url: str = _setting(
        "",
        "Address at which an error in a figure is reported, such as that of a form; title and body are added to it. Empty: no link.",
        "address",
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
    keys: str = _setting("", "File of the API keys, as `wattcite keys` writes it. Empty: there are none.")
    keys_required: bool = _setting(
        False, "Whether /v1 and /mcp ask for a key; the pages, the documents and the health routes never do."
    )
    limit: str = _setting(
        "",
        "Requests that a client without a key may make, such as 60/minute; a key may have its own. Empty: no limit.",
        "limit",
    )
    limit_store: str = _setting(
        "memory",
        "Where requests are counted: memory (in each worker by itself), or the address of a Valkey or Redis that workers and machines share.",
        "store",
    )
    limit_store_gone: str = _setting(
        "open",
        "What happens while that cannot be reached: open (nothing is limited) or closed (nothing is answered).",
        "open or closed",
    )
    trusted_proxies: str = _setting(
        "",
        "Addresses or networks of the proxies, separated by commas, whose X-Forwarded-For and -Proto are believed; * for any.",
        "networks",
    )
    log: str = _setting(
        "text",
        "How requests are logged: text, json (one object a line), or off. No line holds what a caller wrote or who he is.",
        "text, json or off",
    )
    log_queries: bool = _setting(False, "Whether those lines hold the paths and queries of GET requests too.")
    metrics: bool = _setting(False, "Whether /metrics tells Prometheus how often and how fast what was answered.")
    tracing: bool = _setting(
        False, "Whether requests are traced with OpenTelemetry (extra `otel`), set up by its own OTEL_ variables."
    )
    max_body: int = _setting(65_536, "Largest request body, in bytes.")
    max_seconds: int = _setting(
        30, "Seconds within which a POST request must have arrived whole and be answered; a chat has limits of its own."
    )
    text_tokens: int = _setting(400, "Length of the text that tools return, in tokens; sources are never cut.")
    max_age: int = _setting(300, "Seconds for which a GET answer may be used before it is revalidated.")

    chat_url: str = _setting(
        "",
        "Base address of the model behind /v1/chat/completions, as OpenAI, Ollama, vLLM or llama.cpp offer it, such as "
        "http://127.0.0.1:11434/v1. Empty: questions are answered without a language model.",
        "address",
    )
    chat_key: str = _setting("", "Key of that model, sent as Authorization: Bearer.", _HIDDEN)
    chat_model: str = _setting("", "Model asked there, whatever the caller names. Empty: the one the caller names.")
    chat_tools: str = _setting(
        "auto",
        "How the model calls tools: native, schema (JSON by response_format, for models that know no tools), or auto "
        "(native, and schema where that is refused).",
        "auto, native or schema",
    )
    chat_profile: str = _setting("core", "Which tools it has: core (the few) or full (all).", "core or full")
    chat_timeout: int = _setting(120, "Seconds in which an answer must be there, with all its rounds.")
    chat_rounds: int = _setting(6, "How often the model may call tools before it must answer.")
    chat_calls: int = _setting(16, "Tool calls of one answer.")
    chat_tokens: int = _setting(16_384, "Tokens that the model may write for one answer, in all its rounds.")
    chat_max_body: int = _setting(1_048_576, "Largest body of a chat request, in bytes.")

    live_great_britain: bool = _setting(
        False, "Whether `grid=live` asks the Carbon Intensity API of Great Britain (NESO), which needs no key."
    )
    live_electricity_maps_key: str = _setting(
        "", "Key of Electricity Maps, which `grid=live` then asks for countries. Empty: it is not asked.", _HIDDEN
    )
    live_eia_key: str = _setting(
        "",
        "Key of the EIA, which `grid=live` then asks for the mix of the United States. Empty: it is not asked.",
        _HIDDEN,
    )
    live_timeout: int = _setting(3, "Seconds in which a live source must answer.")
    live_max_age: int = _setting(300, "Seconds for which what it said is used again.")

    @property
    def guarded(self) -> bool:
        """Whether there are keys or limits at all."""
        return bool(self.keys or self.keys_required or self.limit)

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
                values[entry.name] = _KINDS[entry.metadata["kind"] or str(entry.type)](text)
            except ValueError as error:
                shown = "" if entry.metadata["kind"] == _HIDDEN or "@" in text else f"{text!r} "
                faults.append(f"{PREFIX}{entry.name.upper()}: {shown}{error}.")
        if faults:
            raise BadSettings("\n".join(faults))
        return cls(**values)


def _names() -> set[str]:
    return {PREFIX + entry.name.upper() for entry in fields(Settings)}


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ValueError("is not a whole number above zero")
    return int(text)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > _LAST_PORT:
        raise ValueError(f"is not a port; those go from 0 (any free one) to {_LAST_PORT}")
    return int(text)


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    return text.strip()


def _yes_or_no(text: str) -> bool:
    if text.strip().lower() not in _SWITCH:
        raise ValueError(f"is none of {', '.join(_SWITCH)}")
    return _SWITCH[text.strip().lower()]


def _address(text: str) -> str:
    parts = urlsplit(_text(text))
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("is not an address that begins with http:// or https://")
    if parts.username or parts.password:
        raise ValueError("holds a name or a password; those have no place in an address")
    return text.strip()


def _secret(text: str) -> str:
    if not (text.isascii() and text.isprintable() and text.strip()) or " " in text.strip():
        raise ValueError("holds characters that no key has")
    return text.strip()


def _networks(text: str) -> str:
    for network in _text(text).split(","):
        try:
            network.strip() == "*" or ip_network(network.strip(), strict=False)
        except ValueError:
            raise ValueError(f"holds {network.strip()!r}, which is no IP address or network") from None
    return text.strip()


def limit_of(text: str) -> str:
    """A limit such as ``60/minute``, checked. Raises ValueError."""
    from limits import parse  # noqa: PLC0415 - only a service with limits needs it

    try:
        parse(text)
    except ValueError:
        raise ValueError("is no limit; write one like 60/minute or 1000/1 hour") from None
    return text


def _store(text: str) -> str:
    scheme, found, rest = _text(text).partition("://")
    if text.strip() != "memory" and not (found and rest and scheme in STORES):
        raise ValueError("is neither memory nor an address such as redis://127.0.0.1:6379/0")
    return text.strip()


def _one_of(*words: str) -> Callable[[str], str]:
    def choose(text: str) -> str:
        if text.strip().lower() not in words:
            raise ValueError(f"is none of {', '.join(words)}")
        return text.strip().lower()

    return choose


STORES: Final = {"redis": "redis", "rediss": "rediss", "valkey": "redis", "valkeys": "rediss"}
_LAST_PORT: Final = 65_535
_SWITCH: Final = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_KINDS: Final[Mapping[str, Any]] = {
    "int": _number,
    "str": _text,
    "bool": _yes_or_no,
    "Path": lambda text: Path(_text(text)).expanduser(),
    "port": _port,
    "address": _address,
    "networks": _networks,
    "limit": limit_of,
    "store": _store,
    _HIDDEN: _secret,
    "auto, native or schema": _one_of("auto", "native", "schema"),
    "core or full": _one_of("core", "full"),
    "open or closed": _one_of("open", "closed"),
    "text, json or off": _one_of("text", "json", "off"),
}
