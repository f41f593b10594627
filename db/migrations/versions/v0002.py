"""Schema 2: people's flags and notes, tables' names, who was told; words undone with their entry.

The folds that change are made anew and filled from the journal when all steps are done. A host's
name moves beside the entry that named it; one without an entry stays where it was.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

refolds = True
"""This step leaves folds empty; they are rebuilt after the last one."""


def upgrade() -> None:
    """Adds `note` and `word`, moves hosts' names, and makes `presence`, `seat`, `table_state`."""
    op.create_table(
        "note",
        sa.Column("person_id", sa.Text, sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "word",
        sa.Column("entry_id", sa.Text, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.execute(_WORDS_OF_HOSTS)
    op.execute(f"DELETE FROM host WHERE table_number IN (SELECT table_number FROM ({_NAMED}))")
    _make_folds()


def _make_folds() -> None:
    for name in ("presence", "seat", "table_state"):
        op.drop_table(name)
    op.create_table(
        "presence",
        sa.Column("person_id", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("first_at", sa.Text),
        sa.Column("first_desk", sa.Text),
        sa.Column("first_entry", sa.Text),
        sa.Column("last_kind", sa.Text),
        sa.Column("last_at", sa.Text),
        sa.Column("last_desk", sa.Text),
        sa.Column("last_entry", sa.Text),
        sa.Column("replaced_by", sa.Text),
        sa.Column("replaced_at", sa.Text),
        sa.Column("prints", sa.Integer, nullable=False, server_default="0"),
        sa.Column("printed_at", sa.Text),
        sa.Column("flags", sa.Text, nullable=False, server_default=""),
        sqlite_with_rowid=False,
    )
    op.create_index("presence_state", "presence", ["state", "first_at"])
    op.create_index("presence_flags", "presence", ["flags"], sqlite_where=sa.text("flags != ''"))
    op.create_table(
        "seat",
        sa.Column("round", sa.Integer, primary_key=True),
        sa.Column("person_id", sa.Text, primary_key=True),
        sa.Column("table_number", sa.Integer),
        sa.Column("planned", sa.Integer),
        sa.Column("told", sa.Integer),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "table_state",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("host_entry", sa.Text),
        sa.Column("name_entry", sa.Text),
    )


_NAMED = """
    SELECT host.table_number, host.name, (
        SELECT journal.id FROM journal
        WHERE journal.kind = 'host_named' AND journal.subject = 'table:' || host.table_number
        ORDER BY journal.position DESC LIMIT 1
    ) AS entry_id
    FROM host WHERE entry_id IS NOT NULL
"""
_WORDS_OF_HOSTS = f"INSERT INTO word (entry_id, text) SELECT entry_id, name FROM ({_NAMED})"
