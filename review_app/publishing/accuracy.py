"""What the public is told of how good the machine's translation is: in their language, built from facts."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from review_app.locale import N_
from review_app.publishing.notice import SPELLINGS, Say

TITLE = N_("How the translation is made, and how good it is")
MADE = N_("The pages are translated from Swedish by machine. People at {body} read the translations and correct them.")
MARKED = N_("A line at the top of each page says how far that has come. Passages that nobody has read are marked.")
READ = N_("By {date} people had read {read} of {total} sentences.")
MEASURED = N_(
    "To measure how good the machine is, its text of {n} sentences was compared with what people made of it. They left "
    "{unchanged} unchanged and changed the others. With 95 per cent confidence the share is between {low} and {high}."
)
TOO_FEW = N_(
    "People have read {n} sentences by the machine. That is too few to say how good it is: {least} are needed."
)
HONEST = N_(
    "Whoever corrects a text starts from the machine's words, so the measure favours the machine. A changed sentence "
    "was not always wrong, and an unchanged one is not always right."
)
TELL = N_(
    "If something is wrong, open the page and choose “Something wrong? Tell us” at its top. "
    "You need not say who you are."
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a statement is built from: ``n`` drafts were read, of which a share, in per cent, was left unchanged.

    Without a share there were too few; ``least`` says how many it takes. ``day`` is ISO text.
    """

    body: str
    day: str
    read: int
    total: int
    n: int
    least: int
    unchanged: float | None
    low: float | None
    high: float | None

    def as_json(self) -> dict[str, Any]:
        """Return the facts as they are stored with a statement."""
        return asdict(self)


def measured_from(stored: Mapping[str, Any]) -> Measured:
    """Read stored facts back."""
    return Measured(**stored)


def statement(facts: Measured, language: str, say: Say) -> list[str]:
    """Return the statement's paragraphs in a language; ``say`` gives its words, the site's own where it has any."""
    spelling = SPELLINGS.get(language, language.replace("-", "_"))
    numbers = {name: format_decimal(getattr(facts, name), locale=spelling) for name in ("read", "total", "n", "least")}
    values = {
        **numbers,
        "body": facts.body,
        "date": format_date(date.fromisoformat(facts.day), format="long", locale=spelling),
        **{name: _per_cent(getattr(facts, name), spelling) for name in ("unchanged", "low", "high")},
    }
    figures = MEASURED if facts.unchanged is not None else TOO_FEW
    honest = [HONEST] if facts.unchanged is not None else []
    paragraphs = ((MADE, MARKED), (READ, figures), honest, (TELL,))
    return [" ".join(say(message).format(**values) for message in one) for one in paragraphs if one]


def _per_cent(share: float | None, spelling: str) -> str:
    return "" if share is None else str(format_percent(round(share) / 100, locale=spelling))
