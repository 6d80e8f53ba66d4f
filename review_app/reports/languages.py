"""The languages of a site side by side."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.reports.filters import Filter
from review_app.reports.shares import Shares, shares_of
from review_app.reports.slices import Chosen, choose_of
from review_app.scoring.metrics import METRICS
from review_app.scoring.service import Coverage
from review_app.scoring.summary import Score, summarise


@dataclass(frozen=True, slots=True)
class LanguageLine:
    """How far a language is read, and how much people changed; no score where nobody has read a machine's text."""

    language: str
    coverage: Coverage
    shares: Shares
    score: Score | None


def language_lines(session: Session, chosen: Chosen) -> list[LanguageLine]:
    """Return every language of the site under the same filter, by its tag."""
    found = []
    for language in sorted(chosen.site.languages):
        same = chosen if language == chosen.filter.language else _other(session, chosen, language)
        drafted = same.segments.drafted()
        score = summarise(METRICS["HTER"], drafted.statistics("HTER"), drafted.pages) if len(drafted) else None
        found.append(LanguageLine(language, same.coverage, shares_of(drafted), score))
    return found


def _other(session: Session, chosen: Chosen, language: str) -> Chosen:
    asked: Filter = chosen.filter.in_language(language)
    return choose_of(session, chosen.site, asked)
