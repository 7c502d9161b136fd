"""The service's tables: what does not derive from files and cannot be read anew.

SQLite lets one transaction write at a time, and reading a source is one transaction: conversations
have a file of their own there, so that nobody who answers waits for a study that is read.
"""

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, MetaData, String, Table, Text

service = MetaData()

studies = Table(
    "studies",
    service,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("retention_days", Integer, doc="Null keeps conversations until they are erased"),
    Column("created_at", DateTime, nullable=False, doc="In UTC, as every time here"),
)

surveys = Table(
    "surveys",
    service,
    Column("key", String, primary_key=True, doc="Public: it stands in the page that asks"),
    Column("study", String, nullable=False),
    Column("questionnaire", String, nullable=False),
    Column("asker", Text, nullable=False, doc="Who asks: the company's name"),
    Column("origins", Text, nullable=False, doc="Allowed origins, a JSON list"),
    Column("appearance", Text, nullable=False, doc="Colours and font by name, as JSON"),
    Column("visitor_secret", String, nullable=False, doc="What the shop's server signs with"),
    Column("idle_minutes", Integer, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("created_at", DateTime, nullable=False),
    Index("surveys_of_study", "study"),
)

conversations = Table(
    "conversations",
    service,
    Column("id", String, primary_key=True),
    Column("study", String, nullable=False),
    Column("survey", String, nullable=False),
    Column("token", String, nullable=False, unique=True, doc="Hashed"),
    Column("withdrawal", String, nullable=False, unique=True, doc="The code, hashed"),
    Column("opening", String, nullable=False, unique=True, doc="The key it was opened by, hashed"),
    Column("request", String, nullable=False, doc="What was asked for at the opening, hashed"),
    Column("visitor", String),
    Column("status", String, nullable=False),
    Column("language", String, nullable=False),
    Column("version", Integer, nullable=False, doc="Counts up with every change"),
    Column("state", Text, nullable=False, doc="A Conversation, as JSON"),
    Column("doubt", String, doc="Why it may come from a machine; empty once somebody released it"),
    Column("opened_at", DateTime, nullable=False),
    Column("touched_at", DateTime, nullable=False),
    Column("filed_at", DateTime, doc="When it became a source of its study"),
    Index("conversations_of_study", "study", "opened_at"),
    Index("conversations_of_visitor", "study", "visitor"),
    Index("conversations_by_status", "status", "touched_at"),
)

replies = Table(
    "replies",
    service,
    Column("conversation", String, primary_key=True),
    Column(
        "key", String, primary_key=True, doc="The sender's, so that what comes twice counts once"
    ),
    Column("request", String, nullable=False, doc="What came under the key, hashed"),
    Column("state", Text, nullable=False, doc="The conversation after it, but for its turns"),
    Column("n_turns", Integer, nullable=False),
)

secrets = Table(
    "secrets",
    service,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

access_keys = Table(
    "access_keys",
    service,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String, nullable=False),
    Column("hash", String, nullable=False, unique=True),
    Column("created_at", DateTime, nullable=False),
    Column("revoked_at", DateTime),
)

erasures = Table(
    "erasures",
    service,
    Column("study", String, primary_key=True),
    Column("conversation", String, primary_key=True),
    Column("asked_at", DateTime, nullable=False),
    Column("done_at", DateTime, doc="When nothing of it was left in its study"),
)

audit = Table(
    "audit",
    service,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime, nullable=False),
    Column("who", String, nullable=False, doc="An access key's id; a visitor is nobody"),
    Column("action", String, nullable=False),
    Column("what", String, nullable=False),
    Index("audit_by_time", "at"),
)

questionnaires = Table(
    "questionnaires",
    service,
    Column("name", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("text", Text, nullable=False, doc="YAML, as the questionnaires of the package are"),
    Column("created_at", DateTime, nullable=False),
)

webhooks = Table(
    "webhooks",
    service,
    Column("id", String, primary_key=True),
    Column("study", String, nullable=False),
    Column("url", Text, nullable=False),
    Column("secret", String, nullable=False, doc="What each delivery is signed with"),
    Column("created_at", DateTime, nullable=False),
)

deliveries = Table(
    "deliveries",
    service,
    Column("id", String, primary_key=True),
    Column("webhook", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String, nullable=False, doc="waiting, delivered or dead"),
    Column("attempts", Integer, nullable=False),
    Column("next_at", DateTime, nullable=False),
    Column("error", Text, doc="Of the last attempt"),
    Column("created_at", DateTime, nullable=False),
    Index("deliveries_that_wait", "state", "next_at"),
)
