"""The logic model, how strong the evidence for each outcome is, survey assumptions."""

import sqlalchemy as sa
from alembic import op


revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def _words(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _part_words() -> list[sa.Column]:
    return _words(
        "name",
        "description",
        "direction",
        "counts_for",
        "counts_against",
        "source",
    )


def upgrade() -> None:
    op.create_table(
        "logic_model",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *_part_words(),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_logic_model_written_by")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["person.id"], name=op.f("fk_logic_model_changed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logic_model")),
    )
    with op.batch_alter_table("logic_model", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_logic_model_kind"), ["kind"], unique=False)
    op.create_table(
        "logic_model_words",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("part_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        *_part_words(),
        sa.Column("worded_by", sa.String(), nullable=False),
        sa.Column("said_until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["part_id"],
            ["logic_model.id"],
            name=op.f("fk_logic_model_words_part_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["worded_by"], ["person.id"], name=op.f("fk_logic_model_words_worded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logic_model_words")),
        sa.UniqueConstraint(
            "part_id", "number", name=op.f("uq_logic_model_words_part_id_number")
        ),
    )
    with op.batch_alter_table("logic_model_words", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logic_model_words_part_id"), ["part_id"], unique=False
        )
    op.create_table(
        "outcome_statement",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        *_words("statement", "limitations", "missing"),
        sa.Column("missing_told", sa.JSON(), nullable=False),
        sa.Column("limits_told", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("rested_on", sa.JSON(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("final_by", sa.String(), nullable=True),
        sa.Column("final_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["logic_model.id"], name=op.f("fk_outcome_statement_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_outcome_statement_written_by")
        ),
        sa.ForeignKeyConstraint(
            ["final_by"], ["person.id"], name=op.f("fk_outcome_statement_final_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_statement")),
    )
    op.create_table(
        "outcome_statement_words",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("outcome_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        *_words("statement", "limitations", "missing"),
        sa.Column("worded_by", sa.String(), nullable=False),
        sa.Column("said_until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["outcome_id"],
            ["outcome_statement.id"],
            name=op.f("fk_outcome_statement_words_outcome_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["worded_by"],
            ["person.id"],
            name=op.f("fk_outcome_statement_words_worded_by"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_statement_words")),
        sa.UniqueConstraint(
            "outcome_id",
            "number",
            name=op.f("uq_outcome_statement_words_outcome_id_number"),
        ),
    )
    with op.batch_alter_table("outcome_statement_words", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outcome_statement_words_outcome_id"),
            ["outcome_id"],
            unique=False,
        )
    op.create_table(
        "counter_answer",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("thing_id", sa.String(), nullable=False),
        *_words("words"),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["logic_model.id"], name=op.f("fk_counter_answer_outcome_id")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["person.id"], name=op.f("fk_counter_answer_answered_by")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_counter_answer")),
    )
    with op.batch_alter_table("counter_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_counter_answer_outcome_id"), ["outcome_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_counter_answer_thing_id"), ["thing_id"], unique=False
        )
    op.create_table(
        "survey_assumption",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        *_words("source", "context"),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["said_by"], ["person.id"], name=op.f("fk_survey_assumption_said_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_assumption")),
    )


def downgrade() -> None:
    for table in (
        "survey_assumption",
        "counter_answer",
        "outcome_statement_words",
        "outcome_statement",
        "logic_model_words",
        "logic_model",
    ):
        op.drop_table(table)
