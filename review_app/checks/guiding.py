"""Makes the guide of a site and language from its glossary, and from what its people have written."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from review_app.checks.guide import Guide, TermRule
from review_app.checks.lexicons import lexicon_of
from review_app.checks.written import Written, counted, may_be_compared
from review_app.glossary.service import names_of, terms_of
from review_app.pages.service import SHARED_PATH
from review_app.text.normalise import read_hash, source_hash
from review_app.translations.memory import people_wrote, sources_of


def guide_of(session: Session, site_id: int, language: str) -> Guide:
    """Return what a site asks of its translations into a language."""
    terms = terms_of(session, site_id)
    rules = (TermRule(term.source, term.targets, term.forbidden) for term in terms if term.language == language)
    return Guide(tuple(rules), names_of(terms), lexicon=lexicon_of(session, site_id, language))


def guide_for(
    session: Session,
    guide: Guide,
    site_id: int,
    language: str,
    texts: Collection[tuple[str, str]],
    *,
    apart_from: int | None = None,
) -> Guide:
    """Return a guide that knows what stands elsewhere for these pairs of source and text.

    That is what people wrote for the same source, ``apart_from`` in one segment, and which sources have the same text.
    """
    sources = {source for source, _text in texts}
    hashes = {source: source_hash(source) for source in sources}
    found: dict[str, list[tuple[str, str]]] = {}
    for wrote in people_wrote(session, site_id, language, set(hashes.values())):
        if wrote.segment_id != apart_from:
            found.setdefault(wrote.source_hash, []).append((wrote.text, _place(wrote.path)))
    written = {source: counted(found[of]) for source, of in hashes.items() if of in found}
    return guide.beside(Written(written, _sources(session, site_id, language, {text for _source, text in texts})))


def _sources(
    session: Session, site_id: int, language: str, texts: Collection[str]
) -> dict[str, tuple[tuple[str, str], ...]]:
    hashes = {text: read_hash(text) for text in texts if may_be_compared(text)}
    found: dict[str | None, list[tuple[str, str]]] = {}
    for stands in sources_of(session, site_id, language, set(hashes.values())) if hashes else ():
        found.setdefault(stands.read_hash, []).append((stands.source, _place(stands.path)))
    return {text: tuple(found[of]) for text, of in hashes.items() if len(found.get(of, ())) > 1}


def _place(path: str) -> str:
    """Return a page's path as people know it; what all pages share stands on the first as well."""
    return "/" if path == SHARED_PATH else f"/{path}"
