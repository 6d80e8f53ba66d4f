"""What outside translators are given.

Revision: 0035
After: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add commissions and their pages."""
    op.create_table(
        "commission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_commission_site_id_site")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_commission_person_id_person")),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_commission_given_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commission")),
    )
    op.create_index(op.f("ix_commission_site_id"), "commission", ["site_id"])
    op.create_index(op.f("ix_commission_person_id"), "commission", ["person_id"])
    op.create_table(
        "commission_page",
        sa.Column("commission_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commission_id"], ["commission.id"], name=op.f("fk_commission_page_commission_id_commission")
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_commission_page_page_id_page")),
        sa.PrimaryKeyConstraint("commission_id", "page_id", name=op.f("pk_commission_page")),
    )
    op.create_index(op.f("ix_commission_page_page_id"), "commission_page", ["page_id"])
