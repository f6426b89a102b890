"""The published results of surveys."""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey_topline",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("survey", sa.String(), nullable=False),
        sa.Column("wave", sa.String(), nullable=False),
        sa.Column("fieldwork", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("percent", sa.Float(), nullable=True),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_topline")),
        sa.UniqueConstraint(
            "survey",
            "wave",
            "question",
            "statement",
            "answer",
            name=op.f("uq_survey_topline_survey_wave_question_statement_answer"),
        ),
    )
    with op.batch_alter_table("survey_topline", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_survey_topline_survey"), ["survey"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("survey_topline", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_topline_survey"))

    op.drop_table("survey_topline")
