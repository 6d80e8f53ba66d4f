"""The audit log is sealed, and says from where.

Revision: 0023
After: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

UNREDACTED = sa.text("redacted IS NULL")


def upgrade() -> None:
    """Add the seals; the rows of before are sealed by the first worker."""
    op.create_table(
        "audit_seal",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_seal")),
    )
    op.add_column("audit_entry", sa.Column("address", sa.String(length=64), nullable=True))
    op.add_column("audit_entry", sa.Column("seal", sa.Integer(), nullable=True))
    op.add_column("audit_entry", sa.Column("salts", sa.JSON(), nullable=True))
    op.add_column("audit_entry", sa.Column("redacted", sa.JSON(), nullable=True))
    op.create_index(op.f("ix_audit_entry_seal"), "audit_entry", ["seal"])
    op.create_index(
        "ix_audit_entry_unredacted", "audit_entry", ["at"], sqlite_where=UNREDACTED, postgresql_where=UNREDACTED
    )
