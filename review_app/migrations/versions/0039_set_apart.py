"""Places of a text that have a translation of their own.

Revision: 0039
After: 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the places that are set apart."""
    op.create_table(
        "set_apart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_set_apart_page_id_page")),
        sa.ForeignKeyConstraint(["segment_id"], ["segment.id"], name=op.f("fk_set_apart_segment_id_segment")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_set_apart_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_apart")),
        sa.UniqueConstraint("segment_id", name=op.f("uq_set_apart_segment_id")),
    )
    op.create_index(op.f("ix_set_apart_page_id"), "set_apart", ["page_id"])
