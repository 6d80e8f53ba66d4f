"""Editing time, where a site measures it.

Revision: 0040
After: 0039
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, and for how many days a site keeps it; no site measures it yet."""
    with op.batch_alter_table("site") as site:
        site.add_column(sa.Column("editing_time_days", sa.Integer(), nullable=True))
    op.create_table(
        "editing_time",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_editing_time_person_id_person")),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_editing_time_page_id_page")),
        sa.PrimaryKeyConstraint("person_id", "page_id", "language", "day", name=op.f("pk_editing_time")),
    )
    op.create_index(op.f("ix_editing_time_page_id"), "editing_time", ["page_id"])
