"""The passages that are ticked in a form of many: each with the revision that was seen."""

from flask import request

from review_app.errors import BadInput
from review_app.locale import N_


def ticked_places() -> dict[int, int]:
    """Return the segments that were ticked, with the revisions that were seen."""
    try:
        pairs = [value.split(":") for value in request.form.getlist("place")]
        return {int(segment): int(revision) for segment, revision in pairs}
    except ValueError:
        raise BadInput(N_("The form is incomplete. Reload the page and try again.")) from None
