"""Makes the guide of a site and language from its glossary, and from what its people have written."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy.orm import Session

from review_app.checks.guide import Guide, TermRule
from review_app.checks.lexicons import lexicon_of
from review_app.checks.written import Written, counted
from review_app.glossary.service import names_of, terms_of
from review_app.pages.service import SHARED_PATH
from review_app.text.normalise import source_hash
from review_app.translations.memory import Wrote, people_wrote


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
    sources: Collection[str],
    *,
    apart_from: int | None = None,
) -> Guide:
    """Return a guide that knows what people wrote for these sources, ``apart_from`` in one segment."""
    hashes = {source: source_hash(source) for source in sources}
    found = people_wrote(session, site_id, language, set(hashes.values()))
    return beside(guide, [wrote for wrote in found if wrote.segment_id != apart_from], hashes)


def beside(guide: Guide, found: Iterable[Wrote], hashes: Mapping[str, str]) -> Guide:
    """Return a guide that knows these texts of people; ``hashes`` are those of the sources by source."""
    texts: dict[str, list[tuple[str, str]]] = {}
    for wrote in found:
        texts.setdefault(wrote.source_hash, []).append((wrote.text, _place(wrote.path)))
    return guide.beside(Written({source: counted(texts[of]) for source, of in hashes.items() if of in texts}))


def _place(path: str) -> str:
    """Return a page's path as people know it; what all pages share stands on the first as well."""
    return "/" if path == SHARED_PATH else f"/{path}"
