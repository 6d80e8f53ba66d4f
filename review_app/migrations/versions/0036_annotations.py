"""Errors that people mark for measurement.

Revision: 0036
After: 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what sites decided about marking, rounds with their texts, who marks them, and what they said."""
    op.create_table(
        "annotation_setting",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("protocol", sa.String(length=40), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_annotation_setting_site_id_site")),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_annotation_setting")),
    )
    op.create_table(
        "annotation_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("protocol", sa.String(length=40), nullable=False),
        sa.Column("sampled", sa.String(length=40), nullable=False),
        sa.Column("outputs", sa.String(length=40), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_annotation_round_site_id_site")),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_annotation_round_opened_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation_round")),
    )
    op.create_index(op.f("ix_annotation_round_site_id_language"), "annotation_round", ["site_id", "language"])
    op.create_table(
        "annotation_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("machine_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("audit", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["annotation_round.id"], name=op.f("fk_annotation_text_round_id_annotation_round")
        ),
        sa.ForeignKeyConstraint(
            ["machine_id"], ["machine_translation.id"], name=op.f("fk_annotation_text_machine_id_machine_translation")
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_annotation_text_page_id_page")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation_text")),
        sa.UniqueConstraint("round_id", "machine_id", name=op.f("uq_annotation_text_round_id_machine_id")),
    )
    op.create_index(op.f("ix_annotation_text_machine_id"), "annotation_text", ["machine_id"])
    op.create_table(
        "annotation_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["annotation_round.id"], name=op.f("fk_annotation_task_round_id_annotation_round")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_annotation_task_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation_task")),
        sa.UniqueConstraint("round_id", "person_id", name=op.f("uq_annotation_task_round_id_person_id")),
    )
    op.create_index(op.f("ix_annotation_task_person_id"), "annotation_task", ["person_id"])
    op.create_table(
        "annotation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["annotation_task.id"], name=op.f("fk_annotation_task_id_annotation_task")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["annotation_text.id"], name=op.f("fk_annotation_text_id_annotation_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation")),
        sa.UniqueConstraint("task_id", "text_id", name=op.f("uq_annotation_task_id_text_id")),
    )
    op.create_index(op.f("ix_annotation_text_id"), "annotation", ["text_id"])
