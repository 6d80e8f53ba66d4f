"""Use cases of the glossary: say what a word is called, or that a name stays as it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.errors import BadInput, NotFound
from review_app.glossary.tables import Term
from review_app.locale import N_
from review_app.sites.service import SiteView
from review_app.text.normalise import normalise

LONGEST = 200


@dataclass(frozen=True, slots=True)
class TermView:
    """A term; a name has neither language nor target. What it may be called, and may not, is parted by semicolons."""

    id: int
    source: str
    language: str
    target: str
    forbidden_words: str = ""
    part_of_speech: str = ""
    note: str = ""

    @property
    def targets(self) -> tuple[str, ...]:
        """What the word may be called, the preferred first."""
        return alternatives(self.target)

    @property
    def forbidden(self) -> tuple[str, ...]:
        """What the word may not be called."""
        return alternatives(self.forbidden_words)

    @property
    def is_name(self) -> bool:
        """Whether the word stays as it is in every language."""
        return not self.language


def alternatives(text: str) -> tuple[str, ...]:
    """Return words that are parted by semicolons."""
    return tuple(word.strip() for word in text.split(";") if word.strip())


def set_term(
    session: Session,
    actor: Actor,
    site: SiteView,
    source: str,
    language: str = "",
    target: str = "",
    forbidden: str = "",
) -> None:
    """Say what a word is called in a language, and what not; without a language, that it is a name.

    Raises ``BadInput``.
    """
    actor.require(Action.CORRECT, site.id)
    source, target, forbidden = normalise(source), normalise(target), normalise(forbidden)
    if not source or max(map(len, (source, target, forbidden))) > LONGEST:
        raise BadInput(N_("Write the word, in at most {longest} characters."), longest=LONGEST)
    if language and language not in site.languages:
        raise BadInput(N_("The site is not translated into {language}. Add the language first."), language=language)
    if bool(language) != bool(alternatives(target)) or (forbidden and not language):
        raise BadInput(N_("Write what the word is called and choose the language; leave both open for a name."))
    known = session.scalar(
        select(Term).where(Term.site_id == site.id, Term.language == language, Term.source == source)
    )
    if known is None:
        known = Term(site_id=site.id, source=source, language=language)
        session.add(known)
    known.target, known.forbidden = target, forbidden
    what = {"source": source, "language": language, "target": target, "forbidden": forbidden}
    record(session, actor, "term.set", f"site:{site.id}", site_id=site.id, after=what)
    session.flush()


def remove_term(session: Session, actor: Actor, site: SiteView, term_id: int) -> None:
    """Take a term away; raises ``NotFound`` for one of another site."""
    actor.require(Action.CORRECT, site.id)
    term = session.get(Term, term_id)
    if term is None or term.site_id != site.id:
        raise NotFound(N_("There is no such term."))
    what = {
        "source": term.source,
        "language": term.language,
        "target": term.target,
        "forbidden": term.forbidden,
    }
    session.delete(term)
    record(session, actor, "term.remove", f"site:{site.id}", site_id=site.id, before=what)
    session.flush()


def terms_of(session: Session, site_id: int) -> Sequence[TermView]:
    """Return a site's terms by word: names first, then by language."""
    rows = session.scalars(select(Term).where(Term.site_id == site_id).order_by(Term.source, Term.language))
    return [
        TermView(row.id, row.source, row.language, row.target, row.forbidden, row.part_of_speech, row.note)
        for row in rows
    ]


def names_of(terms: Sequence[TermView]) -> frozenset[str]:
    """Return the names among terms, as ``casefold`` leaves them."""
    return frozenset(term.source.casefold() for term in terms if term.is_name)


def targets_of(terms: Sequence[TermView], language: str) -> dict[str, str]:
    """Return what the words are called in a language; names are called what they are."""
    return {term.source: (*term.targets, term.source)[0] for term in terms if term.language in {"", language}}
