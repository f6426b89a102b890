"""Analysis templates: versioned questions, one record for each interview."""

import sqlalchemy as sa
from alembic import op


revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "analysis_template",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("is_put_away", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_analysis_template_made_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analysis_template")),
        sa.UniqueConstraint("name", name=op.f("uq_analysis_template_name")),
    )
    op.create_table(
        "analysis_template_version",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("template_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("published_by", sa.String(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["analysis_template.id"],
            name=op.f("fk_analysis_template_version_template_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["published_by"],
            ["person.id"],
            name=op.f("fk_analysis_template_version_published_by"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analysis_template_version")),
        sa.UniqueConstraint(
            "template_id",
            "number",
            name=op.f("uq_analysis_template_version_template_id_number"),
        ),
    )
    op.create_table(
        "analysis_question",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("template_version_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("guidance", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("for_whom", sa.Text(), nullable=False),
        sa.Column("code_ids", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["template_version_id"],
            ["analysis_template_version.id"],
            name=op.f("fk_analysis_question_template_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analysis_question")),
        sa.UniqueConstraint(
            "template_version_id",
            "question_id",
            name=op.f("uq_analysis_question_template_version_id_question_id"),
        ),
    )
    op.create_table(
        "analysis_record",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("template_id", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("template_version_id", sa.String(), nullable=False),
        sa.Column("begun_by", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["analysis_template.id"],
            name=op.f("fk_analysis_record_template_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
            name=op.f("fk_analysis_record_source_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["template_version_id"],
            ["analysis_template_version.id"],
            name=op.f("fk_analysis_record_template_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["begun_by"], ["person.id"], name=op.f("fk_analysis_record_begun_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analysis_record")),
        sa.UniqueConstraint(
            "template_id",
            "source_id",
            name=op.f("uq_analysis_record_template_id_source_id"),
        ),
    )
    with op.batch_alter_table("analysis_record", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_analysis_record_source_id"), ["source_id"], unique=False
        )
    op.create_table(
        "analysis_answer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_not_applicable", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("asked_in", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=True),
        sa.Column("written_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["analysis_record.id"],
            name=op.f("fk_analysis_answer_record_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_analysis_answer_written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analysis_answer")),
        sa.UniqueConstraint(
            "record_id",
            "question_id",
            name=op.f("uq_analysis_answer_record_id_question_id"),
        ),
    )
    op.create_table(
        "analysis_words",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("answer_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_not_applicable", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_in", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=True),
        sa.Column("written_at", sa.DateTime(), nullable=True),
        sa.Column("said_until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["analysis_answer.id"],
            name=op.f("fk_analysis_words_answer_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_analysis_words_written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analysis_words")),
        sa.UniqueConstraint(
            "answer_id", "number", name=op.f("uq_analysis_words_answer_id_number")
        ),
    )


def downgrade() -> None:
    op.drop_table("analysis_words")
    op.drop_table("analysis_answer")
    op.drop_table("analysis_record")
    op.drop_table("analysis_question")
    op.drop_table("analysis_template_version")
    op.drop_table("analysis_template")
