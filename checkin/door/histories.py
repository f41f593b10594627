"""What the event file remembers of a person, a nonce or an act, in the words of the decision."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from checkin.door.admission import Act, History, Override, Replaced, Rules, hours
from checkin.event.session import EventSession, Writer
from db import people
from db.folds import inside
from db.journal import Entry, as_entry, as_time
from db.journal import entry as entry_of
from db.kinds import EntryKind
from db.prepared import Prepared
from db.schema import journal, nonce, person, presence

_DOORS_BEFORE_START = dt.timedelta(minutes=60)

PASSAGES = (EntryKind.ARRIVED, EntryKind.DEPARTED)
"""Kinds that say that somebody came or went."""

UNDOABLE = (
    *PASSAGES,
    EntryKind.STATUS_SET,
    EntryKind.REGISTERED,
    EntryKind.REPLACED,
    EntryKind.MERGED,
    EntryKind.TOLD_APART,
    EntryKind.FLAG_SET,
    EntryKind.BADGE_REPLACED,
    EntryKind.BADGE_CORRECTED,
)
"""Kinds that an undo at the door takes back."""

_REPRINT = "damaged"
"""Why a badge was printed once more, when nothing but the print was done."""

LONGEST_ACT = 2_000
"""Entries that one act may hold: a whole delegation, with registrations and seats."""


# Asked at every scan: built once.
_OF_NONCE = Prepared(
    select(journal)
    .join(nonce, nonce.c.entry_id == journal.c.id)
    .where(nonce.c.nonce == bindparam("nonce"))
)


def history_of(connection: Connection, row: Row[Any]) -> History:
    """Returns what happened to the person in `row` before."""
    return History(
        first_at=as_time(row.first_at) if row.first_at else None,
        first_desk=row.first_desk,
        last=Act(row.last_kind) if row.last_kind else None,
        last_at=as_time(row.last_at) if row.last_at else None,
        last_desk=row.last_desk,
        replaced=_replaced(connection, row),
        queue_place=_queue_place(connection, row),
    )


def _replaced(connection: Connection, row: Row[Any]) -> Replaced | None:
    if row.replaced_by is None:
        return None
    other = people.by_id(connection, 1, row.replaced_by)
    name = f"{other.given_name} {other.family_name}".strip() if other else ""
    return Replaced(as_time(row.replaced_at), name)


def _queue_place(connection: Connection, row: Row[Any]) -> int | None:
    if (row.state or row.status) != "waitlisted":
        return None
    waiting = func.coalesce(func.nullif(presence.c.state, ""), person.c.status) == "waitlisted"
    return connection.execute(
        select(func.count())
        .select_from(person.outerjoin(presence, presence.c.person_id == person.c.id))
        .where(waiting, person.c.number <= row.number)
    ).scalar()


def rules_of(writer: Writer, session: EventSession) -> Rules:
    """Returns the event's rules as this desk knows them at this moment.

    A practice event keeps no opening hours, so that it can be practised at any time of day.
    """
    settings = session.settings
    opens = closes = None
    if settings.live:
        doors = settings.doors or settings.start
        opens, closes = hours(settings.date, doors, settings.end, settings.timezone)
        if settings.doors is None:
            opens -= _DOORS_BEFORE_START
    here = 0 if settings.capacity is None else inside(writer.connection)
    return Rules(
        desk=session.desk,
        zone=settings.timezone,
        opens_at=opens,
        closes_at=closes,
        capacity=settings.capacity,
        here=here,
        event_date=settings.date if settings.live else None,
        last_act_at=writer.tip.at,
    )


def entry_of_nonce(connection: Connection, value: str) -> Entry | None:
    """Returns the entry that a scan with this nonce wrote."""
    row = _OF_NONCE.first(connection, {"nonce": value})
    return as_entry(row) if row else None


def is_undone(connection: Connection, entry_id: str) -> bool:
    """Whether an entry no longer stands: an undo refers to it that was not undone itself."""
    undos = connection.execute(
        select(journal.c.id).where(
            journal.c.refers_to == entry_id, journal.c.kind == EntryKind.UNDONE.value
        )
    ).scalars()
    return any(not is_undone(connection, undo) for undo in undos)


@dataclass(frozen=True, slots=True)
class WholeAct:
    """The entries of one act that can be undone, in the order in which they were written."""

    entries: tuple[Entry, ...]

    @property
    def chief(self) -> Entry:
        """The entry that names the act: its last passage, else its last entry."""
        passages = [each for each in self.entries if each.kind in PASSAGES]
        return (passages or list(self.entries))[-1]

    @property
    def others(self) -> int:
        """How many people besides the chief entry's came, went or were called by this act."""
        kinds = (*PASSAGES, EntryKind.STATUS_SET)
        meant = {each.subject for each in self.entries if each.kind in kinds}
        return len(meant - {self.chief.subject})


def last_act(connection: Connection, desk: str) -> WholeAct | None:
    """Returns the latest act of `desk` at the door when it still stands, else None.

    A second undo in a row finds nothing: pressed twice by a tired hand, it must not send home
    whoever came before; nor does an undo after a badge was printed once more (`last_reprint`).
    Older acts are undone by naming the person. What was done or undone at the tables is undone
    there, and what a list said is no act of the door.
    """
    latest = _latest_of_desk(connection, desk)
    if latest is None or latest.kind not in UNDOABLE or is_undone(connection, latest.id):
        return None
    return whole_act(connection, latest)


