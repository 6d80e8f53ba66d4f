"""Texts that were taken off the public side.

Revision: 0004
After: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of texts that are not published again."""
    op.create_table(
        "pulled_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("pulled_by", sa.Integer(), nullable=True),
        sa.Column("pulled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["segment_id"], ["segment.id"], name=op.f("fk_pulled_text_segment_id_segment")),
        sa.ForeignKeyConstraint(["pulled_by"], ["person.id"], name=op.f("fk_pulled_text_pulled_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulled_text")),
    )
    op.create_index(op.f("ix_pulled_text_segment_id_language"), "pulled_text", ["segment_id", "language"])
