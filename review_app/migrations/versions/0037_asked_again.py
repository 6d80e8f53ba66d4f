"""When an engine's answer was rejected.

Revision: 0037
After: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of older rejections nobody knows, so they are asked for again."""
    op.add_column("machine_translation", sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
