"""Reading the claims: statements that go around, each with a verdict and the evidence."""

from __future__ import annotations

from typing import Annotated, Final

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from service.answers.words import words
from service.api.filters import Name, Paged, Spoken
from service.core.claim import Verdict
from service.core.markers import optional
from service.desk import Asked, Described, Desk, get
from service.lookups.claims import ClaimPage, ClaimRecord, claim_record
from service.query import Known, read, unknown
from service.store.claims import claim, find_claims, has_claim

_CLAIM: Final = {"claim_id": ("Id of the claim, at most 120 characters.", "ten-times-a-google-search")}


class ClaimFilters(Paged):
    """What claims may be narrowed by."""

    q: Annotated[
        Annotated[str, Field(min_length=1, max_length=200)] | SkipJsonSchema[None],
        optional("Words to look for, in English or Chinese, at most 200 characters."),
    ] = None
    subject: Annotated[
        Name, Known("subject"), optional("Only claims that state a number of this subject: its id, or its name.")
    ] = None
    quantity: Annotated[
        Name, Known("quantity"), optional("Only claims that state a number of this quantity, by its id.")
    ] = None
    figure: Annotated[
        Name, Known("figure"), optional("Only claims that rest on this figure or speak of it, by its id.")
    ] = None
    source: Annotated[Name, Known("source"), optional("Only claims that this source says or underlies, by its id.")] = (
        None
    )
    verdict: Annotated[Verdict | SkipJsonSchema[None], optional("Only claims with this verdict, such as outdated.")] = (
        None
    )
    collection: Annotated[
        Name, Known("collection"), optional("Only the claims of this collection: myths, or the id of one text.")
    ] = None


def handlers(desk: Desk) -> list[HTTPRouteHandler]:
    """The routes that read the claims."""
    known = desk.knowledge

    @get("/v1/claims", "list_claims", Described(ClaimPage, "claims", query=ClaimFilters, faults=(422,)))
    def list_claims(request: Asked) -> Response[bytes]:
        """List claims.

        Statements that go around about the energy of AI: who said each first, who repeated it, the verdict, why, the
        arithmetic, and the figures that it rests on. Without filters, all, in the order in which they are gathered.
        """
        asked = read(request, ClaimFilters, known)
        narrow = asked.filters()
        found, total = find_claims(known, asked.q or "", **narrow, limit=asked.limit, offset=asked.offset)
        items = [claim_record(known, each, words(asked.language)) for each in found]
        return desk.json(request, ClaimPage(total=total, offset=asked.offset, items=items))

    described = Described(ClaimRecord, "claims", query=Spoken, path=_CLAIM, faults=(404, 422))

    @get("/v1/claims/{claim_id:str}", "get_claim", described)
    def get_claim(request: Asked, claim_id: FromPath[str]) -> Response[bytes]:
        """Get one claim.

        Its verdict and why, who said it first and who repeated it, its arithmetic, and the figures that it rests on.
        """
        asked = read(request, Spoken, known, unknown(known, "claim", claim_id, known=has_claim(known, claim_id)))
        return desk.json(request, claim_record(known, claim(known, claim_id), words(asked.language)))

    return [list_claims, get_claim]
