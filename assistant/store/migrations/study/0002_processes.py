"""Keep how long what was carried out for a person took, and how long it was to take."""

import sqlalchemy as sa
from alembic import op

revision = "study_0002"
down_revision = "study_0001"


def upgrade() -> None:
    """Add the columns."""
    known = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("events")}
    for name in ("took", "promised"):
        if name not in known:
            op.add_column("events", sa.Column(name, sa.Float(), nullable=True))
