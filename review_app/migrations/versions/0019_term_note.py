"""The glossary: what kind of word a term is, and a note on it.

Revision: 0019
After: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    with op.batch_alter_table("term") as term:
        term.add_column(sa.Column("part_of_speech", sa.String(20), nullable=False, server_default=""))
        term.add_column(sa.Column("note", sa.String(500), nullable=False, server_default=""))
    with op.batch_alter_table("term") as term:
        term.alter_column("part_of_speech", server_default=None)
        term.alter_column("note", server_default=None)
