"""SVG as PNG, for whoever cannot show SVG: chat clients, cards of shared links.

Text is drawn with the fonts beside this module (cut by `make fonts`), so a picture is the same on every machine.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

PNG: Final = "image/png"
_FOLDER: Final = Path(__file__).parent / "fonts"
FONTS: Final = tuple(
    _FOLDER / name for name in ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansCJKsc-Regular.otf")
)
_FAMILY: Final = "Noto Sans"
_KEPT: Final = 64  # pictures of about 100 kB


@lru_cache(maxsize=_KEPT)
def png(svg: bytes, scale: float = 1.0) -> bytes:
    """The picture as PNG, `scale` pixels for each unit of the SVG."""
    import resvg_py  # noqa: PLC0415 - three megabytes that only a worker which makes pictures needs

    return resvg_py.svg_to_bytes(
        svg_string=svg.decode(),
        zoom=scale,
        skip_system_fonts=True,
        font_files=[str(font) for font in FONTS],
        font_family=_FAMILY,
        sans_serif_family=_FAMILY,
    )
