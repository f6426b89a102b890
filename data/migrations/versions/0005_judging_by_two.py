"""Judging by one or two people: verdicts, interests, supervision."""

import sqlalchemy as sa
from alembic import op


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "judging_setting",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("judges", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_by"], ["person.id"], name=op.f("fk_judging_setting_set_by")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_judging_setting")),
    )
    op.create_table(
        "verdict",
        sa.Column("judgement_id", sa.String(), nullable=False),
        sa.Column("historic_id", sa.String(), nullable=False),
        sa.Column("suitability", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["historic_id"], ["case_file.id"], name=op.f("fk_verdict_historic_id")
        ),
        sa.ForeignKeyConstraint(
            ["judgement_id"], ["judgement.id"], name=op.f("fk_verdict_judgement_id")
        ),
        sa.PrimaryKeyConstraint(
            "judgement_id", "historic_id", name=op.f("pk_verdict")
        ),
    )
    op.create_table(
        "list_seen",
        sa.Column("contemporary_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contemporary_id"],
            ["case_file.id"],
            name=op.f("fk_list_seen_contemporary_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_list_seen_person_id")
        ),
        sa.PrimaryKeyConstraint(
            "contemporary_id", "person_id", name=op.f("pk_list_seen")
        ),
    )
    op.create_table(
        "declared_interest",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("declared_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_declared_interest_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_declared_interest_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declared_interest")),
    )
    with op.batch_alter_table("declared_interest", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_declared_interest_case_id"), ["case_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_declared_interest_person_id"), ["person_id"], unique=False
        )
    op.create_table(
        "supervision",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("judgement_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["judgement_id"],
            ["judgement.id"],
            name=op.f("fk_supervision_judgement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_supervision_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision")),
    )
    with op.batch_alter_table("supervision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_supervision_judgement_id"), ["judgement_id"], unique=False
        )
    with op.batch_alter_table("judgement", schema=None) as batch_op:
        # Every judgement so far was the first and only one of its case.
        batch_op.add_column(
            sa.Column("given_as", sa.Integer(), nullable=False, server_default="1")
        )
        batch_op.add_column(sa.Column("agreed_with_id", sa.String(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_judgement_agreed_with_id"),
            "person",
            ["agreed_with_id"],
            ["id"],
        )
