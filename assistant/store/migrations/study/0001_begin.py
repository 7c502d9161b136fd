"""Begin with what derives from a study's files. What an earlier release made is taken as it is."""

import sqlalchemy as sa
from alembic import op

revision = "study_0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _claims()
    _documents()
    _events()
    _evidence()
    _maps()
    _refusals()
    _scores()
    _segments()
    _sources()
    _tallies()


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("participant", sa.String(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        if_not_exists=True,
    )
    op.create_index("claims_of_source", "claims", ["study", "source"], if_not_exists=True)


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("participant", sa.String(), nullable=True),
        sa.Column("attributes", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.BigInteger(), nullable=True),
        sa.Column("vector", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("study", "id"),
        if_not_exists=True,
    )
    op.create_index("documents_of_source", "documents", ["study", "source"], if_not_exists=True)


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("participant", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("page", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("value", sa.Float(), nullable=True),
        if_not_exists=True,
    )
    op.create_index(
        "events_of_participant", "events", ["study", "participant", "at"], if_not_exists=True
    )
    op.create_index("events_of_session", "events", ["study", "session", "at"], if_not_exists=True)
    op.create_index("events_of_source", "events", ["study", "source"], if_not_exists=True)


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("document_kind", sa.String(), nullable=False),
        sa.Column("participant", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("kinds", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("stage_scores", sa.LargeBinary(), nullable=False),
        sa.Column("touchpoint", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("emotion", sa.String(), nullable=False),
        sa.Column("valence", sa.Float(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("study", "id"),
        if_not_exists=True,
    )
    op.create_index(
        "evidence_of_document", "evidence", ["study", "document", "position"], if_not_exists=True
    )
    op.create_index("evidence_of_source", "evidence", ["study", "source"], if_not_exists=True)


def _maps() -> None:
    op.create_table(
        "maps",
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("study", "id"),
        if_not_exists=True,
    )


def _refusals() -> None:
    op.create_table(
        "refusals",
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("where", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("repeats", sa.String(), nullable=True),
        if_not_exists=True,
    )
    op.create_index("refusals_of_source", "refusals", ["study", "source"], if_not_exists=True)


def _scores() -> None:
    op.create_table(
        "scores",
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("low", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=False),
        if_not_exists=True,
    )
    op.create_index("scores_of_source", "scores", ["study", "source"], if_not_exists=True)


def _segments() -> None:
    op.create_table(
        "segments",
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("participant", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("kinds", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("study", "id"),
        if_not_exists=True,
    )
    op.create_index("segments_of_source", "segments", ["study", "source"], if_not_exists=True)


def _sources() -> None:
    op.create_table(
        "sources",
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("recognition", sa.Text(), nullable=True),
        sa.Column("ledger", sa.Text(), nullable=False),
        sa.Column("masked", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("study", "id"),
        if_not_exists=True,
    )


def _tallies() -> None:
    op.create_table(
        "tallies",
        sa.Column("study", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        if_not_exists=True,
    )
    op.create_index("tallies_of_source", "tallies", ["study", "source"], if_not_exists=True)
