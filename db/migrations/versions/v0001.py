"""Schema 1: the first. New files are made by `db.schema`, so there is nothing to bring up to it."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing: no file is older than the first schema."""
