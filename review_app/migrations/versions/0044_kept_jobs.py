"""Jobs that are urgent, are listed by site, and are forgotten some time after their end.

Revision: 0044
After: 0043
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add urgency, which no job has of those that wait already, and what jobs are found by."""
    with op.batch_alter_table("job") as job:
        job.add_column(sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.drop_index(op.f("ix_job_site_id"), "job")
    op.create_index(op.f("ix_job_site_id_created_at"), "job", ["site_id", "created_at"])
    op.create_index(op.f("ix_job_once_created_at"), "job", ["once", "created_at"])
    op.create_index(op.f("ix_job_finished_at"), "job", ["finished_at"])
