"""Texts that read the same are found: each revision has the hash of its text as it is read.

Revision: 0018
After: 0017
"""

import hashlib
import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

AT_ONCE = 1000


def upgrade() -> None:
    """Add the column, and the hashes of what is there."""
    op.add_column("revision", sa.Column("read_hash", sa.String(length=32), nullable=True))
    connection = op.get_bind()
    table = sa.table("revision", sa.column("id"), sa.column("text"), sa.column("read_hash"))
    write = sa.update(table).where(table.c.id == sa.bindparam("row")).values(read_hash=sa.bindparam("hash"))
    last = 0
    while rows := connection.execute(
        sa.select(table.c.id, table.c.text).where(table.c.id > last).order_by(table.c.id).limit(AT_ONCE)
    ).all():
        connection.execute(write, [{"row": row.id, "hash": _read_hash(row.text)} for row in rows])
        last = rows[-1].id
    op.create_index(op.f("ix_revision_read_hash"), "revision", ["read_hash"])


def _read_hash(text: str) -> str | None:
    """Return the hash as ``text/normalise.py`` works it out."""
    if text.count(" ") < 3:
        return None
    normal = re.sub(r"[ \t\n\r\f]+", " ", unicodedata.normalize("NFC", text)).strip(" ")
    read = normal.casefold().rstrip(" .:!…")
    return hashlib.blake2b(read.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
