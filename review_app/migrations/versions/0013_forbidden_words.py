"""Terms know what a word is never to be called.

Revision: 0013
After: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the forbidden words of a term."""
    with op.batch_alter_table("term") as term:
        term.add_column(sa.Column("forbidden", sa.String(200), nullable=False, server_default=""))
    with op.batch_alter_table("term") as term:
        term.alter_column("forbidden", server_default=None)
