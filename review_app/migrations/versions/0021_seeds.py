"""Seeds of spot checks that were the site's number, which everybody knows, are drawn.

Revision: 0021
After: 0020
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Draw them; past draws keep theirs, so that they can be repeated."""
    connection = op.get_bind()
    table = sa.table("quality_setting", sa.column("site_id"), sa.column("seed"))
    for (site_id,) in connection.execute(sa.select(table.c.site_id).where(table.c.seed == table.c.site_id)).all():
        drawn = sa.update(table).where(table.c.site_id == site_id).values(seed=secrets.randbits(31))
        connection.execute(drawn)
