"""The design of a study: strands, mini-projects, waves, topic guides, aims."""

import sqlalchemy as sa
from alembic import op


revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "strand",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strand")),
    )
    op.create_table(
        "topic_guide",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_guide")),
    )
    op.create_table(
        "aims_version",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("aims", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_by"], ["person.id"], name=op.f("fk_aims_version_set_by")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_aims_version")),
    )
    op.create_table(
        "design_words",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("about_kind", sa.String(), nullable=False),
        sa.Column("about_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["person.id"], name=op.f("fk_design_words_changed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design_words")),
    )
    with op.batch_alter_table("design_words", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_design_words_about_id"), ["about_id"], unique=False
        )

    op.create_table(
        "mini_project",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("strand_id", sa.String(), nullable=True),
        sa.Column("owner_id", sa.String(), nullable=True),
        sa.Column("starts_on", sa.String(), nullable=False),
        sa.Column("ends_on", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["person.id"], name=op.f("fk_mini_project_owner_id")
        ),
        sa.ForeignKeyConstraint(
            ["strand_id"], ["strand.id"], name=op.f("fk_mini_project_strand_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mini_project")),
    )
    with op.batch_alter_table("mini_project", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mini_project_strand_id"), ["strand_id"], unique=False
        )

    op.create_table(
        "shortfall_reason",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("wave_key", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("locality", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_shortfall_reason_written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortfall_reason")),
        sa.UniqueConstraint(
            "wave_key",
            "role",
            "team",
            "locality",
            name=op.f("uq_shortfall_reason_wave_key_role_team_locality"),
        ),
    )
    op.create_table(
        "topic_guide_version",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("guide_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("wave_ids", sa.JSON(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guide_id"],
            ["topic_guide.id"],
            name=op.f("fk_topic_guide_version_guide_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["person.id"],
            name=op.f("fk_topic_guide_version_written_by"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_guide_version")),
        sa.UniqueConstraint(
            "guide_id", "number", name=op.f("uq_topic_guide_version_guide_id_number")
        ),
    )
    with op.batch_alter_table("topic_guide_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_topic_guide_version_guide_id"), ["guide_id"], unique=False
        )

    op.create_table(
        "wave_plan",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("wave_id", sa.String(), nullable=False),
        sa.Column("starts_on", sa.String(), nullable=False),
        sa.Column("ends_on", sa.String(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["wave_id"],
            ["wave.id"],
            name=op.f("fk_wave_plan_wave_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wave_plan")),
        sa.UniqueConstraint("wave_id", name=op.f("uq_wave_plan_wave_id")),
    )
    op.create_table(
        "source_strand",
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("strand_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
            name=op.f("fk_source_strand_source_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["strand_id"],
            ["strand.id"],
            name=op.f("fk_source_strand_strand_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_source_strand")),
    )
    with op.batch_alter_table("source_strand", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_source_strand_strand_id"), ["strand_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("source_strand")
    op.drop_table("wave_plan")
    op.drop_table("topic_guide_version")
    op.drop_table("shortfall_reason")
    op.drop_table("mini_project")
    op.drop_table("design_words")
    op.drop_table("aims_version")
    op.drop_table("topic_guide")
    op.drop_table("strand")
