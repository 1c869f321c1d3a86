"""How the service tells on standard error what it does: for people, or as one JSON object a line."""

from __future__ import annotations

from typing import Any, Final

_FORMATS: Final[dict[str, dict[str, Any]]] = {
    "text": {
        "()": "uvicorn.logging.DefaultFormatter",
        "fmt": "%(asctime)s %(levelprefix)s %(message)s",
    },
    "json": {
        "()": "pythonjsonlogger.json.JsonFormatter",
        "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
        "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger", "message": "event"},
    },
}


def configured(how: str) -> dict[str, Any]:
    """The configuration of `logging` for a way to log: text, json or off (then errors alone, as text)."""
    usual = "WARNING" if how == "off" else "INFO"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"told": _FORMATS["text" if how == "off" else how]},
        "handlers": {"told": {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": "told"}},
        "loggers": {
            "wattcite": {"handlers": ["told"], "level": usual, "propagate": False},
            "uvicorn": {"handlers": ["told"], "level": usual, "propagate": False},
        },
    }
