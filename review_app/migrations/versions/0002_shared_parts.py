"""What a site's pages share is a page of its own; approvals carried over changes that leave the meaning.

Revision: 0002
After: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what says where a block stands, which page holds what is shared, and what a revision carries."""
    with op.batch_alter_table("page") as page:
        page.add_column(sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("block") as block:
        block.add_column(sa.Column("around", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("revision") as revision_table:
        revision_table.add_column(sa.Column("carried_from_id", sa.Integer(), nullable=True))
        revision_table.create_foreign_key(
            op.f("fk_revision_carried_from_id_revision"), "revision", ["carried_from_id"], ["id"]
        )
