"""With which machine translation an estimate was compared last.

Revision: 0043
After: 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; estimates there are count as made before any other opinion, and are made anew in time."""
    with op.batch_alter_table("estimate") as estimate:
        estimate.add_column(sa.Column("newest_output", sa.Integer(), nullable=False, server_default="0"))
