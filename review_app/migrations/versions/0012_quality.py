"""Risk, spot checks, judgements, models learned from corrections, and checks that a site switches off.

Revision: 0012
After: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; texts of before get their risk from a job, and are never drawn as spot checks."""
    op.create_table(
        "check_switch",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("check", sa.String(length=60), nullable=False),
        sa.Column("switched_by", sa.Integer(), nullable=True),
        sa.Column("switched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_check_switch_site_id_site")),
        sa.ForeignKeyConstraint(["switched_by"], ["person.id"], name=op.f("fk_check_switch_switched_by_person")),
        sa.PrimaryKeyConstraint("site_id", "check", name=op.f("pk_check_switch")),
    )
    op.create_table(
        "quality_setting",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("audit_share", sa.Double(), nullable=False),
        sa.Column("retrain_every", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_quality_setting_site_id_site")),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_quality_setting")),
    )
    op.create_table(
        "estimate",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("risk", sa.Double(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_estimate_revision_id_revision")),
        sa.PrimaryKeyConstraint("revision_id", name=op.f("pk_estimate")),
    )
    op.create_table(
        "assessment",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("signature", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_assessment_site_id_site")),
        sa.PrimaryKeyConstraint("site_id", "language", name=op.f("pk_assessment")),
    )
    op.create_table(
        "quality_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=120), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_quality_model_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_model")),
        sa.UniqueConstraint("site_id", "language", "number", name=op.f("uq_quality_model_site_id_language_number")),
    )
    op.create_table(
        "audit_draw",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_audit_draw_revision_id_revision")),
        sa.PrimaryKeyConstraint("revision_id", name=op.f("pk_audit_draw")),
    )
    op.create_table(
        "judgement",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("judged_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("sample", sa.String(length=40), nullable=False),
        sa.Column("risk", sa.Double(), nullable=True),
        sa.Column("model", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["judged_id"], ["revision.id"], name=op.f("fk_judgement_judged_id_revision")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_judgement_revision_id_revision")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_judgement_site_id_site")),
        sa.PrimaryKeyConstraint("revision_id", name=op.f("pk_judgement")),
    )
    op.create_index(op.f("ix_judgement_judged_id"), "judgement", ["judged_id"])
    op.create_index(op.f("ix_judgement_site_id_language"), "judgement", ["site_id", "language"])
