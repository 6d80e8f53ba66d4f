"""The words of notices, marks and forms in a reader's language: ours, and those that a site has put in their place.

Nothing is overwritten: each change is a row of its own, so that it can be said what readers were told at any moment.
Words that no native reader has confirmed are marked as such.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from babel.support import NullTranslations
from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.db import utc_now
from review_app.errors import BadInput
from review_app.locale import N_, catalogue, message_ids
from review_app.publishing.tables import WordingChange, WordingConfirmation

READER = "reader"
"""The catalogue of what readers see."""

CONFIRMED_HERE = frozenset({"sv", "en"})
"""Languages whose words the makers of this program answer for."""

LONGEST_TEXT = 600

_VALUE = re.compile(r"%\(\w+\)s|(?<!\{)\{\w+\}(?!\})")


@dataclass(frozen=True, slots=True)
class Wording:
    """What readers of a language are told; ``own`` holds the texts that the site has changed, by message."""

    language: str
    own: Mapping[str, str]
    confirmed: bool

    def say(self, message: str) -> str:
        """Return a message in the reader's language."""
        return self.own.get(message) or catalogue(self.language, READER).gettext(message)

    def translations(self) -> NullTranslations:
        """Return the words as gettext translations."""
        return _Overlaid(self.own, catalogue(self.language, READER))


def house_wording(language: str) -> Wording:
    """Return our own words of a language."""
    return Wording(language, {}, language in CONFIRMED_HERE)


def messages() -> list[str]:
    """Return every message that a site can word by itself, the notice's first."""
    return sorted(message_ids(READER), key=lambda message: ("{" not in message, message.casefold()))


def wording(session: Session, site_id: int, language: str, at: datetime | None = None) -> Wording:
    """Return what a site's readers of a language are told, or were at a moment."""
    until = at or utc_now()
    rows = session.scalars(
        select(WordingChange)
        .where(WordingChange.site_id == site_id, WordingChange.language == language, WordingChange.created_at <= until)
        .order_by(WordingChange.id)
    ).all()
    confirmed_at = session.scalar(
        select(WordingConfirmation.created_at)
        .where(
            WordingConfirmation.site_id == site_id,
            WordingConfirmation.language == language,
            WordingConfirmation.created_at <= until,
        )
        .order_by(WordingConfirmation.id.desc())
        .limit(1)
    )
    own = {row.message: row.text for row in rows}
    changed_at = rows[-1].created_at if rows else None
    if confirmed_at is None:
        confirmed = language in CONFIRMED_HERE and not any(own.values())
    else:
        confirmed = changed_at is None or changed_at <= confirmed_at
    return Wording(language, {message: text for message, text in own.items() if text}, confirmed)


def reword(session: Session, actor: Actor, site_id: int, language: str, texts: Mapping[str, str]) -> int:
    """Put a site's own words in place of ours, or ours back where a text is empty; returns how many changed.

    Raises ``BadInput`` for a text that lacks a value that the message names, or names another.
    """
    actor.require(Action.ADMINISTER, site_id)
    known, now = set(messages()), wording(session, site_id, language)
    changed = 0
    for message, typed in texts.items():
        text = " ".join(typed.split())
        if text == catalogue(language, READER).gettext(message):
            text = ""
        if message not in known or text == now.own.get(message, ""):
            continue
        _refuse_broken(message, text)
        session.add(
            WordingChange(site_id=site_id, language=language, message=message, text=text, changed_by=actor.person_id)
        )
        record(
            session,
            actor,
            "site.wording",
            f"site:{site_id}",
            site_id=site_id,
            before={"language": language, "text": now.say(message)},
            after={"language": language, "text": text or catalogue(language, READER).gettext(message)},
        )
        changed += 1
    session.flush()
    return changed


def confirm(session: Session, actor: Actor, site_id: int, language: str) -> None:
    """Record that a person who reads the language has read its words and stands behind them."""
    actor.require(Action.ADMINISTER, site_id)
    session.add(WordingConfirmation(site_id=site_id, language=language, confirmed_by=actor.person_id))
    record(session, actor, "site.wording_confirm", f"site:{site_id}", site_id=site_id, after={"language": language})
    session.flush()


def _refuse_broken(message: str, text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise BadInput(N_("Write at most {longest} characters."), longest=LONGEST_TEXT)
    if text and set(_VALUE.findall(text)) != set(_VALUE.findall(message)):
        values = ", ".join(sorted(set(_VALUE.findall(message)))) or "–"
        raise BadInput(
            N_("“{text}” must hold exactly these values, as they are written: {values}."), text=text[:80], values=values
        )
    if set(_VALUE.sub("", text)) & set("{}%<>"):
        raise BadInput(N_("“{text}” may hold no braces, angle brackets or per cent signs of its own."), text=text[:80])


class _Overlaid(NullTranslations):
    """Some texts before those of a catalogue."""

    def __init__(self, texts: Mapping[str, str], behind: NullTranslations) -> None:
        super().__init__()
        self._texts = texts
        self.add_fallback(behind)

    def gettext(self, message: str) -> str:
        """Return the site's own text of a message, else ours."""
        return self._texts.get(message) or str(super().gettext(message))

    ugettext = gettext
