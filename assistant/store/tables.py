"""The tables, and nothing else. Everything in them derives from sources and can be read anew."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

sources = Table(
    "sources",
    metadata,
    Column("study", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("reading", String, nullable=False, doc="What it was read with: versions and mapping"),
    Column("recognition", Text, doc="A Recognition, as JSON; null where the file was refused"),
    Column("ledger", Text, nullable=False, doc="Counts by level and state, as JSON"),
    Column("masked", Text, nullable=False, doc="Masked items by type, as JSON"),
)

documents = Table(
    "documents",
    metadata,
    Column("study", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("language", String, nullable=False),
    Column("date", Date),
    Column("participant", String),
    Column("attributes", Text, nullable=False, doc="Text by name, as JSON"),
    Column("fingerprint", BigInteger, doc="What near-duplicates are told by; 64 bits, signed"),
    Column("vector", LargeBinary, doc="The mean of its segments' vectors, float16"),
    Index("documents_of_source", "study", "source"),
)

scores = Table(
    "scores",
    metadata,
    Column("study", String, nullable=False),
    Column("document", String, nullable=False),
    Column("source", String, nullable=False),
    Column("metric", String, nullable=False),
    Column("value", Float, nullable=False),
    Column("low", Float, nullable=False),
    Column("high", Float, nullable=False),
    Index("scores_of_source", "study", "source"),
)

segments = Table(
    "segments",
    metadata,
    Column("study", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("document", String, nullable=False),
    Column("participant", String),
    Column("language", String, nullable=False),
    Column("stage", String, nullable=False),
    Column("kinds", String, nullable=False, doc="Joined by spaces, empty where nothing was found"),
    Index("segments_of_source", "study", "source"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("study", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("document", String, nullable=False),
    Column("document_kind", String, nullable=False),
    Column("participant", String),
    Column("language", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("kinds", String, nullable=False),
    Column("stage", String, nullable=False),
    Column("stage_scores", LargeBinary, nullable=False, doc="Of the default stages, float16"),
    Column("touchpoint", String),
    Column("channel", String),
    Column("emotion", String, nullable=False),
    Column("valence", Float, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("about", String, nullable=False),
    Column("vector", LargeBinary, nullable=False, doc="Own and context side by side, float16"),
    Index("evidence_of_source", "study", "source"),
    Index("evidence_of_document", "study", "document", "position"),
)

claims = Table(
    "claims",
    metadata,
    Column("study", String, nullable=False),
    Column("source", String, nullable=False),
    Column("document", String, nullable=False),
    Column("participant", String),
    Column("quote", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("type", String, nullable=False),
    Column("detail", Text, nullable=False, doc="Text by name, as JSON"),
    Index("claims_of_source", "study", "source"),
)

events = Table(
    "events",
    metadata,
    Column("study", String, nullable=False),
    Column("source", String, nullable=False),
    Column("session", String, nullable=False),
    Column("participant", String),
    Column("at", DateTime, nullable=False, doc="In UTC"),
    Column("name", String, nullable=False),
    Column("page", String),
    Column("channel", String),
    Column("value", Float),
    Column("took", Float, doc="Days, of what was carried out; null for what happened in a moment"),
    Column("promised", Float, doc="Days that it was to take"),
    Index("events_of_source", "study", "source"),
    Index("events_of_participant", "study", "participant", "at"),
    Index("events_of_session", "study", "session", "at"),
)

refusals = Table(
    "refusals",
    metadata,
    Column("study", String, nullable=False),
    Column("source", String, nullable=False),
    Column("level", String, nullable=False),
    Column("state", String, nullable=False),
    Column("where", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("line", Integer),
    Column("repeats", String, doc="For a duplicate, the source of the document it repeats"),
    Index("refusals_of_source", "study", "source"),
)

tallies = Table(
    "tallies",
    metadata,
    Column("study", String, nullable=False),
    Column("source", String, nullable=False),
    Column("step", String, nullable=False, doc="Of a language model: find, check"),
    Column("outcome", String, nullable=False),
    Column("n", Integer, nullable=False),
    Index("tallies_of_source", "study", "source"),
)

maps = Table(
    "maps",
    metadata,
    Column("study", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("created_at", DateTime, nullable=False, doc="In UTC"),
    Column("draft", Text, nullable=False, doc="A Draft, as JSON"),
)

OF_SOURCE = (documents, scores, segments, evidence, claims, events, refusals, tallies, sources)
"""Every table whose rows derive from one source: `source`, or `id` in `sources`, names it."""

kept_apart = MetaData()
"""What is kept whether or not its source is: in a file of its own where the database is SQLite."""

answers = Table(
    "answers",
    kept_apart,
    Column("key", String, primary_key=True, doc="Of the question: prompt, content, model, schema"),
    Column("prompt", String, nullable=False, doc="name@version"),
    Column("model", String, nullable=False),
    Column("text", Text, nullable=False, doc="The reply, encrypted with its question"),
    Column("ending", String, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_cached", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("cost_usd", Float, doc="Null where no price was known"),
    Column("answered_at", DateTime, nullable=False, doc="In UTC"),
)

batched = Table(
    "batched",
    kept_apart,
    Column("key", String, primary_key=True, doc="Of a question that is under way"),
    Column("batch", String, nullable=False, doc="The provider's name of the batch it went with"),
)

notes = Table(
    "notes",
    kept_apart,
    Column("key", String, primary_key=True, doc="Of a sentence in its context, and what read it"),
    Column("note", Text, nullable=False),
)
