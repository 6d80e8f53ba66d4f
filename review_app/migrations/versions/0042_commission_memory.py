"""Whether the translation memory comes with what an outside translator is given.

Revision: 0042
After: 0041
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the choice; what was given before came with the memory."""
    with op.batch_alter_table("commission") as table:
        table.add_column(sa.Column("with_memory", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("commission") as table:
        table.alter_column("with_memory", server_default=None)