def last_reprint(connection: Connection, desk: str) -> Entry | None:
    """Returns the print of a badge in the place of a damaged one, if that was the desk's last act.

    It can't be taken back, and what was done before it is not what an undo after it means.
    """
    latest = _latest_of_desk(connection, desk)
    return latest if latest and latest.kind == EntryKind.BADGE_PRINTED else None


def _latest_of_desk(connection: Connection, desk: str) -> Entry | None:
    """Returns the newest entry of `desk` about the door: an act, an undo, or a reprint."""
    elsewhere = func.coalesce(
        func.json_extract(journal.c.payload, "$.board"),
        func.json_extract(journal.c.payload, "$.listed"),
    ).is_not(None)
    row = connection.execute(
        select(journal)
        .where(
            journal.c.desk == desk,
            journal.c.kind.in_([kind.value for kind in (*UNDOABLE, EntryKind.UNDONE)])
            | (
                (journal.c.kind == EntryKind.BADGE_PRINTED.value)
                & (func.json_extract(journal.c.payload, "$.reason") == _REPRINT)
            ),
            ~elsewhere,
        )
        .order_by(journal.c.position.desc())
        .limit(1)
    ).first()
    return as_entry(row) if row else None


def last_act_of(connection: Connection, row: Row[Any]) -> WholeAct | None:
    """Returns what the latest act about one person, at whichever desk, did to that person.

    Of a group only this person's part is meant: their colleagues stay. A newcomer's registration
    goes with the arrival that it came with.
    """
    ids = set(people.codes_of(connection, row.id).values())
    entry_id = _latest_about(connection, ids)
    found = entry_of(connection, entry_id) if entry_id else None
    if found is None:
        return None
    whole = whole_act(connection, found)
    # What is about nobody on the list was settled by this person's registration.
    parts = [each for each in whole.entries if each.subject is None or _is_about(each, ids)]
    return WholeAct(tuple(parts))


def last_verdict(connection: Connection, ids: set[str]) -> WholeAct | None:
    """Returns the latest act that made two registrations one person, or told them apart."""
    found = connection.execute(
        select(journal)
        .where(
            journal.c.kind.in_([EntryKind.MERGED.value, EntryKind.TOLD_APART.value]),
            journal.c.subject.in_(sorted(ids)),
        )
        .order_by(journal.c.position.desc())
    )
    for entry in map(as_entry, found):
        others = {entry.payload.get("into"), entry.payload.get("other")}
        if others & ids and not is_undone(connection, entry.id):
            return whole_act(connection, entry)
    return None


def _latest_about(connection: Connection, registrations: set[str]) -> str | None:
    """Returns the id of the latest act that stands about somebody, by all their registrations."""
    wanted = sorted(registrations)
    ids = connection.execute(
        select(journal.c.id)
        .where(
            journal.c.kind.in_([kind.value for kind in UNDOABLE]),
            journal.c.subject.in_(wanted)
            | func.json_extract(journal.c.payload, "$.into").in_(wanted)
            | func.json_extract(journal.c.payload, "$.other").in_(wanted),
            # What a list said is no act of the door.
            func.json_extract(journal.c.payload, "$.listed").is_(None),
        )
        .order_by(journal.c.position.desc())
    ).scalars()
    return next((each for each in ids if not is_undone(connection, each)), None)


def _is_about(entry: Entry, registrations: set[str]) -> bool:
    others = {entry.payload.get(name) for name in ("by", "into", "other")}
    return entry.subject in registrations or bool(others & registrations)


def whole_act(connection: Connection, one: Entry) -> WholeAct:
    """Returns the entries that were written as one act with `one`, undone ones left out."""
    act = one.payload.get("act")
    if act is None:
        return WholeAct((one,))
    rows = connection.execute(
        select(journal)
        .where(
            journal.c.position.between(one.position - LONGEST_ACT, one.position + LONGEST_ACT),
            journal.c.kind.in_([kind.value for kind in UNDOABLE]),
            func.json_extract(journal.c.payload, "$.act") == act,
        )
        .order_by(journal.c.position)
    )
    return WholeAct(
        tuple(each for each in map(as_entry, rows) if not is_undone(connection, each.id))
    )


def words_given(connection: Connection) -> dict[str, tuple[Override, ...]]:
    """Returns the supervisors' words by which people were admitted, by person, the oldest first.

    Undone admissions are left out; those of a merged registration are of who stays.
    """
    found: dict[str, tuple[Override, ...]] = {}
    for row in people.words(connection):
        if row.subject and not is_undone(connection, row.entry_id):
            stays = who_stays(connection, row.subject)
            found[stays] = (*found.get(stays, ()), Override(row.who, row.why))
    return found


def who_stays(connection: Connection, person_id: str) -> str:
    """Returns the id that stands for `person_id`: their own, or the one they were merged into."""
    seen = {person_id}
    while (into := people.merged_into(connection, person_id)) and into not in seen:
        seen.add(into)
        person_id = into
    return person_id
