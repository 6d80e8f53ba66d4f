"""Tables of the accounts stage."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from review_app.accounts.permissions import Role
from review_app.db import Base, Choice, utc_now
from review_app.sites.tables import Site


class Person(Base):
    """Someone who can sign in."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str | None] = mapped_column(String(35))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


EVERY_LANGUAGE = ""


class Membership(Base):
    """A role a person has at a site: in one language, or in every one, those that are added later, too."""

    __tablename__ = "membership"

    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id), primary_key=True)
    role: Mapped[Role] = mapped_column(Choice(Role), primary_key=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True, default=EVERY_LANGUAGE)


class SignIn(Base):
    """One browser a person is signed in with; only a hash of its token is stored, and what tells it from others."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    expires_at: Mapped[datetime]
    device: Mapped[str] = mapped_column(String(80), default="")
    seen_at: Mapped[datetime | None]


class Invitation(Base):
    """Somebody who is invited to a site and has not answered; ``roles`` as ``{role: [languages]}``, none for every one.

    Only a hash of the link's token is stored. The row is gone when it is accepted or taken back.
    """

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("site_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey(Site.id))
    email: Mapped[str] = mapped_column(String(320))
    name: Mapped[str] = mapped_column(String(200))
    roles: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    invited_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    expires_at: Mapped[datetime]


class Identity(Base):
    """Who a person is at a sign-in service: its own number of them, which stays when their address changes."""

    __tablename__ = "identity"

    issuer: Mapped[str] = mapped_column(String(500), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class PasswordRequest(Base):
    """An address for which somebody asked for a new password: written whether or not there is such a person."""

    __tablename__ = "password_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    language: Mapped[str] = mapped_column(String(35))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class PasswordLink(Base):
    """A link by which a person sets a new password, once; only a hash of its token is stored."""

    __tablename__ = "password_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    expires_at: Mapped[datetime]


class FailedTry(Base):
    """How often something was tried in vain of late; ``key``: a hash of what, and by whom or from where."""

    __tablename__ = "failed_try"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)


UNREDACTED = text("redacted IS NULL")


class AuditEntry(Base):
    """One change: who, from where, what, on what, before and after.

    ``seal``, ``salts``: the seal that covers it, and a salt for each group of its fields; none until it is sealed.
    ``redacted``: the hashes that stand for groups that were redacted, with a proof of who did.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_unredacted", "at", sqlite_where=UNREDACTED, postgresql_where=UNREDACTED),
        Index(None, "action", "at"),  # what people are told of is looked up with every page
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey(Site.id), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    actor: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(200))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    address: Mapped[str | None] = mapped_column(String(64))
    seal: Mapped[int | None] = mapped_column(index=True)
    salts: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    redacted: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))


class AuditSeal(Base):
    """A seal over a batch of audit rows: their ids and hashes, chained to the seal before it by a keyed hash."""

    __tablename__ = "audit_seal"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed_at: Mapped[datetime]
    before: Mapped[str] = mapped_column(String(64))
    entries: Mapped[list[list[Any]]] = mapped_column(JSON)
    hash: Mapped[str] = mapped_column(String(64))
