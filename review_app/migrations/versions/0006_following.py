"""Websites are followed: what they said of a page, crawls, when a site is looked at again, and push.

Revision: 0006
After: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add crawls, and what following a website needs to remember of pages and sites."""
    with op.batch_alter_table("page") as page:
        page.add_column(sa.Column("etag", sa.String(length=400), nullable=True))
        page.add_column(sa.Column("last_modified", sa.String(length=100), nullable=True))
        page.add_column(sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True))
        page.add_column(sa.Column("vanished_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("site") as site:
        site.add_column(sa.Column("sync_hours", sa.Integer(), nullable=True))
        site.add_column(sa.Column("synced_at", sa.DateTime(timezone=True), nullable=True))
        site.add_column(sa.Column("push_hash", sa.String(length=64), nullable=True))
    op.create_table(
        "crawl",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=2000), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("most_pages", sa.Integer(), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_crawl_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crawl")),
    )
    op.create_index(op.f("ix_crawl_site_id"), "crawl", ["site_id"])
    op.create_table(
        "crawl_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("crawl_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("error_values", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawl.id"], name=op.f("fk_crawl_address_crawl_id_crawl")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crawl_address")),
        sa.UniqueConstraint("crawl_id", "url", name=op.f("uq_crawl_address_crawl_id_url")),
    )
