"""Every error a user can meet, as one tree.

ReviewAppError
├── BadInput             what was given cannot be used: exit status 2, HTTP 422
│   ├── BadFile          a file: names the file, where known the line, and what to do
│   ├── BadPage          bytes that are no usable HTML page
│   └── BadAddress       a URL that is malformed or may not be fetched
├── FetchFailed          a public address that did not answer with a page: HTTP 422
│   └── Gone             one that says there is no such page, now or for good
├── NotSignedIn          HTTP 401
├── NotAllowed           HTTP 403
├── NotFound             HTTP 404
├── Conflict             the thing changed meanwhile, as when two people save one segment: HTTP 409
├── EngineFailed         a machine-translation engine could not be used at all: HTTP 502
│   ├── BudgetUsedUp     nothing more may be sent to it this month
│   └── EngineResting    for now (a NotNow): it is too busy, does not answer, or asks to be left alone for a while
├── MailFailed           the mail server could not be used at all, or refused a message: HTTP 502
│   └── MailResting      for now (a NotNow)
├── NotNow               something that is needed is not there now, but probably later: a job waits for it
├── Busy                 somebody else has what there is one of: HTTP 503
└── MissingExtra         an optional package is not installed; says how to install it

The message is an English template with named values, so that it can be shown in the reader's language:
``BadFile(N_("{file}: line {line} is not valid JSON. Mend the line and try again."), file=…, line=…)``.
HTTP statuses are mapped once, in ``web/errors.py``.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar


class ReviewAppError(Exception):
    """A failure with one clear sentence for the user: what, where, what to do."""

    exit_status: ClassVar[int] = 1

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values

    def render(self, translate: Callable[[str], str]) -> str:
        """Return the message in another language; ``translate`` maps an English template to its translation.

        A value that is such a failure itself is told in that language, too.
        """
        values = {
            name: value.render(translate) if isinstance(value, ReviewAppError) else value
            for name, value in self.values.items()
        }
        return translate(self.template).format(**values)


class BadInput(ReviewAppError):
    """What was given cannot be used."""

    exit_status = 2


class BadFile(BadInput):
    """A file cannot be read as what it should be."""


class BadPage(BadInput):
    """Bytes that are no usable HTML page."""


class BadAddress(BadInput):
    """A URL that is malformed, or that policy forbids to fetch."""


class FetchFailed(ReviewAppError):
    """A public address did not answer with a page."""

    exit_status = 2


class Gone(FetchFailed):
    """The website says that there is no such page."""


class NotSignedIn(ReviewAppError):
    """The action needs a signed-in person."""


class NotAllowed(ReviewAppError):
    """The signed-in person may not do this here."""


class NotFound(ReviewAppError):
    """The thing named does not exist, or not for this person."""

    exit_status = 2


class Conflict(ReviewAppError):
    """The thing changed between being read and being written."""


class EngineFailed(ReviewAppError):
    """A machine-translation engine could not be used at all."""


class BudgetUsedUp(EngineFailed):
    """A site's budget for an engine does not reach for what would be sent."""


class NotNow(ReviewAppError):
    """Something cannot be used now, but probably later. ``wait``: how long it wants to be left alone, if it says so."""

    def __init__(self, template: str, wait: timedelta | None = None, **values: object) -> None:
        super().__init__(template, **values)
        self.wait = wait


class EngineResting(NotNow, EngineFailed):
    """An engine cannot be used now, but probably later."""


class MailFailed(ReviewAppError):
    """The mail server could not be used at all, or refused a message."""


class MailResting(NotNow, MailFailed):
    """The mail server cannot be used now, but probably later."""


class Busy(ReviewAppError):
    """Somebody else has what there is only one of; it is free again in a moment."""


class MissingExtra(ReviewAppError):
    """An optional package is not installed."""
