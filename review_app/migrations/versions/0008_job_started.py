"""Jobs know when they were started, to say how long the rest takes.

Revision: 0008
After: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add when a job was started."""
    with op.batch_alter_table("job") as job:
        job.add_column(sa.Column("started_at", sa.DateTime(timezone=True), nullable=True))
