"""Use cases of sites: add one, choose its languages and policies, look it up."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from review_app.errors import BadInput, NotFound
from review_app.languages import HUMAN_ONLY_BY_DEFAULT
from review_app.locale import N_
from review_app.sites.policy import LEAST_READ, LanguagePolicy
from review_app.sites.tables import Site, SiteLanguage

RESERVED = frozenset({"api", "static", "archive", "healthz", "readyz", "metrics"})
"""Short names that the public pages need for themselves."""

MOST_DAYS = 366
"""How long editing time can be kept: figures about people are not for ever."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


@dataclass(frozen=True, slots=True)
class SiteView:
    """A site as the rest of the house sees it; ``languages`` maps a language to its policy."""

    id: int
    slug: str
    name: str
    base_url: str
    source_language: str
    timezone: str
    responsible: str
    contact: str
    engine: str
    one_person_mode: bool
    least_read: int
    sync_hours: int | None
    synced_at: datetime | None
    has_push_token: bool
    editing_time_days: int | None
    languages: dict[str, LanguagePolicy]
    engines: dict[str, str]

    def engine_for(self, language: str) -> str:
        """Return the engine that drafts this language."""
        return self.engines.get(language, self.engine)

    @property
    def contact_address(self) -> str:
        """Where a link to who answers for the translations leads; empty if the contact is no address."""
        if self.contact.lower().startswith(("https://", "http://")):
            return self.contact
        return f"mailto:{self.contact}" if "@" in self.contact else ""


def add_site(
    session: Session,
    *,
    slug: str,
    name: str,
    base_url: str,
    source_language: str = "sv",
    responsible: str = "",
    contact: str = "",
    engine: str = "google",
) -> int:
    """Add a site and return its id; raises ``BadInput`` for a taken or malformed short name, name or address."""
    if not _SLUG.fullmatch(slug) or slug in RESERVED:
        raise BadInput(
            N_("“{slug}” cannot be a site's short name. Use lower-case letters a–z, digits and hyphens."),
            slug=slug,
        )
    if session.scalar(select(Site.id).where(Site.slug == slug)) is not None:
        raise BadInput(N_("There is already a site with the short name {slug}."), slug=slug)
    _require_name_and_address(name, base_url)
    site = Site(
        slug=slug,
        name=name.strip(),
        base_url=base_url.strip(),
        source_language=source_language,
        responsible=responsible or name.strip(),
        contact=contact,
        engine=engine,
    )
    session.add(site)
    session.flush()
    return site.id


def set_language(
    session: Session, site_id: int, language: str, policy: LanguagePolicy, engine: str | None = None
) -> None:
    """Add a language to a site, or change its policy and engine; raises ``BadInput`` for the site's own language."""
    if language == session.get_one(Site, site_id).source_language:
        raise BadInput(N_("The site is written in this language; choose another to translate into."))
    row = session.get(SiteLanguage, (site_id, language))
    if row is None:
        session.add(SiteLanguage(site_id=site_id, language=language, policy=policy, engine=engine))
    else:
        row.policy, row.engine = policy, engine
    session.flush()


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What an administrator may change of a site, apart from its languages."""

    name: str
    base_url: str
    responsible: str
    contact: str
    one_person_mode: bool
    sync_hours: int | None = None
    least_read: int = LEAST_READ


def change_site(session: Session, site_id: int, facts: SiteFacts) -> tuple[dict[str, Any], dict[str, Any]]:
    """Change a site's facts; returns what they were and what they are. Raises ``BadInput``."""
    _require_name_and_address(facts.name, facts.base_url)
    if not 0 <= facts.least_read <= 100:
        raise BadInput(N_("The share that should be read is a whole number of percent, from 0 to 100."))
    site = session.get_one(Site, site_id)
    before = {name: getattr(site, name) for name in _FACTS}
    for name in _FACTS:
        value = getattr(facts, name)
        setattr(site, name, value.strip() if isinstance(value, str) else value)
    session.flush()
    return before, {name: getattr(site, name) for name in _FACTS}


def due_sites(session: Session, now: datetime, *, lock: bool = False) -> list[int]:
    """Return the ids of the sites whose pages are to be looked at again; locked, no other worker is told of them."""
    wanted = select(Site).where(Site.sync_hours.is_not(None)).order_by(Site.id)
    sites = session.scalars(wanted.with_for_update(skip_locked=True) if lock else wanted)
    return [
        site.id
        for site in sites
        if site.synced_at is None or site.synced_at + timedelta(hours=site.sync_hours or 0) <= now
    ]


