"""The command line: `wattcite`, also run as `python -m service`."""

from __future__ import annotations

from service.cli.main import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
