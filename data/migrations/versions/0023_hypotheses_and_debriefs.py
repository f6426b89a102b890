"""Hypotheses with their steps, and debriefs with dissent, decisions and actions."""

import sqlalchemy as sa
from alembic import op


revision = "0023"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "debrief",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("held_on", sa.String(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("will_try", sa.Text(), nullable=False),
        sa.Column("who_tries", sa.Text(), nullable=False),
        sa.Column("begun_by", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["begun_by"], ["person.id"], name=op.f("fk_debrief_begun_by")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["person.id"], name=op.f("fk_debrief_closed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief")),
        sa.UniqueConstraint("number", name=op.f("uq_debrief_number")),
    )
    op.create_table(
        "debrief_words",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("about_kind", sa.String(), nullable=False),
        sa.Column("about_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("said_until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["person.id"], name=op.f("fk_debrief_words_changed_by")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_debrief_words")),
    )
    with op.batch_alter_table("debrief_words", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_debrief_words_about_kind_about_id"),
            ["about_kind", "about_id"],
            unique=False,
        )

    op.create_table(
        "hypothesis",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("put_up_by", sa.String(), nullable=False),
        sa.Column("put_up_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["put_up_by"], ["person.id"], name=op.f("fk_hypothesis_put_up_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hypothesis")),
        sa.UniqueConstraint("number", name=op.f("uq_hypothesis_number")),
    )
    op.create_table(
        "counter_search",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("hypothesis_id", sa.String(), nullable=False),
        sa.Column("where_looked", sa.Text(), nullable=False),
        sa.Column("looked_on", sa.String(), nullable=False),
        sa.Column("looked_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hypothesis_id"],
            ["hypothesis.id"],
            name=op.f("fk_counter_search_hypothesis_id"),
        ),
        sa.ForeignKeyConstraint(
            ["looked_by"], ["person.id"], name=op.f("fk_counter_search_looked_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter_search")),
    )
    with op.batch_alter_table("counter_search", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_counter_search_hypothesis_id"),
            ["hypothesis_id"],
            unique=False,
        )

    op.create_table(
        "debrief_action",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("debrief_id", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=True),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("due_on", sa.String(), nullable=False),
        sa.Column("done_on", sa.String(), nullable=False),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["debrief_id"], ["debrief.id"], name=op.f("fk_debrief_action_debrief_id")
        ),
        sa.ForeignKeyConstraint(
            ["done_by"], ["person.id"], name=op.f("fk_debrief_action_done_by")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["person.id"],
            name=op.f("fk_debrief_action_owner_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief_action")),
    )
    with op.batch_alter_table("debrief_action", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_debrief_action_debrief_id"), ["debrief_id"], unique=False
        )

    op.create_table(
        "debrief_attender",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("debrief_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["debrief_id"], ["debrief.id"], name=op.f("fk_debrief_attender_debrief_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_debrief_attender_person_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief_attender")),
    )
    with op.batch_alter_table("debrief_attender", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_debrief_attender_debrief_id"), ["debrief_id"], unique=False
        )

    op.create_table(
        "debrief_decision",
        sa.Column("debrief_id", sa.String(), nullable=False),
        sa.Column("decision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["debrief_id"], ["debrief.id"], name=op.f("fk_debrief_decision_debrief_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision"],
            ["codebook_decision.number"],
            name=op.f("fk_debrief_decision_decision"),
        ),
        sa.PrimaryKeyConstraint(
            "debrief_id", "decision", name=op.f("pk_debrief_decision")
        ),
    )
    op.create_table(
        "debrief_dissent",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("debrief_id", sa.String(), nullable=False),
        sa.Column("hypothesis_id", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("is_taken_back", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["debrief_id"], ["debrief.id"], name=op.f("fk_debrief_dissent_debrief_id")
        ),
        sa.ForeignKeyConstraint(
            ["hypothesis_id"],
            ["hypothesis.id"],
            name=op.f("fk_debrief_dissent_hypothesis_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_debrief_dissent_person_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_debrief_dissent_written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief_dissent")),
    )
    with op.batch_alter_table("debrief_dissent", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_debrief_dissent_debrief_id"), ["debrief_id"], unique=False
        )

    op.create_table(
        "debrief_hypothesis",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("debrief_id", sa.String(), nullable=False),
        sa.Column("hypothesis_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.Text(), nullable=False),
        sa.Column("statement_then", sa.Text(), nullable=False),
        sa.Column("status_then", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["debrief_id"],
            ["debrief.id"],
            name=op.f("fk_debrief_hypothesis_debrief_id"),
        ),
        sa.ForeignKeyConstraint(
            ["hypothesis_id"],
            ["hypothesis.id"],
            name=op.f("fk_debrief_hypothesis_hypothesis_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief_hypothesis")),
    )
    with op.batch_alter_table("debrief_hypothesis", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_debrief_hypothesis_debrief_id"), ["debrief_id"], unique=False
        )

    op.create_table(
        "debrief_note",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("debrief_id", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["debrief_id"], ["debrief.id"], name=op.f("fk_debrief_note_debrief_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_debrief_note_written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief_note")),
    )
    with op.batch_alter_table("debrief_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_debrief_note_debrief_id"), ["debrief_id"], unique=False
        )

    op.create_table(
        "debrief_wave",
        sa.Column("debrief_id", sa.String(), nullable=False),
        sa.Column("wave_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["debrief_id"], ["debrief.id"], name=op.f("fk_debrief_wave_debrief_id")
        ),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["wave.id"], name=op.f("fk_debrief_wave_wave_id")
        ),
        sa.PrimaryKeyConstraint("debrief_id", "wave_id", name=op.f("pk_debrief_wave")),
    )
    op.create_table(
        "hypothesis_step",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hypothesis_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("debrief_id", sa.String(), nullable=True),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["debrief_id"], ["debrief.id"], name=op.f("fk_hypothesis_step_debrief_id")
        ),
        sa.ForeignKeyConstraint(
            ["hypothesis_id"],
            ["hypothesis.id"],
            name=op.f("fk_hypothesis_step_hypothesis_id"),
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["person.id"], name=op.f("fk_hypothesis_step_taken_by")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_hypothesis_step")),
    )
    with op.batch_alter_table("hypothesis_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hypothesis_step_hypothesis_id"),
            ["hypothesis_id"],
            unique=False,
        )


def downgrade() -> None:
    for table in (
        "hypothesis_step",
        "counter_search",
        "debrief_words",
        "debrief_decision",
        "debrief_action",
        "debrief_note",
        "debrief_dissent",
        "debrief_hypothesis",
        "debrief_attender",
        "debrief_wave",
        "debrief",
        "hypothesis",
    ):
        op.drop_table(table)
