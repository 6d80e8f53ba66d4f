"""The pages of recurring corrections: which there are, where else each stands, changing it there and undoing that."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext

from review_app.errors import BadInput, Conflict, NotFound
from review_app.locale import N_
from review_app.publishing.phrases import public_passages
from review_app.review import recurring as service
from review_app.review.recurring import Found
from review_app.review.replacing import batches_of, replace_in, replacement_of, undo
from review_app.review.standing import STANDING_NAMES, Place, Segmented, named_segments, places_of
from review_app.text.phrases import Replacement
from review_app.text.placeholders import plain
from review_app.web.context import actor, db, open_site, work
from review_app.web.htmx import go
from review_app.web.marking import Run, changed
from review_app.web.places import ticked_places
from review_app.web.queue import default_language

blueprint = Blueprint("recurring", __name__)

LIST = "/sites/<site>/recurring"
ONE = LIST + "/<language>"

MOST_PLACES = 500
"""Passages that a page offers at once."""

MOST_EXAMPLES = 5
"""Corrected segments that a page names."""


@dataclass(frozen=True, slots=True)
class Line:
    """A passage as it is shown: what would change in it, where it stands, and whether readers see it."""

    place: Place
    runs: tuple[Run, ...]
    address: str
    public: bool

    @property
    def source(self) -> str:
        """The original, without markup."""
        return plain(self.place.source)

    @property
    def value(self) -> str:
        """What its check box sends: the segment, and the revision that was seen."""
        return f"{self.place.segment_id}:{self.place.revision}"


@blueprint.get(LIST)
def show(site: str) -> Response:
    """List the corrections that recur in a language."""
    found = open_site(site)
    if not found.languages:
        raise NotFound(N_("The site is not translated into any language yet."))
    language = request.args.get("language") or default_language(found.languages)
    every = service.candidates(db(), actor(), site, language)
    return make_response(
        render_template(
            "recurring/list.html",
            site=found,
            language=language,
            languages=sorted(found.languages),
            candidates=[one for one in every if not one.dismissed],
            dismissed=[one for one in every if one.dismissed],
        )
    )


@blueprint.get(ONE)
def one(site: str, language: str) -> Response:
    """Show one correction: who made it, where else the phrase stands, what was replaced at once."""
    return _page(site, language, _replacement())


@blueprint.post(ONE)
def apply(site: str, language: str) -> Response:
    """Put the phrase into the chosen passages."""
    replacement = _replacement()
    try:
        chosen = ticked_places()
        found = service.candidate(db(), actor(), site, language, replacement.old, replacement.new)
        outcome = replace_in(db(), actor(), site, language, found.recurring.replacement, chosen)
    except (BadInput, Conflict) as error:
        work().roll_back()
        return _page(site, language, replacement, error.render(gettext), 409 if isinstance(error, Conflict) else 422)
    return go(_changes(site, language, replacement, outcome.skipped))


@blueprint.post(ONE + "/<any(dismiss, take_up):verb>")
def decide(site: str, language: str, verb: str) -> Response:
    """Say that a correction is no rule, or offer it again."""
    act = service.dismiss if verb == "dismiss" else service.take_up
    act(db(), actor(), site, language, _replacement())
    return go(url_for("recurring.show", site=site, language=language))


@blueprint.post("/replacements/<int:batch_id>/undo")
def take_back(batch_id: int) -> Response:
    """Give the passages back what they were."""
    site, language, replacement = replacement_of(db(), actor(), batch_id)
    outcome = undo(db(), actor(), batch_id)
    return go(_changes(site, language, replacement, outcome.skipped))


def _page(
    site: str, language: str, replacement: Replacement, problem: str | None = None, status: int = 200
) -> Response:
    found, known = open_site(site), _known(site, language, replacement)
    if known is not None:
        replacement = known.recurring.replacement
    public = public_passages(db(), found.id, language, replacement)
    places = places_of(db(), found.id, language, replacement) if known else []
    segments = known.recurring.segments[:MOST_EXAMPLES] if known else ()
    page = render_template(
        "recurring/one.html",
        site=found,
        language=language,
        replacement=replacement,
        known=known,
        examples=_named(site, language, segments),
        lines=[_line(site, language, place, public) for place in places[:MOST_PLACES]],
        total=len(places),
        public=public,
        standing_names=STANDING_NAMES,
        batches=batches_of(db(), actor(), site, language, replacement),
        left=_named(site, language, _left()),
        problem=problem,
        ticked=set(request.form.getlist("place")),
    )
    return make_response(page, status)


def _known(site: str, language: str, replacement: Replacement) -> Found | None:
    """Return what is known of a correction; it may recur no more, but what was replaced can still be undone."""
    try:
        return service.candidate(db(), actor(), site, language, replacement.old, replacement.new)
    except NotFound:
        if not batches_of(db(), actor(), site, language, replacement):
            raise
        return None


def _line(site: str, language: str, place: Place, public: list[Any]) -> Line:
    shown = {source for page in public if page.page_id == place.page_id for source in page.sources}
    address = _bench(site, language, place.page_id, place.key)
    return Line(place, changed(place.text, place.after), address, place.source in shown)


def _named(site: str, language: str, segment_ids: tuple[int, ...]) -> list[tuple[Segmented, str]]:
    named = named_segments(db(), open_site(site).id, segment_ids)
    return [(one, _bench(site, language, one.page_id, one.key)) for one in named]


def _bench(site: str, language: str, page_id: int, key: str) -> str:
    return url_for("review.bench", site=site, page_id=page_id, language=language, segment=key, _anchor=f"s-{key}")


def _changes(site: str, language: str, replacement: Replacement, left: tuple[int, ...]) -> str:
    """Return the address of what was changed at once, which names the segments that were left alone."""
    named = ",".join(map(str, left)) or None
    old, new = replacement.old, replacement.new
    return url_for("recurring.one", site=site, language=language, old=old, new=new, left=named, _anchor="changes")


def _replacement() -> Replacement:
    return Replacement(request.values.get("old", "")[:1000], request.values.get("new", "")[:1000])


def _left() -> tuple[int, ...]:
    """Return the segments that the last change left alone, as the address names them."""
    return tuple(int(one) for one in request.args.get("left", "").split(",") if one.isdecimal() and len(one) < 16)
