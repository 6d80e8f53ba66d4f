"""What did the page say? Every state that the public was shown, found by page, language and moment, and exported."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from io import BytesIO
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import names_of
from review_app.errors import NotFound
from review_app.languages import direction
from review_app.locale import N_
from review_app.pages.service import get_page
from review_app.publishing.notice import Say, facts_from, notice
from review_app.publishing.service import hash_of
from review_app.publishing.tables import Publication
from review_app.publishing.wording import wording


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of a page, as the public saw it from one moment to another.

    ``intact`` says that what is stored still has the hash it was published with.
    """

    id: int
    page_id: int
    path: str
    language: str
    title: str
    html: str
    notice: str
    passages: Sequence[Mapping[str, Any]]
    facts: Mapping[str, Any]
    content_hash: str
    published_at: datetime
    published_by: str
    ended_at: datetime | None
    ended_by: str
    intact: bool


def editions(session: Session, actor: Actor, page_id: int, language: str) -> list[Edition]:
    """Return everything the public was shown of a page in a language, newest first."""
    page = get_page(session, page_id)
    actor.require(Action.ADMINISTER, page.site_id)
    rows = session.scalars(
        select(Publication)
        .where(Publication.page_id == page_id, Publication.language == language)
        .order_by(Publication.id.desc())
    ).all()
    people = {person for row in rows for person in (row.published_by, row.ended_by) if person}
    names = names_of(session, people)
    return [
        _edition(row, page.path, names, wording(session, page.site_id, language, row.published_at).say) for row in rows
    ]


def edition_at(session: Session, actor: Actor, page_id: int, language: str, moment: datetime) -> Edition | None:
    """Return what the public was shown at a moment; ``None`` when the page was not public then."""
    for edition in editions(session, actor, page_id, language):
        if edition.published_at <= moment and (edition.ended_at is None or moment < edition.ended_at):
            return edition
    return None


def get_edition(session: Session, actor: Actor, edition_id: int) -> Edition:
    """Return one state by its number; raises ``NotFound``."""
    row = session.get(Publication, edition_id)
    if row is None or not actor.may(Action.ADMINISTER, get_page(session, row.page_id).site_id):
        raise NotFound(N_("There is no such publication."))
    return next(one for one in editions(session, actor, row.page_id, row.language) if one.id == edition_id)


def export(edition: Edition) -> bytes:
    """Return a zip file with the page as HTML, its record as JSON, and how to check the one against the other."""
    record = {
        "path": edition.path,
        "language": edition.language,
        "title": edition.title,
        "notice": edition.notice,
        "published_at": edition.published_at.isoformat(),
        "published_by": edition.published_by,
        "ended_at": edition.ended_at.isoformat() if edition.ended_at else None,
        "ended_by": edition.ended_by or None,
        "facts": dict(edition.facts),
        "passages": list(edition.passages),
        "html": edition.html,
        "sha256": edition.content_hash,
    }
    files = {
        "page.html": _document(edition),
        "record.json": json.dumps(record, ensure_ascii=False, indent=1),
        "README.txt": CHECK,
    }
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, edition.published_at.timetuple()[:6])
            archive.writestr(info, text.encode())
    return packed.getvalue()


CHECK = """page.html is what the public was shown; record.json says when, by whom it was published and on what facts.
sha256 in record.json is the SHA-256 of json.dumps([html, passages, facts], sort_keys=True) of Python, in UTF-8.
"""


def _document(edition: Edition) -> str:
    head = f'<!doctype html>\n<html lang="{escape(edition.language)}" dir="{direction(edition.language)}">\n'
    title = f'<meta charset="utf-8">\n<title>{escape(edition.title)}</title>\n'
    return f"{head}{title}<p>{escape(edition.notice)}</p>\n<main>\n{edition.html}\n</main>\n</html>\n"


def _edition(row: Publication, path: str, names: Mapping[int, str], say: Say) -> Edition:
    return Edition(
        id=row.id,
        page_id=row.page_id,
        path=path,
        language=row.language,
        title=row.title,
        html=row.html,
        notice=notice(facts_from(row.facts), row.language, say=say),
        passages=row.passages,
        facts=row.facts,
        content_hash=row.content_hash,
        published_at=row.published_at,
        published_by=names.get(row.published_by or 0, ""),
        ended_at=row.ended_at,
        ended_by=names.get(row.ended_by or 0, ""),
        intact=hash_of(row.html, row.passages, row.facts) == row.content_hash,
    )
