"""The translation memory: pairs of texts, the words they are found by, the files they came from, who may read it.

Revision: 0017
After: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "memory_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("pairs", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_memory_file_site_id_site")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_memory_file_added_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_file")),
    )
    op.create_index(op.f("ix_memory_file_site_id"), "memory_file", ["site_id"])
    op.create_table(
        "memory_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("source_hash", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("read", sa.Boolean(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=True),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_memory_entry_site_id_site")),
        sa.ForeignKeyConstraint(["segment_id"], ["segment.id"], name=op.f("fk_memory_entry_segment_id_segment")),
        sa.ForeignKeyConstraint(["file_id"], ["memory_file.id"], name=op.f("fk_memory_entry_file_id_memory_file")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_memory_entry_author_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_entry")),
        sa.UniqueConstraint("site_id", "language", "key", name=op.f("uq_memory_entry_site_id_language_key")),
    )
    op.create_index(
        op.f("ix_memory_entry_source_hash_site_id_language"), "memory_entry", ["source_hash", "site_id", "language"]
    )
    op.create_index(op.f("ix_memory_entry_file_id"), "memory_entry", ["file_id"])
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    op.create_table(
        "memory_word",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("side", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=40, collation="C" if on_postgresql else None), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("entries", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_memory_word_site_id_site")),
        sa.PrimaryKeyConstraint("site_id", "language", "side", "word", "part", name=op.f("pk_memory_word")),
    )
    if on_postgresql:  # packed numbers do not shrink: trying costs more than it gains
        op.execute("ALTER TABLE memory_word ALTER COLUMN entries SET STORAGE EXTERNAL")
    op.create_table(
        "memory_sharing",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_memory_sharing_site_id_site")),
        sa.ForeignKeyConstraint(["reader_id"], ["site.id"], name=op.f("fk_memory_sharing_reader_id_site")),
        sa.ForeignKeyConstraint(["said_by"], ["person.id"], name=op.f("fk_memory_sharing_said_by_person")),
        sa.PrimaryKeyConstraint("site_id", "reader_id", name=op.f("pk_memory_sharing")),
    )
