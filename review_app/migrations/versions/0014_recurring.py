"""Recurring corrections: replacements made in many texts at once, and those that a person called no rule.

Revision: 0014
After: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "replacement_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_replacement_batch_site_id_site")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_replacement_batch_made_by_person")),
        sa.ForeignKeyConstraint(["undone_by"], ["person.id"], name=op.f("fk_replacement_batch_undone_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replacement_batch")),
    )
    op.create_index(op.f("ix_replacement_batch_site_id_language"), "replacement_batch", ["site_id", "language"])
    op.create_table(
        "replacement_item",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("restored_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["replacement_batch.id"], name=op.f("fk_replacement_item_batch_id_replacement_batch")
        ),
        sa.ForeignKeyConstraint(["segment_id"], ["segment.id"], name=op.f("fk_replacement_item_segment_id_segment")),
        sa.ForeignKeyConstraint(["before_id"], ["revision.id"], name=op.f("fk_replacement_item_before_id_revision")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_replacement_item_revision_id_revision")
        ),
        sa.ForeignKeyConstraint(
            ["restored_id"], ["revision.id"], name=op.f("fk_replacement_item_restored_id_revision")
        ),
        sa.PrimaryKeyConstraint("batch_id", "segment_id", name=op.f("pk_replacement_item")),
    )
    op.create_index(op.f("ix_replacement_item_revision_id"), "replacement_item", ["revision_id"])
    op.create_index(op.f("ix_replacement_item_restored_id"), "replacement_item", ["restored_id"])
    op.create_table(
        "replacement_dismissal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("old", sa.String(length=500), nullable=False),
        sa.Column("new", sa.String(length=500), nullable=False),
        sa.Column("dismissed_by", sa.Integer(), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_replacement_dismissal_site_id_site")),
        sa.ForeignKeyConstraint(
            ["dismissed_by"], ["person.id"], name=op.f("fk_replacement_dismissal_dismissed_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replacement_dismissal")),
        sa.UniqueConstraint(
            "site_id", "language", "old", "new", name=op.f("uq_replacement_dismissal_site_id_language_old_new")
        ),
    )
