"""How often pages are visited.

Revision: 0005
After: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the visits of a page."""
    with op.batch_alter_table("page") as page:
        page.add_column(sa.Column("visits", sa.Integer(), nullable=False, server_default="0"))
