"""Steps of assignments, who has read others' codings, decisions on differences."""

import sqlalchemy as sa
from alembic import op


revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make(
        "assignment_step",
        sa.Column("id", sa.String(), nullable=False),
        _source(),
        sa.Column("coder_id", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("is_blind", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        people=("coder_id", "by_id"),
        indexed=("source_id",),
    )
    _make(
        "others_read",
        _source(),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        people=("person_id",),
        key=("source_id", "person_id"),
    )
    _make(
        "agreed_decision",
        sa.Column("id", sa.String(), nullable=False),
        _source(),
        sa.Column("difference_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reading_of", sa.String(), nullable=True),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("made_ids", sa.JSON(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("taken_back_by", sa.String(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(), nullable=True),
        people=("reading_of", "decided_by", "taken_back_by"),
        indexed=("source_id", "difference_key"),
    )
    _make(
        "settled_source",
        sa.Column("id", sa.String(), nullable=False),
        _source(),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=False),
        sa.Column("reopened_by", sa.String(), nullable=True),
        sa.Column("reopened_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        people=("closed_by", "reopened_by"),
        indexed=("source_id",),
    )


def downgrade() -> None:
    for table in (
        "settled_source",
        "agreed_decision",
        "others_read",
        "assignment_step",
    ):
        op.drop_table(table)


def _source() -> sa.Column:
    return sa.Column("source_id", sa.String(), nullable=False)


def _make(table, *columns, people, indexed=(), key=("id",)) -> None:
    op.create_table(
        table,
        *columns,
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
            name=op.f(f"fk_{table}_source_id"),
            ondelete="CASCADE",
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["person.id"], name=op.f(f"fk_{table}_{column}")
            )
            for column in people
        ),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")),
    )
    for column in indexed:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
