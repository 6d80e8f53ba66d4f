"""Flags know what should stand in the place of what they mark, where that is certain.

Revision: 0010
After: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the fix of a flag."""
    with op.batch_alter_table("flag") as flag:
        flag.add_column(sa.Column("fix", sa.String(), nullable=True))
