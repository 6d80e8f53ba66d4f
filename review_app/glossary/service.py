"""Use cases of the glossary: say what a word is called, or that a name stays as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.errors import BadInput, NotFound
from review_app.glossary.tables import Term
from review_app.locale import N_
from review_app.sites.service import SiteView
from review_app.text.normalise import normalise

LONGEST = 200
LONGEST_NOTE = 500

COLUMNS = ("source", "language", "target", "forbidden", "part_of_speech", "note")
"""What is said of a word, by the names of the table's columns."""

PARTS_OF_SPEECH: dict[str, str] = {
    "": "",
    "noun": N_("noun"),
    "verb": N_("verb"),
    "adjective": N_("adjective"),
    "adverb": N_("adverb"),
    "name": N_("proper name"),
    "phrase": N_("phrase"),
    "abbreviation": N_("abbreviation"),
}
"""What kind of word a term is, and its name; nobody has to say."""


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
    *,
    part_of_speech: str = "",
    note: str = "",
    term_id: int | None = None,
) -> bool:
    """Say what a word is called in a language, and what not; without a language, that it is a name.

    ``term_id`` is the term that is changed; without it, the one of this word and language, or a new one. Returns
    whether anything is new. Raises ``BadInput``, and ``NotFound`` for a term of another site.
    """
    actor.require(Action.CORRECT, site.id, normalise(language))
    given = (source, language, target, forbidden, part_of_speech, note)
    new = dict(zip(COLUMNS, map(normalise, given), strict=True))
    _require_usable(site, new)
    known = session.scalar(
        select(Term).where(Term.site_id == site.id, Term.language == new["language"], Term.source == new["source"])
    )
    if term_id is not None:
        changed = _own(session, site, term_id)
        actor.require(Action.CORRECT, site.id, changed.language)
        if known is not None and known.id != term_id:
            raise BadInput(
                N_("The glossary has “{word}” in this language already. Change that one."), word=new["source"]
            )
        known = changed
    before = _facts(known) if known else None
    if before == new:
        return False
    if known is None:
        known = Term(site_id=site.id)
        session.add(known)
    for name, text in new.items():
        setattr(known, name, text)
    record(session, actor, "term.set", f"site:{site.id}", site_id=site.id, before=before, after=new)
    session.flush()
    return True


def _require_usable(site: SiteView, new: Mapping[str, str]) -> None:
    language = new["language"]
    if not new["source"] or max(len(new[name]) for name in ("source", "target", "forbidden")) > LONGEST:
        raise BadInput(N_("Write the word, in at most {longest} characters."), longest=LONGEST)
    if len(new["note"]) > LONGEST_NOTE:
        raise BadInput(N_("The note is longer than {longest} characters. Shorten it."), longest=LONGEST_NOTE)
    if language and language not in site.languages:
        raise BadInput(N_("The site is not translated into {language}. Add the language first."), language=language)
    if bool(language) != bool(alternatives(new["target"])) or (new["forbidden"] and not language):
        raise BadInput(N_("Write what the word is called and choose the language; leave both open for a name."))
    if new["part_of_speech"] not in PARTS_OF_SPEECH:
        raise BadInput(
            N_("“{given}” is no part of speech. Choose one of: {known}."),
            given=new["part_of_speech"][:40],
            known=", ".join(filter(None, PARTS_OF_SPEECH)),
        )


def _own(session: Session, site: SiteView, term_id: int) -> Term:
    term = session.get(Term, term_id)
    if term is None or term.site_id != site.id:
        raise NotFound(N_("There is no such term."))
    return term


def _facts(term: Term) -> dict[str, str]:
    return {name: getattr(term, name) for name in COLUMNS}


def get_term(session: Session, actor: Actor, site: SiteView, term_id: int) -> dict[str, str]:
    """Return what is said of a word, by column; raises ``NotFound`` for one of another site."""
    actor.require(Action.CORRECT, site.id)
    return _facts(_own(session, site, term_id))


def remove_term(session: Session, actor: Actor, site: SiteView, term_id: int) -> None:
    """Take a term away; raises ``NotFound`` for one of another site."""
    actor.require(Action.CORRECT, site.id)
    term = _own(session, site, term_id)
    actor.require(Action.CORRECT, site.id, term.language)
    what = _facts(term)
    session.delete(term)
    record(session, actor, "term.remove", f"site:{site.id}", site_id=site.id, before=what)
    session.flush()


def terms_of(session: Session, site_id: int) -> Sequence[TermView]:
    """Return a site's terms by word: names first, then by language."""
    return [TermView(*row) for row in session.execute(_TERMS, {"site_id": site_id})]


_TERMS = (
    select(Term.id, Term.source, Term.language, Term.target, Term.forbidden, Term.part_of_speech, Term.note)
    .where(Term.site_id == bindparam("site_id"))
    .order_by(Term.source, Term.language)
)


def names_of(terms: Sequence[TermView]) -> frozenset[str]:
    """Return the names among terms, as ``casefold`` leaves them."""
    return frozenset(term.source.casefold() for term in terms if term.is_name)


def targets_of(terms: Sequence[TermView], language: str) -> dict[str, str]:
    """Return what the words are called in a language; names are called what they are."""
    return {term.source: (*term.targets, term.source)[0] for term in terms if term.language in {"", language}}
