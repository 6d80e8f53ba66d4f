"""Which memories a site may read: its own, and those of sites that let it."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from review_app.accounts.permissions import Action, Actor
from review_app.accounts.service import record
from review_app.errors import BadInput
from review_app.locale import N_
from review_app.memory.postings import Scope
from review_app.memory.tables import MemorySharing
from review_app.sites.service import site_by_id


def scope_of(session: Session, site_id: int, language: str) -> Scope:
    """Return the memories that a site may read in a language; its own comes first."""
    others = session.scalars(
        select(MemorySharing.site_id).where(MemorySharing.reader_id == site_id).order_by(MemorySharing.site_id)
    )
    return Scope((site_id, *others), language)


def readers_of(session: Session, site_id: int) -> frozenset[int]:
    """Return the ids of the other sites that may read a site's memory."""
    return frozenset(session.scalars(select(MemorySharing.reader_id).where(MemorySharing.site_id == site_id)))


def set_readers(session: Session, actor: Actor, site_id: int, readers: Sequence[int]) -> None:
    """Say which other sites may read a site's memory: these and no other.

    Raises ``NotFound`` for a site that there is not, ``BadInput`` for one of another language.
    """
    actor.require(Action.ADMINISTER, site_id)
    own = site_by_id(session, site_id)
    wanted = [site_by_id(session, reader) for reader in set(readers) - {site_id}]
    if any(site.source_language != own.source_language for site in wanted):
        raise BadInput(N_("Only sites that are written in the same language can share their memories."))
    before, after = readers_of(session, site_id), frozenset(site.id for site in wanted)
    if before == after:
        return
    session.execute(
        delete(MemorySharing).where(MemorySharing.site_id == site_id, MemorySharing.reader_id.in_(before - after))
    )
    session.add_all(
        MemorySharing(site_id=site_id, reader_id=reader, said_by=actor.person_id) for reader in sorted(after - before)
    )
    record(
        session,
        actor,
        "memory.share",
        f"site:{site_id}",
        site_id=site_id,
        before={"readers": sorted(before)},
        after={"readers": sorted(after)},
    )
    session.flush()
