"""Jobs rest while an engine does, and are told apart by who interrupted them.

Revision: 0011
After: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add until when and since when a job rests, when it is sent again, and how often it was interrupted."""
    with op.batch_alter_table("job") as job:
        for name in ("not_before", "resting_since", "send_at"):
            job.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        for name in ("interrupted", "stuck"):
            job.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("job") as job:
        for name in ("interrupted", "stuck"):
            job.alter_column(name, server_default=None)
