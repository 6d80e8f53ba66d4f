"""Pages are given to people.

Revision: 0027
After: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

OF_THE_SITE = sa.text("page_id IS NULL")


def upgrade() -> None:
    """Add the table of assignments."""
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("assigned_by", sa.Integer(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_assignment_site_id_site")),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_assignment_page_id_page")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assignment_person_id_person")),
        sa.ForeignKeyConstraint(["assigned_by"], ["person.id"], name=op.f("fk_assignment_assigned_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("page_id", "language", name=op.f("uq_assignment_page_id_language")),
    )
    op.create_index(op.f("ix_assignment_person_id"), "assignment", ["person_id"])
    op.create_index(
        op.f("ix_assignment_site_id_language"), "assignment", ["site_id", "language"], unique=True,
        sqlite_where=OF_THE_SITE, postgresql_where=OF_THE_SITE,
    )
