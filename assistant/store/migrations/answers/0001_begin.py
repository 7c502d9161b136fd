"""Begin with what outlives its source. What an earlier release made is taken as it is."""

import sqlalchemy as sa
from alembic import op

revision = "answers_0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _answers()
    _batched()
    _notes()


def _answers() -> None:
    op.create_table(
        "answers",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("prompt", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ending", sa.String(), nullable=False),
        sa.Column("tokens_in", sa.Integer(), nullable=False),
        sa.Column("tokens_cached", sa.Integer(), nullable=False),
        sa.Column("tokens_out", sa.Integer(), nullable=False),
        sa.Column("cost_usd", sa.Float(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        if_not_exists=True,
    )


def _batched() -> None:
    op.create_table(
        "batched",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        if_not_exists=True,
    )


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        if_not_exists=True,
    )
