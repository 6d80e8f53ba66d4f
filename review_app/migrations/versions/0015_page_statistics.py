"""Statistics of scores page by page, instead of a row for each segment and metric; they are computed again.

Revision: 0015
After: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, and drop what they replace."""
    op.create_table(
        "page_statistics",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("scored", sa.Integer(), nullable=False),
        sa.Column("unread", sa.LargeBinary(), nullable=False),
        sa.Column("systems", sa.JSON(), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_page_statistics_page_id_page")),
        sa.PrimaryKeyConstraint("page_id", "language", name=op.f("pk_page_statistics")),
    )
    op.create_table(
        "scoring_progress",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.Column("looks", sa.JSON(), nullable=False),
        sa.Column("rebuilt_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_scoring_progress_site_id_site")),
        sa.PrimaryKeyConstraint("site_id", "language", name=op.f("pk_scoring_progress")),
    )
    op.drop_table("segment_statistics")
