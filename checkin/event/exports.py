"""What leaves the program as a table: who attended, and the journal as it was written.

Attendance names people, and who admitted them against the rules; the journal names ids only.
Private needs and e-mail are in neither.
"""

from __future__ import annotations

import json
from pathlib import Path

from checkin.door.histories import words_given
from checkin.event.rows import as_person
from checkin.event.session import EventSession, current_round
from checkin.event.table_files import write_table
from db import people
from db.journal import entries

ATTENDANCE = (
    "family_name", "given_name", "organisation", "level", "territory", "country", "role", "state",
    "arrived_at", "table", "supervised_by", "supervised_why",
)  # fmt: skip
JOURNAL = (
    "position", "id", "desk", "incarnation", "seq", "kind", "subject", "refers_to", "at",
    "operator", "payload", "prev_hash", "hash",
)  # fmt: skip


def export_attendance(session: EventSession, path: Path) -> int:
    """Writes everybody registered with state and first arrival (event's zone); returns the rows.

    Of whom a supervisor admitted it says who that was, and why.
    """
    with session.reading() as connection:
        rows = people.people(connection, current_round(connection))
        words = words_given(connection)
    everybody = sorted(map(as_person, rows), key=lambda p: (p.family_name, p.given_name, p.id))
    return write_table(
        path,
        ATTENDANCE,
        (
            (
                person.family_name,
                person.given_name,
                person.organisation,
                person.level.value,
                person.territory,
                person.country,
                person.role,
                person.state.value,
                session.local(person.arrived_at).isoformat(" ", "minutes")
                if person.arrived_at
                else "",
                "" if person.table is None else str(person.table),
                "; ".join(word.who for word in words.get(person.id, ())),
                "; ".join(word.why for word in words.get(person.id, ())),
            )
            for person in everybody
        ),
    )


def export_journal(session: EventSession, path: Path) -> int:
    """Writes the journal, oldest entry first, times in UTC; returns the rows."""
    with session.reading() as connection:
        rows = [
            (
                str(each.position),
                each.id,
                each.desk,
                each.incarnation,
                str(each.seq),
                each.kind,
                each.subject or "",
                each.refers_to or "",
                each.at.isoformat(timespec="milliseconds"),
                each.operator,
                json.dumps(each.payload, separators=(",", ":"), sort_keys=True),
                each.prev_hash,
                each.hash,
            )
            for each in entries(connection)
        ]
    return write_table(path, JOURNAL, rows)
