"""The roster of an open event: lists come in here, after somebody saw what they would do.

`preview` reads and plans, `store` writes all of a plan or nothing. An import adds and updates
registrations; it never un-checks, re-seats or removes anybody. The journal notes that it happened.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from checkin.errors import RefusedError
from checkin.event.rows import as_person
from checkin.event.session import EventSession, Writer, current_round
from checkin.people import Level, Person, PersonFlag, State
from checkin.roster.beforehand import STATE, About, BeforeTheDay, before_the_day, people_of
from checkin.roster.entry import RosterEntry
from checkin.roster.plan import ChangedPerson, ExistingPerson, ImportPlan
from checkin.roster.preview import (
    Preview,
    ReadingOptions,
    change_field,
    change_header,
    preview_list,
    require_names,
)
from checkin.roster.registrations import Registrar, as_entry, need, registration, wish
from checkin.roster.watching import Progress, alive_at, watched
from db import people
from db.journal import subjects_of
from db.kinds import EntryKind
from db.schema import journal, note, person, presence

Cancelled = Callable[[], bool]

_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. `still_here` are people inside whom the list no longer names."""

    new: int
    changed: int
    unchanged: int
    rejected: int
    still_here: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The first people of a list, how many the whole list has, and how many are registered."""

    people: tuple[Person, ...]
    count: int
    registered: int


class Roster:
    """Who is expected at an open event."""

    def __init__(self, session: EventSession) -> None:
        self.session = session

    def preview(
        self,
        path: Path,
        options: ReadingOptions | None = None,
        *,
        progress: Progress | None = None,
    ) -> Preview:
        """Reads the list at `path` and returns what importing it would do; writes nothing.

        Raises ListFileError for a file that is no list. `progress` may raise to cancel.
        """
        return preview_list(path, options, self._existing(progress), progress=progress)

    def with_field(self, preview: Preview, column: int, field: str) -> Preview:
        """Returns the preview with one column read as another field."""
        return change_field(preview, column, field, self._existing())

    def with_header(self, preview: Preview, header_row: int) -> Preview:
        """Returns the preview with the column titles in another row (0: there are none)."""
        return change_header(preview, header_row, self._existing())

    def store(
        self,
        preview: Preview,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> ImportReport:
        """Writes what `preview` planned, all of it or nothing.

        Raises RefusedError when it was cancelled, ListFileError when no column names people.
        """
        plan = preview.plan
        require_names(plan.columns)
        if not plan.changes_nothing:
            self._write(plan, _Steps(len(plan.new) + len(plan.changed), progress, cancelled))
        missing = {each.id for each in plan.missing}
        with self.session.reading() as connection:
            inside = people.here(connection, current_round(connection)) if missing else []
        return ImportReport(
            new=len(plan.new),
            changed=len(plan.changed),
            unchanged=len(plan.unchanged),
            rejected=len(plan.rejected),
            still_here=tuple(as_person(row) for row in inside if row.id in missing),
        )

    def page(self, states: Collection[State], most: int) -> Page:
        """Returns the first people in one of `states`, by family name, `most` of them at most.

        Letters with accents stand behind those without.
        """
        with self.session.reading() as connection:
            counts = people.counts(connection)
            query = people.people_query(current_round(connection)).where(STATE.in_(states))
            by_name = (person.c.family_name.collate("NOCASE"), person.c.given_name, person.c.id)
            rows = connection.execute(query.order_by(*by_name).limit(most)).all()
        return Page(
            people=tuple(as_person(row) for row in rows),
            count=sum(counts.get(state, 0) for state in states),
            registered=sum(counts.values()),
        )

    def lacking(self) -> int:
        """Returns how many territories lack a side; `before_the_day` says which, for longer."""
        local = person.c.level.in_([level for level in Level if level.is_local])
        sides = (func.max(local), func.max(person.c.level == Level.REGION))
        query = (
            select(*sides)
            .select_from(person.outerjoin(presence, presence.c.person_id == person.c.id))
            .where(people.registered(), person.c.territory != "", STATE != State.CANCELLED)
            .group_by(person.c.territory)
        )
        with self.session.reading() as connection:
            return sum(bool(one) != bool(other) for one, other in connection.execute(query))

    def before_the_day(self) -> BeforeTheDay:
        """Returns territories, places left, and how many are late, uninvited or nowhere."""
        with self.session.reading() as connection:
            return before_the_day(connection, self.session.settings)

    def people_of(
        self, about: About, territory: str = "", most: int | None = None
    ) -> tuple[Person, ...]:
        """Returns the people of one hint, at most `most` of them, in the hint's order."""
        with self.session.reading() as connection:
            settings = self.session.settings
            return tuple(people_of(connection, settings, about, territory=territory, most=most))

    def to_nudge(self) -> dict[str, tuple[Person, ...]]:
        """Returns by territory all who know the side that it lacks; for long lists, a while."""
        found: dict[str, list[Person]] = {}
        with self.session.reading() as connection:
            settings = self.session.settings
            lacking = {
                line.territory: line
                for line in before_the_day(connection, settings).territories
                if line.lacks
            }
            for each in people_of(connection, settings, About.TERRITORY) if lacking else ():
                line = lacking.get(each.territory)
                if line is not None and line.nudges(each):
                    found.setdefault(each.territory, []).append(each)
        return {territory: tuple(some) for territory, some in found.items()}

    def _existing(self, progress: Progress | None = None) -> list[ExistingPerson]:
        alive = alive_at(progress)
        with self.session.reading() as connection:
            needs = {row.person_id: row for row in people.needs(connection)}
            wishes = {row.person_id: row for row in people.wishes(connection)}
            corrected = subjects_of(connection, EntryKind.BADGE_CORRECTED)
            vips = set(connection.execute(_EVER_VIP).scalars())
            notes = {row.person_id: row.text for row in connection.execute(select(note))}
            return [
                ExistingPerson(
                    row.id,
                    as_entry(
                        row,
                        needs.get(row.id),
                        wishes.get(row.id),
                        vip=row.id in vips,
                        note=notes.get(row.id, ""),
                    ),
                    listed=row.source == "list",
                    own_badge=row.id in corrected,
                )
                for row in watched(people.registrations(connection), alive)
            ]

    def _write(self, plan: ImportPlan, steps: _Steps) -> None:
        with self.session.writing() as writer:
            registrar = Registrar(writer.connection)
            for chunk in _chunks(plan.new):
                ids = registrar.add([each.entry for each in chunk])
                for person_id, new in zip(ids, chunk, strict=True):
                    _tell_staff(writer, person_id, new.entry)
                steps.done(len(chunk))
            for changed in _chunks(plan.changed):
                _write_changes(writer.connection, changed)
                for each in changed:
                    _tell_staff(writer, each.id, each.after, each.before)
                steps.done(len(changed))
            writer.record(
                EntryKind.LIST_IMPORTED,
                new=len(plan.new),
                changed=len(plan.changed),
                unchanged=len(plan.unchanged),
                rejected=len(plan.rejected),
            )
        self.session.optimize()


