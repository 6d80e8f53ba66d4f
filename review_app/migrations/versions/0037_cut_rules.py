"""Where people decided that sentences end, and by which of it a page version was cut.

Revision: 0037
After: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the rules, those of each version, and what tells a version that was only cut in another way."""
    op.create_table(
        "cut_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("whole", sa.Text(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_cut_rule_site_id_site")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_cut_rule_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cut_rule")),
    )
    op.create_index(op.f("ix_cut_rule_site_id"), "cut_rule", ["site_id"])
    op.create_table(
        "version_cut",
        sa.Column("page_version_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_version_id"], ["page_version.id"], name=op.f("fk_version_cut_page_version_id_page_version")
        ),
        sa.ForeignKeyConstraint(["rule_id"], ["cut_rule.id"], name=op.f("fk_version_cut_rule_id_cut_rule")),
        sa.PrimaryKeyConstraint("page_version_id", "rule_id", name=op.f("pk_version_cut")),
    )
    op.create_index(op.f("ix_version_cut_rule_id"), "version_cut", ["rule_id"])
    with op.batch_alter_table("page_version") as page_version:
        page_version.add_column(sa.Column("recut", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("page_version") as page_version:
        page_version.alter_column("recut", server_default=None)
