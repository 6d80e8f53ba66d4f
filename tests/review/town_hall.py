"""Three pages of the town on which a machine calls the municipal assembly a council."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from review_app.accounts.permissions import Actor
from review_app.review import service
from review_app.text.phrases import Replacement
from tests.builders import BuiltPage, Town, build_page

WRONG, RIGHT = "municipal council", "municipal assembly"
ASSEMBLY = Replacement(WRONG, RIGHT)

RULES, DECIDES = "Reglerna antogs", "Det är kommunfullmäktige"
MEETS, ELECTS, OPEN = "Här sammanträder", "Vart fjärde år", "Salen är"

TEXTS: Mapping[str, Mapping[str, str]] = {
    "regler": {
        "Reglerna antogs av kommunfullmäktige.": "The rules were adopted by the municipal council.",
        "Det är kommunfullmäktige som beslutar.": "It is the municipal council that decides.",
    },
    "salen": {
        "Här sammanträder kommunfullmäktige.": "Here the municipal council meets.",
        "Salen är öppen för alla.": "The hall is open to all.",
    },
    "val": {"Vart fjärde år väljs kommunfullmäktige.": "<1>Municipal council</1> is elected every four years."},
}


@dataclass(frozen=True)
class TownHall:
    """The pages by path."""

    town: Town
    pages: Mapping[str, BuiltPage]

    def save(self, session: Session, path: str, beginning: str, text: str, by: str = "anna") -> None:
        page, actor = self.pages[path], self.town.people[by]
        row = self.row(session, path, beginning, actor)
        service.save(session, actor, page.page_id, "en", row.key, text=text, based_on=row.revision)

    def accept(self, session: Session, path: str, beginning: str, by: str = "anna") -> None:
        page, actor = self.pages[path], self.town.people[by]
        row = self.row(session, path, beginning, actor)
        service.accept(session, actor, page.page_id, "en", row.key, based_on=row.revision)

    def row(self, session: Session, path: str, beginning: str, actor: Actor | None = None) -> service.SegmentRow:
        page = self.pages[path]
        return service.row(session, actor or self.town.anna, page.page_id, "en", page.key(beginning))

    def text(self, session: Session, path: str, beginning: str) -> str | None:
        return self.row(session, path, beginning).text

    def correct_twice(self, session: Session) -> None:
        """Let Anna make the same correction on the page of rules in both sentences."""
        for beginning in (RULES, DECIDES):
            text = self.text(session, "regler", beginning) or ""
            self.save(session, "regler", beginning, text.replace(WRONG, RIGHT))


def build_town_hall(session: Session, town: Town) -> TownHall:
    """Take the pages in."""
    return TownHall(town, {path: _page(session, town, path, texts) for path, texts in TEXTS.items()})


def _page(session: Session, town: Town, path: str, texts: Mapping[str, str]) -> BuiltPage:
    paragraphs = "".join(f"<p>{source}</p>" for source in texts)
    html = f'<html lang="sv"><title>{path.title()}</title><main>{paragraphs}</main></html>'
    html = html.replace("väljs kommunfullmäktige", "väljs <b>kommunfullmäktige</b>")
    machine = {
        source.replace("väljs kommunfullmäktige", "väljs <1>kommunfullmäktige</1>"): text
        for source, text in texts.items()
    }
    return build_page(session, town.site_id, html=html, path=path, machine=machine)