def note_synced(session: Session, site_id: int, now: datetime) -> None:
    """Remember when a site's pages were last asked for."""
    session.get_one(Site, site_id).synced_at = now
    session.flush()


def new_push_token(session: Session, site_id: int) -> str:
    """Return a new secret that the site's publishing system may push with; the one before holds no more."""
    token = secrets.token_urlsafe(32)
    session.get_one(Site, site_id).push_hash = hashlib.sha256(token.encode()).hexdigest()
    session.flush()
    return token


def may_push(session: Session, site_id: int, token: str) -> bool:
    """Say whether a secret is the site's; in the same time whether or not it is."""
    stored = session.get_one(Site, site_id).push_hash or ""
    return hmac.compare_digest(stored, hashlib.sha256(token.encode()).hexdigest())


def set_editing_time(session: Session, site_id: int, days: int | None) -> None:
    """Say for how many days people's editing time is kept; ``None``: it is not measured. Raises ``BadInput``."""
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise BadInput(N_("Write a whole number of days, from 1 to {most}."), most=MOST_DAYS)
    session.get_one(Site, site_id).editing_time_days = days
    session.flush()


def _require_name_and_address(name: str, address: str) -> None:
    if not name.strip():
        raise BadInput(N_("A site needs a name: the organisation's, as its readers know it."))
    try:
        parts = urlsplit(address.strip())
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:  # as for "https://[": half an address of IPv6
        is_web = False
    if not is_web:
        raise BadInput(
            N_("“{address}” is not the address of a website. Write one like https://www.example.se/."),
            address=address[:200],
        )


_FACTS = ("name", "base_url", "responsible", "contact", "one_person_mode", "sync_hours", "least_read")


def find_site(session: Session, slug: str) -> SiteView | None:
    """Return the site with this short name."""
    return next(iter(_views(session, _BY_SLUG, slug=slug)), None)


def get_site(session: Session, slug: str) -> SiteView:
    """Return the site with this short name; raises ``NotFound``."""
    site = find_site(session, slug)
    if site is None:
        raise NotFound(N_("There is no site with the short name {slug}."), slug=slug)
    return site


def site_by_id(session: Session, site_id: int) -> SiteView:
    """Return a site by id."""
    (site,) = _views(session, _BY_ID, site_id=site_id)
    return site


def all_sites(session: Session) -> list[SiteView]:
    """Return every site, by name."""
    return _views(session, _EVERY)


_EVERY = (
    select(Site, SiteLanguage)
    .outerjoin(SiteLanguage, SiteLanguage.site_id == Site.id)
    .order_by(Site.name, Site.id, SiteLanguage.language)
)
_BY_SLUG = _EVERY.where(Site.slug == bindparam("slug"))
_BY_ID = _EVERY.where(Site.id == bindparam("site_id"))


def _views(session: Session, selected: Select[Site, SiteLanguage], **given: Any) -> list[SiteView]:
    rows = session.execute(selected, given)
    sites: dict[Site, list[SiteLanguage]] = {}
    for site, language in rows:
        sites.setdefault(site, []).extend([language] if language else [])
    return [_view(site, languages) for site, languages in sites.items()]


def _view(site: Site, languages: Sequence[SiteLanguage]) -> SiteView:
    return SiteView(
        id=site.id,
        slug=site.slug,
        name=site.name,
        base_url=site.base_url,
        source_language=site.source_language,
        timezone=site.timezone,
        responsible=site.responsible,
        contact=site.contact,
        engine=site.engine,
        one_person_mode=site.one_person_mode,
        least_read=site.least_read,
        sync_hours=site.sync_hours,
        synced_at=site.synced_at,
        has_push_token=site.push_hash is not None,
        editing_time_days=site.editing_time_days,
        languages={row.language: LanguagePolicy(row.policy) for row in languages},
        engines={row.language: row.engine for row in languages if row.engine},
    )


def default_policy(language: str) -> LanguagePolicy:
    """Return the policy a language starts with: small languages of our own deserve a human translator."""
    return LanguagePolicy.HUMAN_ONLY if language in HUMAN_ONLY_BY_DEFAULT else LanguagePolicy.MACHINE_AFTER_REVIEW
