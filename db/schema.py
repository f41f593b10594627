"""The tables of an event file, and the triggers that keep its journal append-only.

`journal` is the truth of the day; the tables of `FOLDS` are folds of it that can be dropped and
rebuilt. `person`, `need`, `wish`, `note`, `old_code`, `host`, `word`, `supervision` and `setting`
hold what people said about themselves or others wrote: the journal only ever names them by id.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
    text,
)

APPLICATION_ID: Final = 0x43484B4E
"""`CHKN` in the SQLite header: this file is an event of ours."""

SCHEMA_VERSION: Final = 3
"""What this program writes; kept in `PRAGMA user_version`."""

metadata = MetaData()

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)

incarnation = Table(
    "incarnation",
    metadata,
    Column("incarnation", Text, primary_key=True),
    Column("desk", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("inode", Text, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("desk", Text, nullable=False),
    Column("incarnation", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text),
    Column("refers_to", Text),
    Column("at", Text, nullable=False),
    Column("operator", Text, nullable=False, server_default=""),
    Column("payload", Text, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("desk", "incarnation", "seq"),
)
Index("journal_subject", journal.c.subject, journal.c.position)
Index(
    "journal_refers_to",
    journal.c.refers_to,
    sqlite_where=journal.c.refers_to.is_not(None),
)

person = Table(
    "person",
    metadata,
    Column("id", Text, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("given_name", Text, nullable=False),
    Column("family_name", Text, nullable=False),
    Column("badge_name", Text, nullable=False, server_default=""),
    Column("email", Text, nullable=False, server_default=""),
    Column("organisation", Text, nullable=False, server_default=""),
    Column("level", Text, nullable=False, server_default="other"),
    Column("level_guessed", Boolean, nullable=False, server_default="0"),
    Column("territory", Text, nullable=False, server_default=""),
    Column("territory_guessed", Boolean, nullable=False, server_default="0"),
    Column("country", Text, nullable=False, server_default=""),
    Column("languages", Text, nullable=False, server_default="en"),
    Column("role", Text, nullable=False, server_default=""),
    Column("title", Text, nullable=False, server_default=""),
    Column("host", Boolean, nullable=False, server_default="0"),
    Column("photo", Boolean),
    Column("listed", Boolean),
    Column("name_guessed", Boolean, nullable=False, server_default="0"),
    Column("external_id", Text, nullable=False, server_default=""),
    Column("registered_at", Text, nullable=False, server_default=""),
    Column("status", Text, nullable=False, server_default="expected"),
    Column("source", Text, nullable=False, server_default="list"),
    Column("number", Integer, nullable=False),
)
Index("person_email", person.c.email)
Index("person_status", person.c.status)
Index("person_organisation", person.c.organisation)

need = Table(
    "need",
    metadata,
    Column("person_id", Text, ForeignKey("person.id"), primary_key=True),
    Column("step_free", Boolean, nullable=False, server_default="0"),
    Column("diet", Text, nullable=False, server_default=""),
    Column("access", Text, nullable=False, server_default=""),
)

wish = Table(
    "wish",
    metadata,
    Column("person_id", Text, ForeignKey("person.id"), primary_key=True),
    Column("pin", Integer),
    Column("together", Text, nullable=False, server_default=""),
    Column("apart", Text, nullable=False, server_default=""),
)

note = Table(
    "note",
    metadata,
    Column("person_id", Text, ForeignKey("person.id"), primary_key=True),
    Column("text", Text, nullable=False),
)
"""What an organiser wrote about somebody."""

old_code = Table(
    "old_code",
    metadata,
    Column("code", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("person.id"), nullable=False),
    Column("replaced_at", Text, nullable=False),
)

host = Table(
    "host",
    metadata,
    Column("table_number", Integer, primary_key=True),
    Column("name", Text, nullable=False),
)
"""Hosts as named before entries had words of their own: what holds where no entry names one."""

word = Table(
    "word",
    metadata,
    Column("entry_id", Text, primary_key=True),
    Column("text", Text, nullable=False),
)
"""The words that an entry stands for, so that they are undone with it; no row: none."""

supervision = Table(
    "supervision",
    metadata,
    Column("entry_id", Text, primary_key=True),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
)

# ---- folds of the journal

MERGED: Final = "merged"
"""The `presence.state` of a registration that another of the same person stands for."""

WITHDRAWN: Final = "withdrawn"
"""The `presence.state` of a registration that was made at the door and undone."""

presence = Table(
    "presence",
    metadata,
    Column("person_id", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("first_at", Text),
    Column("first_desk", Text),
    Column("first_entry", Text),
    Column("last_kind", Text),
    Column("last_at", Text),
    Column("last_desk", Text),
    Column("last_entry", Text),
    Column("replaced_by", Text),
    Column("replaced_at", Text),
    Column("prints", Integer, nullable=False, server_default="0"),
    Column("printed_at", Text),
    Column("flags", Text, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)
Index("presence_state", presence.c.state, presence.c.first_at)
FLAGGED: Final = presence.c.flags != literal_column("''")
"""The condition under which SQLite reads the index of the few who are flagged, and nobody else."""
Index("presence_flags", presence.c.flags, sqlite_where=text("flags != ''"))

seat = Table(
    "seat",
    metadata,
    Column("round", Integer, primary_key=True),
    Column("person_id", Text, primary_key=True),
    Column("table_number", Integer),
    Column("planned", Integer),
    Column("told", Integer),
    sqlite_with_rowid=False,
)

nonce = Table(
    "nonce",
    metadata,
    Column("nonce", Text, primary_key=True),
    Column("entry_id", Text, nullable=False),
    sqlite_with_rowid=False,
)

touched = Table(
    "touched",
    metadata,
    Column("person_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

day_wish = Table(
    "day_wish",
    metadata,
    Column("person_id", Text, primary_key=True),
    Column("wish", Text, primary_key=True),
    Column("other", Text, primary_key=True),
    Column("table_number", Integer),
    Column("wanted", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

table_state = Table(
    "table_state",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("open", Boolean, nullable=False),
    Column("host_entry", Text),
    Column("name_entry", Text),
)

seating_round = Table(
    "seating_round",
    metadata,
    Column("round", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("accepted", Boolean, nullable=False),
)

FOLDS: Final = (presence, seat, day_wish, table_state, seating_round, nonce, touched)
"""The tables that are folds of the journal, in the order in which a rebuild writes them."""

TRIGGERS: Final = (
    """CREATE TRIGGER journal_is_never_updated BEFORE UPDATE ON journal
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
)
