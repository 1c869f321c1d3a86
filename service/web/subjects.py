"""The page of one subject, and the list of all that anything is known of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final, get_args

from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from service.core.model import Figure, Subject, SubjectKind
from service.desk import Asked, get
from service.store.browse import counts, with_values
from service.store.claims import claims_about
from service.web.claims import claim_rows
from service.web.rows import Row, figure_rows
from service.web.site import Frame, Site

_MOST: Final = 100
_TIMELINE: Final = 60
_IN_USE: Final = 4
_CHARTED: Final = 4  # values from which on a chart shows more than the table


def handlers(site: Site) -> list[HTTPRouteHandler]:
    """The routes of the pages."""
    known = site.desk.knowledge

    @get("/subjects")
    def subjects(request: Asked) -> Response[bytes]:
        """All subjects by kind."""
        return site.page(request, _subjects)

    @get("/subjects/{subject_id:str}")
    def subject(request: Asked, subject_id: FromPath[str]) -> Response[bytes]:
        """Everything known about one subject."""
        if subject_id not in known.subjects:
            close = {each: f"/subjects/{each}" for each in known.suggest(subject_id, "subject")}
            return site.missing(request, subject_id, close)
        return site.page(request, lambda frame: _subject(frame, known.subject(subject_id)))

    return [subjects, subject]


def _entry(frame: Frame, subject: Subject, how_many: dict[str, int]) -> dict[str, Any]:
    name = frame.said.local(subject.name)
    return {"href": frame.link(f"/subjects/{subject.id}"), "name": name, "count": how_many.get(subject.id, 0)}


def _subjects(frame: Frame) -> str:
    known, how_many = frame.desk.knowledge, counts(frame.desk.knowledge, "subject")
    groups = []
    for kind in get_args(SubjectKind):
        entries = [
            _entry(frame, each, how_many)
            for each in known.subjects.values()
            if each.kind == kind and each.id in how_many
        ]
        if entries:
            groups.append(
                (
                    frame.said["subject_kinds"][kind],
                    kind,
                    sorted(entries, key=lambda each: (-each["count"], each["name"])),
                )
            )
    return frame.render("index.html", frame.say("subjects"), frame.say("browse_subjects"), groups=groups)


def _subject(frame: Frame, subject: Subject) -> str:
    known, said = frame.desk.knowledge, frame.said
    figures, total = known.find_figures(subject=subject.id, limit=_MOST)
    how_many = counts(known, "subject")
    parts = [_entry(frame, each, how_many) for each in known.subjects.values() if each.part_of == subject.id]
    name = said.local(subject.name)
    return frame.render(
        "subject.html",
        name,
        f"{name}: {frame.say('figures_count', count=str(total))}",
        kind=said["subject_kinds"][subject.kind],
        region=said.local(known.region(subject.region).name) if subject.region else "",
        aliases=[alias for alias in subject.aliases.get("zh" if frame.language != "en" else "en", []) if alias != name],
        owner=_entry(frame, known.subject(subject.part_of), how_many) if subject.part_of else None,
        parts_list=parts,
        in_use=_in_use(frame, subject) if total >= _CHARTED else [],
        claims=claim_rows(frame, claims_about(known, subject.id)),
        groups=_by_quantity(frame, figures),
        timeline=_by_year(frame, figures),
        shown=len(figures),
        total=total,
        all_href=frame.link("/search", subject=subject.id),
    )


def _in_use(frame: Frame, subject: Subject) -> list[Row]:
    """The figures that answers about it rest on, of the quantities with most figures first."""
    known = frame.desk.knowledge
    quantities = dict.fromkeys(each.quantity for each in known.parameters(subject=subject.id))
    usual = [known.parameter(subject.id, quantity) for quantity in quantities]
    chosen = dict.fromkeys(each.choices[-1].figure for each in usual if each)
    found = known.figures([each for each in chosen if known.has_figure(each)])
    figures = list({each.quantity: each for each in reversed(found)}.values())  # one may serve several purposes
    figures.sort(key=lambda each: -len(with_values(known, each.quantity, subject.id)))
    return figure_rows(frame, figures[:_IN_USE])


def _by_quantity(frame: Frame, figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """The figures under their quantities, those with most figures first, the newest first in each."""
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        found.setdefault(figure.quantity, []).append(figure)
    return [
        {
            "id": name,
            "name": frame.said.local(frame.desk.knowledge.quantity(name).name),
            "href": frame.link(f"/quantities/{name}"),
            "chart": frame.link(f"/v1/charts/subject/{group[0].subject}/{name}.svg") if len(group) >= _CHARTED else "",
            "rows": figure_rows(frame, sorted(group, key=_when, reverse=True)),
        }
        for name, group in sorted(found.items(), key=lambda pair: -len(pair[1]))
    ]


def _when(figure: Figure) -> str:
    return figure.as_of.rpartition("/")[2]


def _by_year(frame: Frame, figures: Sequence[Figure]) -> list[tuple[str, Any]]:
    ordered = sorted(figures[:_TIMELINE], key=lambda each: (_when(each), each.id))
    return [(year, figure_rows(frame, group)) for year, group in groupby(ordered, key=lambda each: _when(each)[:4])]
