"""Use cases of recurring corrections: which there are in a language of a site, and that one is no rule."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.db import among
from review_app.errors import NotAllowed, NotFound
from review_app.locale import N_
from review_app.pages.tables import Page
from review_app.quality.changed import Corrected, Key, least_phrases, may_have
from review_app.quality.recurring import Part, Recurring, made_again, recurring
from review_app.review.tables import BatchItem, NotRecurring
from review_app.segments.tables import Segment
from review_app.sites.service import SiteView, get_site
from review_app.text.normalise import source_hash
from review_app.text.phrases import Replacement, Words
from review_app.translations.origin import Origin
from review_app.translations.tables import MachineTranslation, Revision, Translation

Text: TypeAlias = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]

AT_ONCE = 200
"""Texts that are looked at together, to find out whether enough have a phrase for it to be no rule."""

GONE = N_("This correction does not recur any more. See the list of those that do.")


@dataclass(frozen=True, slots=True)
class Found:
    """A recurring correction of a site; ``dismissed``: a person has said that it is no rule."""

    recurring: Recurring
    dismissed: bool = False


def candidates(session: Session, actor: Actor, site_slug: str, language: str) -> list[Found]:
    """Return the corrections that recur, those made most often first, what was dismissed last."""
    site = open_language(session, actor, site_slug, language)
    found = recurring(_corrected(session, site.id, language))
    dismissed = _dismissed(session, site.id, language)
    every = [Found(one, _stored(one.replacement) in dismissed) for one in found]
    return sorted(every, key=lambda one: one.dismissed)


def candidate(session: Session, actor: Actor, site_slug: str, language: str, old: str, new: str) -> Found:
    """Return one recurring correction; raises ``NotFound`` when it does not recur."""
    site = open_language(session, actor, site_slug, language)
    wanted = Replacement(old, new)
    found = recurring(_corrected(session, site.id, language))
    one = next((one for one in found if one.replacement.key == wanted.key), None)
    if one is None:
        raise NotFound(GONE)
    return Found(one, _stored(one.replacement) in _dismissed(session, site.id, language))


def made_by_saving(session: Session, actor: Actor, page_id: int, language: str, key: str) -> Recurring | None:
    """Return the recurring correction that a segment's text is an example of, if it is one of any."""
    placed = select(Segment.id, Page.site_id).join(Page, Segment.page_id == Page.id)
    row = session.execute(placed.where(Segment.page_id == page_id, Segment.key == key)).first()
    if row is None or not actor.may(Action.CORRECT, row.site_id, language):
        return None
    return made_in(session, row.site_id, row.id, language)


def made_in(session: Session, site_id: int, segment_id: int, language: str) -> Recurring | None:
    """Return the same of a segment that this person corrects; the word of the original is left out."""
    own = next(iter(_corrected(session, site_id, language, [segment_id])), None)
    phrases = least_phrases(own) if own else set()
    if own is None or not phrases:
        return None
    alike = _sharing(session, site_id, language, own, phrases)
    if not alike:
        return None
    dismissed = _dismissed(session, site_id, language)
    found = made_again(own, alike, partial(_having, session, site_id, language))
    return next((one for one in found if _stored(one.replacement) not in dismissed), None)


def dismiss(session: Session, actor: Actor, site_slug: str, language: str, replacement: Replacement) -> None:
    """Remember that a correction is no rule: it is not offered any more."""
    site = open_language(session, actor, site_slug, language)
    old, new = _stored(replacement)
    if actor.person_id is None:
        raise NotAllowed(N_("A correction needs a person's name. Sign in to correct."))
    if (old, new) in _dismissed(session, site.id, language):
        return
    session.add(NotRecurring(site_id=site.id, language=language, old=old, new=new, dismissed_by=actor.person_id))
    _tell(session, actor, site.id, "replacement.dismiss", language, replacement)


def take_up(session: Session, actor: Actor, site_slug: str, language: str, replacement: Replacement) -> None:
    """Offer a correction again that was dismissed."""
    site = open_language(session, actor, site_slug, language)
    old, new = _stored(replacement)
    row = session.scalar(_dismissals(site.id, language).where(NotRecurring.old == old, NotRecurring.new == new))
    if row is not None:
        session.delete(row)
        _tell(session, actor, site.id, "replacement.take_up", language, replacement)


def open_language(session: Session, actor: Actor, site_slug: str, language: str) -> SiteView:
    """Return the site, if this person corrects there; raises ``NotFound`` and ``NotAllowed``."""
    site = get_site(session, site_slug)
    if not actor.may(Action.READ, site.id):
        raise NotFound(N_("There is no site with the short name {slug}."), slug=site_slug)
    actor.require(Action.CORRECT, site.id, language)
    if language not in site.languages:
        raise NotFound(N_("The site {site} is not translated into “{language}”."), site=site.name, language=language)
    return site


