"""Comparing progress: settings, the case-reading form, readings, verdicts."""

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comparison_settings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("is_era_shown", sa.Boolean(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("records_read_to", sa.String(), nullable=False),
        sa.Column("early_help_limit", sa.Integer(), nullable=False),
        sa.Column("conference_limit", sa.Integer(), nullable=False),
        sa.Column("assessment_limit", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparison_settings")),
    )
    op.create_table(
        "earlier_words",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("about_kind", sa.String(), nullable=False),
        sa.Column("about_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["person.id"], name=op.f("fk_earlier_words_saved_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_words")),
        sa.UniqueConstraint(
            "about_id", "version", name=op.f("uq_earlier_words_about_id_version")
        ),
    )
    with op.batch_alter_table("earlier_words", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_earlier_words_about_id"), ["about_id"], unique=False
        )

    op.create_table(
        "reading_form",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["person.id"], name=op.f("fk_reading_form_saved_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_form")),
        sa.UniqueConstraint("number", name=op.f("uq_reading_form_number")),
    )
    op.create_table(
        "compared_pair",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("contemporary_id", sa.String(), nullable=False),
        sa.Column("historic_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contemporary_id"],
            ["case_file.id"],
            name=op.f("fk_compared_pair_contemporary_id"),
        ),
        sa.ForeignKeyConstraint(
            ["historic_id"], ["case_file.id"], name=op.f("fk_compared_pair_historic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compared_pair")),
        sa.UniqueConstraint(
            "contemporary_id",
            "historic_id",
            name=op.f("uq_compared_pair_contemporary_id_historic_id"),
        ),
    )
    with op.batch_alter_table("compared_pair", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_compared_pair_contemporary_id"),
            ["contemporary_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_compared_pair_historic_id"), ["historic_id"], unique=False
        )

    op.create_table(
        "case_reading",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("pair_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("form_id", sa.String(), nullable=False),
        sa.Column("reader_id", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_reading_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["form_id"], ["reading_form.id"], name=op.f("fk_case_reading_form_id")
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"],
            ["compared_pair.id"],
            name=op.f("fk_case_reading_pair_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["person.id"], name=op.f("fk_case_reading_reader_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_reading")),
        sa.UniqueConstraint(
            "pair_id",
            "case_id",
            "reader_id",
            name=op.f("uq_case_reading_pair_id_case_id_reader_id"),
        ),
    )
    with op.batch_alter_table("case_reading", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_case_reading_case_id"), ["case_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_reading_form_id"), ["form_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_reading_pair_id"), ["pair_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_reading_reader_id"), ["reader_id"], unique=False
        )

    op.create_table(
        "progress_judge",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("pair_id", sa.String(), nullable=False),
        sa.Column("judge_number", sa.Integer(), nullable=True),
        sa.Column("judge_id", sa.String(), nullable=False),
        sa.Column("was_era_shown", sa.Boolean(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("given_back_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["judge_id"], ["person.id"], name=op.f("fk_progress_judge_judge_id")
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"],
            ["compared_pair.id"],
            name=op.f("fk_progress_judge_pair_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_judge")),
        sa.UniqueConstraint(
            "pair_id",
            "judge_number",
            name=op.f("uq_progress_judge_pair_id_judge_number"),
        ),
    )
    with op.batch_alter_table("progress_judge", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_progress_judge_judge_id"), ["judge_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_progress_judge_pair_id"), ["pair_id"], unique=False
        )

    op.create_table(
        "progress_verdict",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"],
            ["progress_judge.id"],
            name=op.f("fk_progress_verdict_place_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["person.id"], name=op.f("fk_progress_verdict_saved_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_verdict")),
        sa.UniqueConstraint(
            "place_id", "area", name=op.f("uq_progress_verdict_place_id_area")
        ),
    )
    with op.batch_alter_table("progress_verdict", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_progress_verdict_place_id"), ["place_id"], unique=False
        )

    op.create_table(
        "reading_answer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reading_id", sa.String(), nullable=False),
        sa.Column("question_key", sa.String(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("note_ids", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reading_id"],
            ["case_reading.id"],
            name=op.f("fk_reading_answer_reading_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_answer")),
        sa.UniqueConstraint(
            "reading_id",
            "question_key",
            name=op.f("uq_reading_answer_reading_id_question_key"),
        ),
    )
    with op.batch_alter_table("reading_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reading_answer_reading_id"), ["reading_id"], unique=False
        )