_EVER_VIP = select(journal.c.subject).where(
    journal.c.kind == EntryKind.FLAG_SET.value,
    func.json_extract(journal.c.payload, "$.flag") == PersonFlag.VIP.value,
)
"""Of whom was ever said that they are a VIP, or are none: no list has to say it again."""

_NOBODY = RosterEntry("", "")


def _tell_staff(
    writer: Writer, person_id: str, said: RosterEntry, before: RosterEntry = _NOBODY
) -> None:
    """Writes the flag and the note that a list gives somebody who had none."""
    if said.vip and not before.vip:
        vip = PersonFlag.VIP.value
        writer.record(EntryKind.FLAG_SET, person_id, flag=vip, wanted=True, listed=True)
    if said.note and not before.note:
        people.write_note(writer.connection, person_id, said.note)


class _Steps:
    """Counts rows written, tells the progress and stops when asked to."""

    def __init__(self, total: int, progress: Progress | None, cancelled: Cancelled | None) -> None:
        self._total = total
        self._progress = progress
        self._cancelled = cancelled
        self._done = 0

    def done(self, count: int) -> None:
        self._done += count
        if self._progress:
            self._progress(self._done, self._total)
        if self._cancelled and self._cancelled():
            raise RefusedError("The import was cancelled; nothing was written.")


def _chunks(items: Sequence[Any]) -> list[Sequence[Any]]:
    return [items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK)]


def _write_changes(connection: Connection, changed: Sequence[ChangedPerson]) -> None:
    for each in changed:
        people.change(connection, each.id, registration(each.after))
    people.write_needs(connection, [need(each.id, each.after) for each in changed])
    people.write_wishes(connection, [wish(each.id, each.after) for each in changed])
