"""Jobs that go on where an earlier attempt stopped show the whole.

Revision: 0046
After: 0045
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add how much of what is done earlier attempts did."""
    with op.batch_alter_table("job") as job:
        job.add_column(sa.Column("carried", sa.Integer(), nullable=False, server_default="0"))
