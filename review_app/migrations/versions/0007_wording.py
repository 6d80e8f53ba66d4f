"""Sites word by themselves what their readers are told.

Revision: 0007
After: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a site's own words, and who has confirmed a language's."""
    op.create_table(
        "wording_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_wording_change_changed_by_person")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_wording_change_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording_change")),
    )
    op.create_index(op.f("ix_wording_change_site_id_language"), "wording_change", ["site_id", "language"])
    op.create_table(
        "wording_confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["person.id"], name=op.f("fk_wording_confirmation_confirmed_by_person")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_wording_confirmation_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording_confirmation")),
    )
    op.create_index(op.f("ix_wording_confirmation_site_id_language"), "wording_confirmation", ["site_id", "language"])
