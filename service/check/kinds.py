"""By what words a text tells which kind of number it means, where unit and subject leave several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

_ASKED: Final = ("service", "model", "task", "sector")
_RUN: Final = ("company", "sector", "facility", "service", "region")


class Kind(NamedTuple):
    """When a number may be a value of a quantity, told by concepts of the sentence or of those before it."""

    kinds: tuple[str, ...] = ()  # of subjects; empty for any
    must: tuple[str, ...] = ()  # one of these is said
    cues: tuple[str, ...] = ()  # these speak for it
    never: tuple[str, ...] = ()  # these, in its clause, speak against it
    also: tuple[str, ...] = ()  # one of these is said in the sentence too
    close: bool = False  # what must be said is said in its clause


_BOUGHT: Final = ("home", "renewable", "solar", "wind", "nuclear", "save", "carbon-free", "geothermal")
_NO_SHARE: Final = (
    "growth",
    "save",
    "renewable",
    "carbon-free",
    "cooling",
    "inference",
    "benefit",
    "capacity",
    "fall",
    "price",
)

KINDS: Final[Mapping[str, Kind]] = {
    # energy
    "training-electricity": Kind(("model", "sector"), cues=("training",), never=("query", "inference")),
    "electricity-per-query": Kind(_ASKED, cues=("query", "each", "email", "long", "reasoning"), never=("training", "home", "session")),
    "electricity-per-image": Kind(("model", "service", "task", "sector"), ("image",), ("image",)),
    "electricity-per-video": Kind(("model", "service", "task", "sector"), ("video",), ("video",)),
    "electricity-per-video-minute": Kind(("model", "service", "task"), ("video-minute",), ("video-minute",)),
    "electricity-per-session": Kind(("service",), cues=("session",)),
    "electricity-per-token": Kind(("model", "service"), ("token",), ("token",)),
    "electricity-per-page": Kind(("model",), ("document", "page"), ("page",)),
    "electricity-per-transaction": Kind(("sector",), ("transaction",), ("transaction",)),
    "electricity-per-use": Kind(("everyday",), cues=("use", "each")),
    "electricity-per-charge": Kind(("everyday",), cues=("phone-charge",)),
    "electricity-per-hour": Kind(("everyday", "sector"), cues=("hour",)),
    "electricity-per-day": Kind(("service", "sector", "everyday", "model"), cues=("day", "total")),
    "electricity-per-year": Kind(cues=("year", "total", "outlook"), never=_BOUGHT),
    "data-centre-electricity-per-year": Kind(("company",), cues=("site",)),
    "it-electricity-per-year": Kind(("sector",), ("hardware",), ("hardware",)),
    "national-electricity-demand": Kind(("region",), ("of-all", "country-use"), ("of-all",), ("home", "person")),
    "residential-electricity": Kind(("region",), ("household-tariff", "home"), ("home", "total"), ("each",), close=True),
    "electricity-per-household": Kind(("home",), ("home",), ("home", "each", "average"), close=True),
    "electricity-per-capita": Kind(("region",), ("person",), ("person",), ("household-tariff",), ("person",)),
    "residential-electricity-per-capita": Kind(("region",), ("person",), ("person", "home"), also=("person",)),
    "generation-per-year": Kind(("facility", "energy-source", "technology", "everyday"), cues=("generation", "year")),
    "renewable-electricity-bought-per-year": Kind(("company",), ("renewable",), ("renewable",)),
    "electricity-saving-per-year": Kind((), ("save",), ("save",)),
    # power
    "rated-power": Kind(("accelerator", "everyday"), cues=("power",), never=("average",)),
    "system-power-max": Kind(("accelerator",), cues=("power", "rack")),
    "average-power-per-accelerator": Kind(("accelerator", "model"), ("average", "measured"), ("average",)),
    "rack-power": Kind(("technology", "accelerator", "sector"), ("rack",), ("rack",)),
    "training-power": Kind(("model",), cues=("training", "power")),
    "power-capacity": Kind(("facility", "sector", "company"), cues=("capacity",)),
    "power-demand": Kind(("sector",), cues=("electricity", "power")),
    "power-capacity-offered": Kind(("sector",), ("policy", "capacity"), ("policy",)),
    "policy-threshold-power": Kind(("policy",), cues=("policy",)),
    # emissions
    "training-emissions": Kind(("model", "sector"), cues=("training", "emissions"), never=("query", "inference")),
    "training-lifecycle-emissions": Kind(("model",), ("life-cycle", "embodied", "total"), ("life-cycle", "embodied")),
    "training-and-use-emissions": Kind(("model",), ("training",), ("training", "use")),
    "emissions-per-query": Kind((*_ASKED, "everyday"), cues=("query", "each"), never=("training",)),
    "emissions-per-image": Kind(("model", "task", "service"), ("image",), ("image",)),
    "emissions-per-use": Kind(("everyday",), cues=("each", "use")),
    "emissions-per-hour": Kind(("everyday",), ("hour",), ("hour",)),
    "emissions-per-trip": Kind(("everyday",), cues=("flight",)),
    "emissions-per-kg": Kind(("everyday",), cues=("each",)),
    "emissions-per-year": Kind(("company", "sector", "everyday", "facility"), cues=("year", "emissions")),
    "lifetime-emissions": Kind(("everyday", "technology"), ("lifetime",), ("lifetime",)),
    "embodied-emissions": Kind((), ("embodied",), ("embodied",)),
    "energy-related-co2-per-year": Kind(("region",), ("world", "of-all", "total"), ("year",)),
    "co2-per-capita": Kind(("region",), ("person",), ("person",)),
    "electricity-emissions-per-household": Kind(("home",), ("home",), ("home",)),
    "emissions-avoided-per-year": Kind(("sector", "technology"), ("save", "benefit"), ("save",)),
    "grid-carbon-intensity": Kind(("region",), cues=("grid", "intensity", "emissions")),
    "grid-carbon-intensity-life-cycle": Kind(("region",), ("life-cycle",), ("life-cycle",)),
    "grid-carbon-intensity-operational": Kind(("region",), ("operational",), ("operational",)),
    "lifecycle-carbon-intensity": Kind(("energy-source",), cues=("life-cycle", "emissions")),
    # water
    "water-per-query": Kind(_ASKED, cues=("query", "each", "email", "water"), never=("training",)),
    "training-water": Kind(("model",), cues=("training",), never=("query",)),
    "training-and-use-water": Kind(("model",), ("training",), ("training", "use")),
    "water-consumption-per-year": Kind(("company", "sector"), cues=("year", "water"), never=("indirect",)),
    "data-centre-water-consumption-per-year": Kind(("company",), cues=("year", "water", "site")),
    "data-centre-water-withdrawal-per-year": Kind(("company",), cues=("year", "water")),
    "water-withdrawal-per-year": Kind(("company", "sector"), cues=("year", "withdrawal")),
    "indirect-water-consumption-per-year": Kind(("sector",), ("indirect", "power-plant"), ("indirect", "power-plant")),
    "water-replenished-per-year": Kind(("company",), ("replenished",), ("replenished",)),
    "water-per-use": Kind(("everyday",), cues=("each", "water")),
    "water-per-day": Kind(("home",), ("home",), ("home", "day")),
    "wue": Kind(("company", "sector", "technology"), cues=("wue",)),
    "water-intensity-of-electricity": Kind(("region",), cues=("grid", "water", "power-plant")),
    # shares
    "share-of-electricity": Kind(("sector", "region"), ("electricity", "share", "of-all", "power"), ("share", "of-all", "electricity"), _NO_SHARE),
    "ai-share-of-data-centre-electricity": Kind(("sector",), ("ai",), ("share", "site"), ("growth", "save", "world", "of-all"), also=("site",)),
    "cooling-share-of-electricity": Kind(("sector", "technology"), ("cooling",), ("cooling", "share"), ("save", "growth", "pue")),
    "overhead-share-of-electricity": Kind(("sector",), ("overhead",), ("overhead",)),
    "carbon-free-energy-share": Kind(("company",), ("carbon-free",), ("carbon-free",)),
    "renewable-electricity-share": Kind((), ("renewable",), ("renewable", "share"), ("growth",)),
    "renewable-share-required": Kind(("sector",), ("renewable",), ("renewable", "policy", "target"), ("growth",), ("policy", "target")),
    "low-carbon-share": Kind(("region",), ("renewable", "carbon-free"), ("renewable",)),
    "inference-share": Kind((), ("inference",), ("inference",), ("growth",)),
    "share-of-company-energy": Kind((), ("share", "electricity"), ("share",)),
    "share-of-world-emissions": Kind(("sector",), ("emissions",), ("emissions", "world"), ("save", "growth")),
    "electricity-growth": Kind((), ("growth",), ("growth", "electricity"), ("save", "emissions", "water"), also=("growth",)),
    "electricity-growth-since-base": Kind((), ("growth",), ("growth", "electricity"), ("save", "emissions", "water"), also=("growth",)),
    "energy-growth-since-base": Kind(("company",), ("growth",), ("growth", "electricity"), ("save", "emissions", "water"), also=("growth",)),
    "emissions-growth-since-base": Kind(("company",), ("emissions",), ("growth", "emissions"), ("save", "water")),
    "scope3-emissions-growth": Kind(("company",), ("growth",), ("growth", "scope3"), ("save",), also=("growth",)),
    "energy-saving": Kind((), ("save", "fall", "benefit"), ("save", "electricity"), ("water", "emissions"), also=("save", "fall", "benefit")),
    "emission-saving": Kind((), ("emissions",), ("save", "emissions", "fall"), ("water",), ("save", "fall", "benefit"), close=True),
    "water-saving": Kind((), ("water",), ("save", "water"), ()),
    "production-efficiency-gain": Kind((), ("productivity",), ("productivity",)),
    "capacity-factor": Kind(("energy-source",), ("capacity", "load"), ("capacity",)),
    "rack-occupancy": Kind((), ("rack",), ("rack",)),
    # ratios and counts
    "pue": Kind(("company", "sector", "facility", "technology"), ("pue",), ("pue",), ("policy", "target")),
    "pue-limit": Kind(("sector",), ("pue",), ("pue", "policy", "target"), also=("policy", "target")),
    "pue-limit-new": Kind(("sector",), ("pue",), ("pue", "policy", "new"), also=("new",)),
    "electricity-reduction-factor": Kind((), ("times", "fall"), ("fall", "electricity", "use"), ("emissions",)),
    "emissions-reduction-factor": Kind((), ("emissions",), ("fall", "emissions")),
    "electricity-growth-factor": Kind((), ("growth", "times"), ("growth",), ("fall",)),
    "overestimate-factor": Kind((), ("overestimate",), ("overestimate",)),
    "electricity-ratio-reasoning-to-standard": Kind((), ("reasoning", "reasoning-model"), ("reasoning-model",)),
    "household-equivalents": Kind((), ("home",), ("home",)),
    "car-equivalents": Kind((), ("car",), ("car",), ("lifetime",)),
    "requests-per-day": Kind(("service", "company"), ("query", "requests"), ("query",)),
    "requests-per-user-day": Kind(("service",), ("users", "person"), ("person",)),
    "tokens-per-day": Kind(("service", "region", "company"), ("token",), ("token",)),
    "output-tokens-per-day": Kind(("service",), ("token",), ("token", "output")),
    "input-tokens-per-day": Kind(("service",), ("token",), ("token", "input")),
    "videos-per-day": Kind(("service",), ("video",), ("video",)),
    "server-count": Kind(("service",), ("server",), ("server",)),
    "accelerator-count": Kind(("service",), ("device",), ("device",)),
    "training-accelerator-hours": Kind(("model",), ("device-hour",), ("device-hour",)),
    "training-accelerator-count": Kind(("model",), ("device",), ("device", "training")),
    "weekly-users": Kind(("service",), ("users", "person"), ("weekly",), also=("weekly",)),
    "monthly-users": Kind(("service",), ("users", "person"), ("monthly",), also=("monthly",)),
    "daily-users": Kind(("service",), ("users", "person"), ("daily",), also=("daily",)),
}  # fmt: skip
_FAMILY: Final = "electricity-per-query"


def family(quantity: str) -> str:
    """The kind of number that a quantity is a case of: a long query is a query."""
    return _FAMILY if quantity.startswith(_FAMILY) else quantity
