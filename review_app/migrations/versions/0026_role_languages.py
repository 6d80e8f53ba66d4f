"""A role is for every language, or for some.

Revision: 0026
After: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

KEY = ["person_id", "site_id", "role", "language"]


def upgrade() -> None:
    """Add the language of a role; those that are held are for every one."""
    with op.batch_alter_table("membership") as membership:
        membership.add_column(sa.Column("language", sa.String(35), nullable=False, server_default=""))
    with op.batch_alter_table("membership") as membership:
        membership.alter_column("language", server_default=None)
        membership.drop_constraint("pk_membership", type_="primary")
        membership.create_primary_key("pk_membership", KEY)
