"""When an engine's answer was rejected.

Revision: 0038
After: 0037
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of older rejections nobody knows, so they are asked for again."""
    op.add_column("machine_translation", sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
