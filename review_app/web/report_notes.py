"""Where a filter narrows nothing on a page of the reports, or means something of its own there: said in one line."""

from dataclasses import dataclass

from flask_babel import gettext

from review_app.locale import N_
from review_app.reports.filters import Filter

DAYS = ("since", "until")
OF_READING = ("engine", *DAYS, "sample")
"""What says something of texts that somebody has read, and nothing of those that nobody has."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of a page when one of these fields of the filter is chosen."""

    fields: tuple[str, ...]
    text: str


_HOW_FAR = Note(
    OF_READING,
    N_("How far the pages are read, and what is left to do, is told of everything: engine, days and reason aside."),
)
_LIST = Note(("engine", "sample"), N_("Engine and reason do not narrow this list."))

NOTES: dict[str, tuple[Note, ...]] = {
    "overview": (_HOW_FAR,),
    "pages": (_HOW_FAR,),
    "languages": (_HOW_FAR,),
    "errors": (
        Note(
            (*DAYS, "sample"),
            N_("Days and reason are those of the reading: findings in texts that nobody has read are left out."),
        ),
    ),
    "marked": (
        Note(DAYS, N_("The days are those on which errors were marked.")),
        Note(("sample",), N_("What is marked was drawn by lot: of the reasons, only spot checks can be told apart.")),
    ),
    "reviewing": (
        Note(
            ("engine", "sample"),
            N_("Engine and reason narrow what was read, not how far the pages are or what was submitted."),
        ),
    ),
    "readers": (
        Note(DAYS, N_("The days are those on which readers reported.")),
        Note(("sample",), N_("Why a text was read says nothing of its readers: that filter narrows nothing here.")),
    ),
    "standing": (Note(OF_READING, N_("Engine, days and reason do not narrow this list.")),),
    "submissions": (_LIST,),
    "versions": (_LIST,),
    "quality": (
        Note(
            ("page", "section", "content_class", *OF_READING),
            N_("What was learned, and from what, is told of the whole site."),
        ),
    ),
}
"""What is said on each page, by its name; the other pages are narrowed by every filter."""


def notes_on(name: str, asked: Filter) -> list[str]:
    """Return what is to be said on a page under a filter."""
    return [
        gettext(note.text)
        for note in NOTES.get(name, ())
        if any(getattr(asked, field) is not None for field in note.fields)
    ]
