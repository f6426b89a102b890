"""An index for whether sources have changed, which is asked of all of them at once."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_source_stand", "source", ["id", "revision", "text_sha256"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_source_stand", table_name="source")
