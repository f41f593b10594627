"""The roster of an open event: lists come in here, after somebody saw what they would do.

`preview` reads and plans, `store` writes all of a plan or nothing. An import adds and updates
registrations; it never un-checks, re-seats or removes anybody. The journal notes that it happened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from checkin.errors import RefusedError
from checkin.event.rows import as_person
from checkin.event.session import EventSession, current_round
from checkin.people import Person
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
from checkin.roster.territories import (
    Outside,
    Places,
    TerritoryLine,
    outside_invitation,
    places,
    registered_after,
    territory_lines,
    without_territory,
)
from db import people
from db.journal import subjects_of
from db.kinds import EntryKind

Progress = Callable[[int, int], None]
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
class BeforeTheDay:
    """What an organiser can still do before the day; every list is a hint, never a refusal."""

    territories: tuple[TerritoryLine[Person], ...]
    without_territory: tuple[Person, ...]
    places: Places
    late: tuple[Person, ...]
    outside: tuple[Outside[Person], ...]


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
        return preview_list(path, options, self._existing(), progress=progress)

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

    def before_the_day(self) -> BeforeTheDay:
        """Returns territories and whom to nudge, places left, late and uninvited registrations."""
        with self.session.reading() as connection:
            rows = people.people(connection, current_round(connection))
        everybody = [as_person(row) for row in rows]
        settings = self.session.settings
        late: tuple[Person, ...] = ()
        if settings.deadline is not None:
            registered = [row.registered_at for row in rows]
            late = registered_after(everybody, settings.deadline, registered)
        return BeforeTheDay(
            territories=territory_lines(everybody),
            without_territory=without_territory(everybody),
            places=places((each.state for each in everybody), settings.places),
            late=late,
            outside=outside_invitation(everybody),
        )

    def _existing(self) -> list[ExistingPerson]:
        with self.session.reading() as connection:
            needs = {row.person_id: row for row in people.needs(connection)}
            wishes = {row.person_id: row for row in people.wishes(connection)}
            corrected = subjects_of(connection, EntryKind.BADGE_CORRECTED)
            return [
                ExistingPerson(
                    row.id,
                    as_entry(row, needs.get(row.id), wishes.get(row.id)),
                    listed=row.source == "list",
                    own_badge=row.id in corrected,
                )
                for row in people.registrations(connection)
            ]

    def _write(self, plan: ImportPlan, steps: _Steps) -> None:
        with self.session.writing() as writer:
            registrar = Registrar(writer.connection)
            for chunk in _chunks(plan.new):
                registrar.add([each.entry for each in chunk])
                steps.done(len(chunk))
            for changed in _chunks(plan.changed):
                _write_changes(writer.connection, changed)
                steps.done(len(changed))
            writer.record(
                EntryKind.LIST_IMPORTED,
                new=len(plan.new),
                changed=len(plan.changed),
                unchanged=len(plan.unchanged),
                rejected=len(plan.rejected),
            )
        self.session.optimize()


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
