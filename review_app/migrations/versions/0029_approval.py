"""Approval: the share that should be read, reasons to pass its gate, approval in part, and words on passages.

Revision: 0029
After: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the tables."""
    with op.batch_alter_table("site") as site:
        site.add_column(sa.Column("least_read", sa.Integer(), nullable=False, server_default="50"))
    with op.batch_alter_table("site") as site:
        site.alter_column("least_read", server_default=None)
    with op.batch_alter_table("submission") as submission:
        submission.add_column(sa.Column("part_of_id", sa.Integer(), nullable=True))
        submission.create_foreign_key(
            op.f("fk_submission_part_of_id_submission"), "submission", ["part_of_id"], ["id"]
        )
    op.create_index(op.f("ix_submission_part_of_id"), "submission", ["part_of_id"])
    op.create_table(
        "decision_comment",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_comment_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(["segment_id"], ["segment.id"], name=op.f("fk_decision_comment_segment_id_segment")),
        sa.PrimaryKeyConstraint("decision_id", "segment_id", name=op.f("pk_decision_comment")),
    )
    op.create_table(
        "waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("segments", sa.JSON(), nullable=False),
        sa.Column("allowed_by", sa.Integer(), nullable=False),
        sa.Column("allowed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_waiver_submission_id_submission")),
        sa.ForeignKeyConstraint(["allowed_by"], ["person.id"], name=op.f("fk_waiver_allowed_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
    )
    op.create_index(op.f("ix_waiver_submission_id"), "waiver", ["submission_id"])
