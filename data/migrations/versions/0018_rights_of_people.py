"""Consent, withdrawal, erasure, how long things are kept, backups made."""

import sqlalchemy as sa
from alembic import op


revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "backup",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("gone_by", sa.String(), nullable=True),
        sa.Column("gone_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["gone_by"], ["person.id"], name=op.f("fk_backup_gone_by")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_backup_made_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup")),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("standing", sa.Integer(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("form_version", sa.String(), nullable=False),
        sa.Column("given_on", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("superseded_by", sa.String(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_consent_participant_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_consent_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by"], ["person.id"], name=op.f("fk_consent_superseded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint(
            "participant_id",
            "standing",
            name=op.f("uq_consent_participant_id_standing"),
        ),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consent_participant_id"), ["participant_id"], unique=False
        )

    op.create_table(
        "erasure",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("erased_by", sa.String(), nullable=False),
        sa.Column("erased_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["erased_by"], ["person.id"], name=op.f("fk_erasure_erased_by")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_erasure")),
    )
    op.create_table(
        "keeping_rule",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("about_kind", sa.String(), nullable=False),
        sa.Column("about_id", sa.String(), nullable=False),
        sa.Column("standing", sa.Integer(), nullable=True),
        sa.Column("keep_until", sa.String(), nullable=False),
        sa.Column("years_after", sa.Integer(), nullable=True),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_by"], ["person.id"], name=op.f("fk_keeping_rule_set_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keeping_rule")),
        sa.UniqueConstraint(
            "about_kind",
            "about_id",
            "standing",
            name=op.f("uq_keeping_rule_about_kind_about_id_standing"),
        ),
    )
    with op.batch_alter_table("keeping_rule", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_keeping_rule_about_id"), ["about_id"], unique=False
        )

    op.create_table(
        "withdrawal",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("about_kind", sa.String(), nullable=False),
        sa.Column("about_id", sa.String(), nullable=False),
        sa.Column("standing", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("withdrawn_on", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("taken_back_by", sa.String(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_withdrawal_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["taken_back_by"], ["person.id"], name=op.f("fk_withdrawal_taken_back_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal")),
        sa.UniqueConstraint(
            "about_kind",
            "about_id",
            "standing",
            name=op.f("uq_withdrawal_about_kind_about_id_standing"),
        ),
    )
    with op.batch_alter_table("withdrawal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_withdrawal_about_id"), ["about_id"], unique=False
        )

    op.create_table(
        "withdrawn_words",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("withdrawal_id", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
            name=op.f("fk_withdrawn_words_source_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["withdrawal_id"],
            ["withdrawal.id"],
            name=op.f("fk_withdrawn_words_withdrawal_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawn_words")),
    )
    with op.batch_alter_table("withdrawn_words", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_withdrawn_words_source_id"), ["source_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_withdrawn_words_withdrawal_id"),
            ["withdrawal_id"],
            unique=False,
        )


def downgrade() -> None:
    op.drop_table("withdrawn_words")
    op.drop_table("withdrawal")
    op.drop_table("keeping_rule")
    op.drop_table("erasure")
    op.drop_table("consent")
    op.drop_table("backup")
