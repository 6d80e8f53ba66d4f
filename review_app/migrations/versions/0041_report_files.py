"""Files of reports that jobs have made.

Revision: 0041
After: 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the files."""
    op.create_table(
        "report_file",
        sa.Column("job_id", sa.String(length=32), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_report_file_job_id_job")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_report_file_site_id_site")),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_report_file")),
    )
    op.create_index(op.f("ix_report_file_site_id"), "report_file", ["site_id"])
    op.create_index(op.f("ix_report_file_made_at"), "report_file", ["made_at"])