def containing(column: Text, word: str) -> ColumnElement[bool]:
    """Return the condition that a text has a word, in whatever case; SQLite knows only the case of ASCII."""
    spellings = [word] if word.isascii() else dict.fromkeys([word, word.upper(), word[:1].upper() + word[1:]])
    return or_(*(column.icontains(spelling, autoescape=True) for spelling in spellings))


def longest_word(words: Collection[str]) -> str:
    """Return the word of a phrase that fewest texts have: the longest."""
    return max(words, key=len)


def _corrected(
    session: Session, site_id: int, language: str, segment_ids: Collection[int] | None = None
) -> list[Corrected]:
    """Return what people left of the machine's texts, a row a segment, of these segments or of all."""
    statement = _read(site_id, language).order_by(Revision.number)
    if segment_ids is not None:
        statement = statement.where(among(Translation.segment_id, segment_ids))
    newest = {row.segment_id: row for row in session.execute(statement)}
    return [
        Corrected(row.segment_id, row.source, row.machine, row.text)
        for row in newest.values()
        if row.source_hash == source_hash(row.source)
    ]


def _read(site_id: int, language: str) -> Select[int, str, str | None, str, str]:
    """Return the selection of what people left of the machine's texts.

    What a batch wrote is nobody's correction: a replacement must not be the evidence for itself.
    """
    people = [origin for origin in Origin if origin.read_by_person]
    return (
        select(
            Translation.segment_id,
            Revision.source,
            MachineTranslation.text.label("machine"),
            MachineTranslation.source_hash,
            Revision.text,
        )
        .select_from(Revision)
        .join(Translation, Revision.translation_id == Translation.id)
        .join(Segment, Translation.segment_id == Segment.id)
        .join(Page, Segment.page_id == Page.id)
        .join(MachineTranslation, Revision.draft_id == MachineTranslation.id)
        .where(
            Page.site_id == site_id,
            Translation.language == language,
            Revision.origin.in_(people),
            MachineTranslation.text.is_not(None),
            MachineTranslation.publishable,
            ~exists().where(BatchItem.revision_id == Revision.id),
            ~exists().where(BatchItem.restored_id == Revision.id),
        )
    )


def _sharing(
    session: Session, site_id: int, language: str, own: Corrected, phrases: Collection[Key]
) -> list[Corrected]:
    """Return the other corrections that may have one of these phrases."""
    both = (
        and_(containing(MachineTranslation.text, longest_word(old)), containing(Revision.text, longest_word(new)))
        for old, new in phrases
    )
    machine = select(MachineTranslation.segment_id).where(
        # alone, so that only what has a word is looked up in the other tables
        MachineTranslation.language == language,
        or_(*(containing(MachineTranslation.text, longest_word(old)) for old, _ in phrases)),
    )
    changed = _read(site_id, language).where(
        Translation.segment_id.in_(machine),
        Translation.segment_id != own.segment_id,
        Revision.text != MachineTranslation.text,
        or_(*both),
    )
    ids = session.scalars(changed.with_only_columns(Translation.segment_id).distinct()).all()
    had, has = may_have(old for old, _ in phrases), may_have(new for _, new in phrases)
    return [one for one in _corrected(session, site_id, language, ids) if had(one.machine) and has(one.text)]


def _having(session: Session, site_id: int, language: str, phrases: Collection[Words], after: int) -> Part:
    """Return the next texts of the machine's that may have one of these phrases."""
    words = {longest_word(phrase) for phrase in phrases}
    wanted = _read(site_id, language).where(
        Translation.segment_id > after, or_(*(containing(MachineTranslation.text, word) for word in words))
    )
    ids = session.scalars(
        wanted.with_only_columns(Translation.segment_id).distinct().order_by(Translation.segment_id).limit(AT_ONCE)
    ).all()
    return Part(_corrected(session, site_id, language, ids), ids[-1] if ids else None)


def _dismissed(session: Session, site_id: int, language: str) -> set[tuple[str, str]]:
    return {(row.old, row.new) for row in session.scalars(_dismissals(site_id, language))}


def _dismissals(site_id: int, language: str) -> Select[NotRecurring]:
    return select(NotRecurring).where(NotRecurring.site_id == site_id, NotRecurring.language == language)


def _stored(replacement: Replacement) -> tuple[str, str]:
    old, new = replacement.key
    return " ".join(old)[:500], " ".join(new)[:500]


def _tell(session: Session, actor: Actor, site_id: int, action: str, language: str, replacement: Replacement) -> None:
    what = {"language": language, "old": replacement.old, "new": replacement.new}
    record(session, actor, action, f"site:{site_id}", site_id=site_id, after=what)
    session.flush()
