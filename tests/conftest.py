"""What every test shares."""

from __future__ import annotations

from hypothesis import settings

# The same examples on every machine: a check that passed for one contributor passes for the next.
settings.register_profile("wattcite", derandomize=True, deadline=None, database=None)
settings.load_profile("wattcite")
