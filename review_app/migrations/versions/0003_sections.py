"""What is at stake and what readers may see is said of sections and pages by their path.

Revision: 0003
After: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add sections, and take over what was said of single pages."""
    op.create_table(
        "section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("content_class", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_section_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sa.UniqueConstraint("site_id", "path", name=op.f("uq_section_site_id_path")),
    )
    op.create_table(
        "section_policy",
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("policy", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_section_policy_section_id_section")),
        sa.PrimaryKeyConstraint("section_id", "language", name=op.f("pk_section_policy")),
    )
    op.execute(
        "INSERT INTO section (site_id, path, content_class) "
        "SELECT site_id, path, content_class FROM page WHERE content_class <> 'normal'"
    )
    with op.batch_alter_table("page") as page:
        page.drop_column("content_class")
