"""A small municipality for tests: a site, its people, and a page with machine translations, all through the services.

town = build_town(session)                       Anna translates, Bo approves, Carin administers
page = build_page(session, town.site_id)         six Swedish sentences, machine-translated, two of them wrongly
page.key("Biblioteket har öppet …")              the key of a sentence
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from review_app.accounts.permissions import COMMAND_LINE, Actor, Role
from review_app.accounts.service import add_person, grant, person_actor
from review_app.checks.service import check_revisions
from review_app.review import decisions
from review_app.review.gating import allow
from review_app.review.states import Basis
from review_app.segments.service import Placed, import_page, placed_segments
from review_app.sites.policy import LanguagePolicy
from review_app.sites.service import add_site, set_language
from review_app.translations.service import EngineOutput, keep_outputs, newest_revisions

PASSWORD = "ett långt lösenord"
MADE_ON = date(2026, 11, 21)

HTML = """<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><title>Biblioteket</title></head>
<body><main>
<h1>Biblioteket i Älvby</h1>
<p>Biblioteket har öppet kl. 10–18 på vardagar. Du behöver <strong>inte</strong> boka tid.</p>
<h2>Låna böcker</h2>
<ul><li>Du får låna 20 böcker åt gången.</li><li>Lånetiden är fyra veckor.</li></ul>
<p>Reglerna antogs av kommunfullmäktige den 23 juni 2014.</p>
</main></body></html>
"""

MACHINE = {
    "Biblioteket": "The library",
    "Biblioteket i Älvby": "The library in Älvby",
    "Biblioteket har öppet kl. 10–18 på vardagar.": "The library is open 10–18 on weekdays.",
    "Du behöver <1>inte</1> boka tid.": "You do <1>not</1> need to book a time.",
    "Låna böcker": "Borrow books",
    "Du får låna 20 böcker åt gången.": "You may borrow 30 books at a time.",
    "Lånetiden är fyra veckor.": "The loan period is four weeks.",
    "Reglerna antogs av kommunfullmäktige den 23 juni 2014.": "The rules were adopted by the council on June 22, 2014.",
}
"""What the fake engine answers; the number of books and the date are wrong."""


@dataclass(frozen=True, slots=True)
class Town:
    """A site and its people, as actors by first name."""

    site_id: int
    slug: str
    people: Mapping[str, Actor]

    @property
    def anna(self) -> Actor:
        """The translator."""
        return self.people["anna"]

    @property
    def bo(self) -> Actor:
        """The approver."""
        return self.people["bo"]

    @property
    def carin(self) -> Actor:
        """The administrator."""
        return self.people["carin"]


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """An imported page with its segments in page order."""

    page_id: int
    version_id: int
    segments: tuple[Placed, ...]

    def segment(self, beginning: str) -> Placed:
        """Return the first segment whose source begins like this."""
        return next(segment for segment in self.segments if segment.source.startswith(beginning))

    def key(self, beginning: str) -> str:
        """Return the key of the first segment whose source begins like this."""
        return self.segment(beginning).key


def build_town(session: Session, slug: str = "alvby", languages: tuple[str, ...] = ("en", "ar")) -> Town:
    """Add a site with Anna the translator, Bo the approver and Carin the administrator."""
    site_id = add_site(session, slug=slug, name="Älvby kommun", base_url=f"https://www.{slug}.example/")
    for language in languages:
        set_language(session, site_id, language, LanguagePolicy.MACHINE_AFTER_REVIEW)
    roles = {"anna": Role.TRANSLATOR, "bo": Role.APPROVER, "carin": Role.ADMINISTRATOR}
    people = {}
    for name, role in roles.items():
        person_id = add_person(
            session, COMMAND_LINE, email=f"{name}@{slug}.example", name=name.title(), password=PASSWORD
        )
        grant(session, COMMAND_LINE, person_id=person_id, site_id=site_id, role=role)
        people[name] = person_actor(session, person_id)
    return Town(site_id, slug, people)


def build_page(
    session: Session,
    site_id: int,
    *,
    html: str = HTML,
    path: str = "bibliotek",
    language: str = "en",
    machine: Mapping[str, str | None] = MACHINE,
    engine: str = "fake",
    publishable: bool = True,
    check: bool = True,
) -> BuiltPage:
    """Import a page (again) and keep what a fake engine made of it; sentences the engine does not know stay bare.

    A text of ``None`` is one the engine refused to give.
    """
    imported = import_page(session, COMMAND_LINE, site_id, body=html.encode(), path=path, origin="test")
    segments = tuple(placed_segments(session, [imported.version_id])[imported.version_id])
    keep_outputs(
        session,
        language,
        [
            EngineOutput(
                segment_id=segment.segment_id,
                source=segment.source,
                engine=engine,
                version="1",
                made_on=MADE_ON,
                text=machine[segment.source],
                rejection=None if machine[segment.source] is not None else "The engine gave an empty answer.",
                publishable=publishable,
            )
            for segment in segments
            if segment.source in machine
        ],
        drafts=True,
    )
    if check:
        heads = newest_revisions(session, [segment.segment_id for segment in segments], language)
        check_revisions(session, heads.values(), "sv", language)
    return BuiltPage(imported.page_id, imported.version_id, segments)


def say_yes(session: Session, town: Town, submission_id: int, basis: Basis = Basis.READS) -> None:
    """Let Bo say yes to a submission, whatever is in its way: Carin has recorded a reason."""
    allow(session, town.carin, submission_id, reason="The figures are checked by telephone.")
    decisions.approve(session, town.bo, submission_id, basis=basis)
