"""What is sent to engines, and what is not: budgets, names and terms, parts that stay in house, a gate for all workers.

Revision: 0009
After: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, and to sections whether their text may leave the house."""
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("target", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_term_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("site_id", "language", "source", name=op.f("uq_term_site_id_language_source")),
    )
    op.create_table(
        "engine_budget",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("engine", sa.String(length=40), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_engine_budget_site_id_site")),
        sa.PrimaryKeyConstraint("site_id", "engine", name=op.f("pk_engine_budget")),
    )
    op.create_table(
        "engine_usage",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("engine", sa.String(length=40), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_engine_usage_site_id_site")),
        sa.PrimaryKeyConstraint("site_id", "engine", "month", name=op.f("pk_engine_usage")),
    )
    op.create_table(
        "engine_gate",
        sa.Column("engine", sa.String(length=40), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("closed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("engine", name=op.f("pk_engine_gate")),
    )
    op.create_index(
        op.f("ix_machine_translation_source_hash_language_engine"),
        "machine_translation",
        ["source_hash", "language", "engine"],
    )
    with op.batch_alter_table("section") as section:
        section.add_column(sa.Column("never_send", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("section") as section:
        section.alter_column("never_send", server_default=None)
