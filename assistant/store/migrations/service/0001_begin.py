"""Begin with what the service keeps. What an earlier release made is taken as it is."""

import sqlalchemy as sa
from alembic import op

revision = "service_0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _access_keys()
    _audit()
    _conversations()
    _deliveries()
    _erasures()
    _questionnaires()
    _replies()
    _secrets()
    _studies()
    _surveys()
    _webhooks()


def _access_keys() -> None:
    op.create_table(
        "access_keys",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("hash"),
        if_not_exists=True,
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        if_not_exists=True,
    )
    op.create_index("audit_by_time", "audit", ["at"], if_not_exists=True)


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("survey", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("withdrawal", sa.String(), nullable=False),
        sa.Column("opening", sa.String(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("visitor", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("doubt", sa.String(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("touched_at", sa.DateTime(), nullable=False),
        sa.Column("filed_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("opening"),
        sa.UniqueConstraint("token"),
        sa.UniqueConstraint("withdrawal"),
        if_not_exists=True,
    )
    op.create_index(
        "conversations_by_status", "conversations", ["status", "touched_at"], if_not_exists=True
    )
    op.create_index(
        "conversations_of_study", "conversations", ["study", "opened_at"], if_not_exists=True
    )
    op.create_index(
        "conversations_of_visitor", "conversations", ["study", "visitor"], if_not_exists=True
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("webhook", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        if_not_exists=True,
    )
    op.create_index("deliveries_that_wait", "deliveries", ["state", "next_at"], if_not_exists=True)


def _erasures() -> None:
    op.create_table(
        "erasures",
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("study", "conversation"),
        if_not_exists=True,
    )


def _questionnaires() -> None:
    op.create_table(
        "questionnaires",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", "version"),
        if_not_exists=True,
    )


def _replies() -> None:
    op.create_table(
        "replies",
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("n_turns", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", "key"),
        if_not_exists=True,
    )


def _secrets() -> None:
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        if_not_exists=True,
    )


def _studies() -> None:
    op.create_table(
        "studies",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        if_not_exists=True,
    )


def _surveys() -> None:
    op.create_table(
        "surveys",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("questionnaire", sa.String(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("origins", sa.Text(), nullable=False),
        sa.Column("appearance", sa.Text(), nullable=False),
        sa.Column("visitor_secret", sa.String(), nullable=False),
        sa.Column("idle_minutes", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        if_not_exists=True,
    )
    op.create_index("surveys_of_study", "surveys", ["study"], if_not_exists=True)


def _webhooks() -> None:
    op.create_table(
        "webhooks",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        if_not_exists=True,
    )
