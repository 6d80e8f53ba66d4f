"""Makes the guide of a site and language from its glossary."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from review_app.checks.guide import Guide, TermRule
from review_app.glossary.service import TermView, names_of, terms_of


def guide_of(session: Session, site_id: int, language: str) -> Guide:
    """Return what a site asks of its translations into a language."""
    return guide_from(terms_of(session, site_id), language)


def guide_from(terms: Sequence[TermView], language: str) -> Guide:
    """Return what a glossary asks of translations into a language."""
    rules = (TermRule(term.source, term.targets, term.forbidden) for term in terms if term.language == language)
    return Guide(tuple(rules), names_of(terms))
