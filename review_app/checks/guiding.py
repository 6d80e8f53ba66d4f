"""Makes the guide of a site and language from its glossary, and from what its people have written."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy.orm import Session

from review_app.checks.guide import Guide, TermRule
from review_app.checks.lexicons import lexicon_of
from review_app.checks.written import Written, counted
from review_app.glossary.service import names_of, terms_of
from review_app.pages.service import SHARED_PATH
from review_app.text.normalise import read_hash, source_hash
from review_app.translations.memory import Stands, Wrote, people_wrote, sources_of


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
    found = people_wrote(session, site_id, language, set(hashes.values()))
    digests = {digest for _source, text in texts if (digest := read_hash(text))}
    standing = sources_of(session, site_id, language, digests) if digests else []
    return beside(guide, [wrote for wrote in found if wrote.segment_id != apart_from], hashes, standing, texts)


def beside(
    guide: Guide,
    found: Iterable[Wrote],
    hashes: Mapping[str, str],
    standing: Iterable[Stands] = (),
    texts: Iterable[tuple[str, str]] = (),
) -> Guide:
    """Return a guide that knows what people wrote, and which sources stand behind the same text.

    ``hashes`` are those of the sources by source; ``texts`` are the pairs of source and text at hand.
    """
    wrote: dict[str, list[tuple[str, str]]] = {}
    for one in found:
        wrote.setdefault(one.source_hash, []).append((one.text, _place(one.path)))
    sources: dict[str | None, dict[str, str]] = {}
    for stands in standing:
        sources.setdefault(stands.read_hash, {}).setdefault(stands.source, _place(stands.path))
    written = {source: counted(wrote[of]) for source, of in hashes.items() if of in wrote}
    return guide.beside(Written(written, _shared({text for _source, text in texts}, sources)))


def _shared(
    texts: Collection[str], sources: Mapping[str | None, Mapping[str, str]]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the sources of those texts that stand for several."""
    found = {text: sources.get(read_hash(text), {}) for text in texts} if sources else {}
    return {text: tuple(behind.items()) for text, behind in found.items() if len(behind) > 1}


def _place(path: str) -> str:
    """Return a page's path as people know it; what all pages share stands on the first as well."""
    return "/" if path == SHARED_PATH else f"/{path}"
