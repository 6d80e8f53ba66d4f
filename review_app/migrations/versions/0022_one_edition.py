"""A page has one public edition in a language.

Revision: 0022
After: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """End what a later public edition stands beside, then let the database keep it so."""
    op.execute(
        "UPDATE publication SET ended_at = ("
        "SELECT max(later.published_at) FROM publication AS later "
        "WHERE later.page_id = publication.page_id AND later.language = publication.language AND later.ended_at IS NULL"
        ") WHERE ended_at IS NULL AND EXISTS ("
        "SELECT 1 FROM publication AS later WHERE later.page_id = publication.page_id "
        "AND later.language = publication.language AND later.ended_at IS NULL AND later.id > publication.id)"
    )
    public = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_publication_public",
        "publication",
        ["page_id", "language"],
        unique=True,
        sqlite_where=public,
        postgresql_where=public,
    )
