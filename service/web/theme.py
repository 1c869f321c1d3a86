"""Light, dark, or as the reader's system has it: chosen with a small form, kept in a cookie, applied by a style sheet.

Pages say nothing of the choice, so that they stay the same for everyone and may be kept by any cache; the one file that
depends on the cookie is the style sheet, which is a few bytes and kept by none.
"""

from __future__ import annotations

from typing import Final

from litestar import Response
from litestar.datastructures import Cookie
from litestar.handlers import HTTPRouteHandler

from service.core.errors import BadCall, Fault
from service.desk import Asked, Reply, get, post
from service.web.site import STATIC, Site

THEMES: Final = ("system", "light", "dark")
_COOKIE: Final = "theme"
_YEAR: Final = 365 * 86_400
_STYLES: Final = {name: (STATIC / "theme" / f"{name}.css").read_bytes() for name in THEMES}


def handlers(site: Site) -> list[HTTPRouteHandler]:
    """The routes of the form and of the style sheet."""
    secure = site.desk.settings.public_url.startswith("https:")

    @get("/theme.css")
    def style(request: Asked) -> Response[bytes]:
        """The colours that were chosen."""
        chosen = _STYLES.get(request.cookies.get(_COOKIE, ""), _STYLES[THEMES[0]])
        return Reply(chosen, media_type="text/css", headers={"cache-control": "private, no-cache", "vary": "cookie"})

    @post("/theme")
    async def choose(request: Asked) -> Response[bytes]:
        """Keep a choice, and go back to the page on which it was made."""
        form = await request.form()
        theme = str(form.get("theme", ""))
        if theme not in THEMES:
            raise BadCall("theme", [Fault("theme", "not-allowed", "is no theme.", theme, THEMES)])
        cookie = Cookie(_COOKIE, value=theme, max_age=_YEAR, httponly=True, secure=secure, samesite="lax")
        return Reply(b"", status_code=303, headers={"location": _local(str(form.get("back", "")))}, cookies=[cookie])

    return [style, choose]


def _local(path: str) -> str:
    """A path of this service; the first page for anything that could lead elsewhere."""
    plain = path.isascii() and path.isprintable() and "\\" not in path
    return path if plain and path.startswith("/") and not path.startswith("//") else "/"
