"""Build hook: gives the wheel what the service reads besides Python, with the knowledge built into one SQLite file.

It lands in ``service/_data``, where ``service.core.resources`` looks. An editable install reads the checkout instead.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CARRIED = ("prompts", "knowledge/units.txt", "knowledge/lexicon", "tests/cases")


class DataHook(BuildHookInterface[Any]):
    """Builds ``knowledge/`` with the very code that is being packaged."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the carried files and the built knowledge to the wheel."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from service.store.build import build  # noqa: PLC0415 - can be imported from here on
        from service.store.load import load  # noqa: PLC0415

        self._folder = tempfile.TemporaryDirectory(prefix="wattcite-")
        database = Path(self._folder.name) / "knowledge.sqlite"
        build(load(Path(self.root) / "knowledge"), database)
        sources = {name: Path(self.root) / name for name in CARRIED} | {database.name: database}
        build_data["force_include"].update({str(path): f"service/_data/{name}" for name, path in sources.items()})

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove the database once the wheel holds its copy."""
        if version != "editable":
            self._folder.cleanup()
