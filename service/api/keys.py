"""API keys: who may call and how often. A file holds their names, digests and limits; a key itself is shown once and kept nowhere."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from service.settings import BadSettings, limit_of

_LOG: Final = logging.getLogger("wattcite")
PREFIX: Final = "wc_"  # so that scanners for leaked secrets can tell what it is
_BYTES: Final = 32
_AGAIN: Final = 1.0  # seconds after which the file is looked at again, so that a key withdrawn is soon refused


def _limit(text: str) -> str:
    try:
        return limit_of(text)
    except ValueError as error:
        raise ValueError(f"{text!r} {error}") from None


class Key(BaseModel):
    """One key, by its digest."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[\w.@-]{1,64}$", description="What it goes by in the logs and in the counts.")
    sha256: str = Field(
        pattern=r"^[0-9a-f]{64}$", description="Digest of the key; it is random and long, so it needs no salt."
    )
    limit: Annotated[str, AfterValidator(_limit)] | None = Field(
        None, description="Its own limit; else the common one."
    )
    created: str = Field(description="The day on which it was made.")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    keys: list[Key] = []


def digest(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


class Keys:
    """The keys of a file, read again when it changes."""

    def __init__(self, path: Path) -> None:
        """Read the file. Raises `BadSettings` with every fault of it."""
        self._path = path
        self._stamp = self._stamped()
        self._known = _by_digest(read(path))
        self._look = time.monotonic() + _AGAIN

    def find(self, key: str) -> Key | None:
        """The key of these characters; None where there is none."""
        if time.monotonic() > self._look:
            self._reread()
        return self._known.get(digest(key))

    def _reread(self) -> None:
        self._look = time.monotonic() + _AGAIN
        stamp = self._stamped()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._known = _by_digest(read(self._path))
        except BadSettings as error:
            _LOG.error("the keys stay as they were: %s", error)

    def _stamped(self) -> tuple[int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino


def _by_digest(keys: list[Key]) -> Mapping[str, Key]:
    return {key.sha256: key for key in keys}


def read(path: Path) -> list[Key]:
    """The keys of a file, none where there is no file yet. Raises `BadSettings` with every fault of it."""
    try:
        found = _File.model_validate_json(path.read_bytes()).keys
    except FileNotFoundError:
        return []
    except OSError as error:
        raise BadSettings(f"{path}: cannot be read: {error.strerror}.") from error
    except ValidationError as error:
        told = "\n".join(f"{path}: {'.'.join(map(str, each['loc']))}: {each['msg']}." for each in error.errors())
        raise BadSettings(told) from None
    names = [key.name for key in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadSettings(f"{path}: there is more than one key of the name {', '.join(twice)}.")
    return found


def write(path: Path, keys: list[Key]) -> None:
    """Replace the file at once, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    text = json.dumps({"keys": [key.model_dump(exclude_none=True) for key in keys]}, indent=2) + "\n"
    try:
        with open(beside, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(text)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def made(name: str, limit: str | None) -> tuple[str, Key]:
    """A new key and what is kept of it. Raises ValueError."""
    key = PREFIX + secrets.token_urlsafe(_BYTES)
    today = datetime.now(UTC).date().isoformat()
    return key, Key(name=name, sha256=digest(key), limit=limit, created=today)
