"""Jobs of which only one is under way at a time.

Revision: 0020
After: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

UNDER_WAY = sa.text("state IN ('waiting', 'running')")


def upgrade() -> None:
    """Add what a job does, and that two that do the same are not under way together; jobs of before do not count."""
    op.add_column("job", sa.Column("once", sa.String(length=64), nullable=True))
    op.create_index(
        op.f("ix_job_once"), "job", ["once"], unique=True, sqlite_where=UNDER_WAY, postgresql_where=UNDER_WAY
    )
