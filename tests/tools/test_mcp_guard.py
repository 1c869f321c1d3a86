from __future__ import annotations

import pytest

from service.settings import Settings
from service.tools.mcp_guard import Guard

SETTINGS = Settings(
    public_url="https://wattcite.example.org/base",
    allowed_hosts="wattcite, inner.example.org",
    allowed_origins="https://chat.example.com/, HTTPS://Other.example.com",
)


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("127.0.0.1:8000", "", None),
        ("localhost:8000", "http://localhost:6274", None),
        ("[::1]:8000", "http://[::1]:3000", None),
        ("app.localhost", "", None),
        ("192.168.1.20:8000", "", None),  # an address cannot be rebound
        ("192.168.1.20:8000", "http://192.168.1.20:8000", None),  # a page of its own
        ("192.168.1.20:8000", "http://192.168.1.20:9000", 403),
        ("wattcite.example.org", "https://wattcite.example.org", None),
        ("WATTCITE.example.org:443", "", None),
        ("wattcite:8000", "", None),
        ("inner.example.org", "https://chat.example.com", None),
        ("inner.example.org", "https://other.example.com", None),
        ("inner.example.org", "https://evil.example.com", 403),
        ("inner.example.org", "null", 403),
        ("evil.example.com", "", 421),
        ("localhost.evil.example.com", "", 421),
        ("127.0.0.1.evil.example.com", "", 421),
        ("", "", 421),
        ("[not an address", "", 421),
    ],
)
def test_who_is_let_in(host: str, origin: str, status: int | None) -> None:
    refused = Guard.of(SETTINGS).refuses(host, origin)
    assert (refused.status if refused else None) == status


def test_anyone_may_be_let_in() -> None:
    guard = Guard.of(Settings(allowed_hosts="*", allowed_origins="*"))
    assert guard.refuses("evil.example.com", "https://evil.example.com") is None
    assert Guard.of(Settings(allowed_hosts="*")).refuses("evil.example.com", "https://evil.example.org")
