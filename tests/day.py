"""A small event for tests, and two ways to stand at its door: the service and the command line.

Everybody is invented. Both ways answer with the documents of CONTRACT.md, so that one test holds
both to the same promise.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from checkin.door.admission import Override
from checkin.door.desk import Door
from checkin.event.session import EventSession, make_event, open_event
from checkin.event.settings import EventSettings
from checkin.people import Level, Person, State
from checkin.roster.entry import RosterEntry
from checkin.roster.registrations import Registrar
from checkin.roster.walk_in import WalkIn
from db.journal import Entry, as_entry
from db.kinds import EntryKind
from db.schema import journal
from screens.commands.front import main
from screens.commands.shapes import answer_json

DAY = dt.date(2027, 3, 10)
MORNING = dt.datetime(2027, 3, 10, 7, 30, tzinfo=dt.UTC)
"""Half past eight in Brussels on the day, when the doors are open."""

Document = dict[str, Any]

LODZ = "Urząd Miasta Łodzi"
LILLE = "Ville de Lille"


def entry(given: str, family: str, organisation: str = LILLE, **more: Any) -> RosterEntry:
    settled = {"territory": "Hauts-de-France", "level": Level.CITY, "country": "FR"} | more
    return RosterEntry(given_name=given, family_name=family, organisation=organisation, **settled)


PEOPLE = (
    entry("Anna", "Kowalska", LODZ, territory="Łódzkie", country="PL", languages=("pl", "en"),
          email="anna@lodz.example", diet="vegan", access="wheelchair", photo=False),
    entry("Jan", "Kowalczyk", "Urząd Marszałkowski", territory="Łódzkie", country="PL",
          level=Level.REGION, languages=("pl", "en")),
    entry("Claire", "Dupont", email="claire@lille.example", languages=("fr", "en")),
    entry("Marc", "Lefèvre", languages=("fr", "en")),
    entry("Inès", "Moreau", languages=("fr", "en")),
    entry("Maria", "Rossi", "Comune di Firenze", territory="Toscana", country="IT"),
    entry("Maria", "Rossi", "Regione Lazio", territory="Lazio", country="IT", level=Level.REGION),
    entry("Johanna", "Berg", "Stadt Graz", territory="Steiermark", country="AT",
          email="j.berg@graz.example"),
    entry("Johanna", "Berg", "Graz", territory="Steiermark", country="AT", email="jo@example"),
    entry("Piet", "de Vries", "Gemeente Utrecht", territory="Utrecht", country="NL",
          status=State.CANCELLED),
    entry("Ana", "Horvat", "Grad Rijeka", territory="Primorje", country="HR",
          status=State.WAITLISTED),
    entry("Luc", "Peeters", "Stad Gent", territory="Oost-Vlaanderen", country="BE",
          status=State.WAITLISTED),
)  # fmt: skip


def make_day(folder: Path, people: tuple[RosterEntry, ...] = PEOPLE, **settings: Any) -> Path:
    """Makes an event with `people` registered; a practice one unless `live` says otherwise."""
    wanted = {
        "title": "Testing Day",
        "date": DAY,
        "live": False,
        "tables": 4,
        "seats": 6,
    } | settings
    path = make_event(folder / "day.checkin", EventSettings(**wanted))
    session = open_event(path, desk="office")
    with session.writing(MORNING - dt.timedelta(days=3)) as writer:
        Registrar(writer.connection).add(people)
        writer.record(EntryKind.LIST_IMPORTED, new=len(people))
    session.close()
    return path


@dataclass
class Done:
    """What a command did: its status, and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Document]:
        return [json.loads(line) for line in self.out.splitlines()]


def command(*arguments: str | Path, given: bytes = b"") -> Done:
    """Runs a command line in this process, with `given` as real bytes on standard input."""
    out, err = io.BytesIO(), io.BytesIO()
    with (
        tempfile.TemporaryFile() as stdin,
        contextlib.redirect_stdout(io.TextIOWrapper(out, "utf-8", write_through=True)),
        contextlib.redirect_stderr(io.TextIOWrapper(err, "utf-8", write_through=True)),
    ):
        stdin.write(given)
        stdin.seek(0)
        before, sys.stdin = sys.stdin, io.TextIOWrapper(os.fdopen(os.dup(stdin.fileno()), "rb"))
        try:
            status = main([str(each) for each in arguments])
        finally:
            sys.stdin.close()
            sys.stdin = before
        # The wrappers close what they wrap when they go.
        return Done(status, out.getvalue().decode(), err.getvalue().decode())


@dataclass
class ByService:
    """The desk as the app has it: one open event and a clock that the test sets."""

    path: Path
    desk: str = "A"
    now: dt.datetime = MORNING
    _session: EventSession | None = field(default=None, init=False)

    @property
    def door(self) -> Door:
        if self._session is None:
            self._session = open_event(self.path, desk=self.desk, clock=lambda: self.now)
            self._door = Door(self._session)
        return self._door

    def told(self, answers: list[Any]) -> list[Document]:
        return [answer_json(self.door.session, answer) for answer in answers]

    def scan(self, text: str, nonce: str | None = None) -> list[Document]:
        return self.told(self.door.scan(text, nonce=nonce))

    def enter(self, person_id: str, override: tuple[str, str] | None = None) -> Document:
        word = Override(*override) if override else None
        return self.told([self.door.check_in(person_id, override=word)])[0]

    def out(self, person_id: str) -> Document:
        return self.told([self.door.check_out(person_id)])[0]

    def undo(self, person_id: str | None = None) -> Document:
        return self.told([self.door.undo(person_id)])[0]

    def walk_in(self, override: tuple[str, str] | None = None, **form: str) -> Document:
        word = Override(*override) if override else None
        return self.told([self.door.walk_in(WalkIn(**form), override=word)])[0]

    def substitute(self, person_id: str, given: str, family: str) -> Document:
        return self.told([self.door.substitute(person_id, given, family)])[0]

    def group(self, person_id: str) -> list[Document]:
        due = [p.id for p in self.door.colleagues(person_id) if p.state is State.EXPECTED]
        return self.told(self.door.check_in_group(due))

    def close(self) -> None:
        if self._session is not None:
            self._session.close()


@dataclass
class ByCommand:
    """The desk as a script has it: each act its own run of `checkin`."""

    path: Path
    desk: str = "A"
    now: dt.datetime = MORNING

    def run(self, *arguments: str, given: bytes = b"") -> Done:
        return command("--event", self.path, "--desk", self.desk, "--json", *arguments, given=given)

    def one(self, *arguments: str) -> Document:
        done = self.run(*arguments)
        assert done.out, done.err
        found = done.json
        assert isinstance(found, dict)
        return found

    def scan(self, text: str, nonce: str | None = None) -> list[Document]:
        line = json.dumps({"code": text, "nonce": nonce, "at": self.now.isoformat()})
        answers = self.run("scan", given=f"{line}\n".encode()).lines
        assert [answer.pop("line") for answer in answers] == [1] * len(answers)
        return answers

    def enter(self, person_id: str, override: tuple[str, str] | None = None) -> Document:
        word = ["--by", override[0], "--override", override[1]] if override else []
        return self.one("in", person_id, *word)

    def out(self, person_id: str) -> Document:
        return self.one("out", person_id)

    def undo(self, person_id: str | None = None) -> Document:
        return self.one("undo", *([person_id] if person_id else []))

    def walk_in(self, override: tuple[str, str] | None = None, **form: str) -> Document:
        names = {"given_name": "--given", "family_name": "--family"}
        words = [w for key, value in form.items() for w in (names.get(key, f"--{key}"), value)]
        words += ["--by", override[0], "--override", override[1]] if override else []
        return self.one("walk-in", *words)

    def substitute(self, person_id: str, given: str, family: str) -> Document:
        return self.one("substitute", person_id, "--given", given, "--family", family)

    def group(self, person_id: str) -> list[Document]:
        return self.run("group", person_id).lines

    def close(self) -> None:
        """Nothing stays open between commands."""


Desk = ByService | ByCommand
WAYS = {"service": ByService, "command": ByCommand}


def journal_of(path: Path, *kinds: str) -> list[Entry]:
    """Returns the event's entries of these kinds (all, without kinds), oldest first."""
    session = open_event(path, desk="reader")
    try:
        with session.reading() as connection:
            rows = connection.execute(select(journal).order_by(journal.c.position)).all()
        return [each for each in map(as_entry, rows) if not kinds or each.kind in kinds]
    finally:
        session.close()


@contextlib.contextmanager
def opened(path: Path, desk: str = "A") -> Iterator[Door]:
    """The door of the event at `path`, for the length of the block."""
    session = open_event(path, desk=desk, clock=lambda: MORNING)
    try:
        yield Door(session)
    finally:
        session.close()


def everybody(path: Path) -> list[Person]:
    """Returns everybody registered, in the order of `PEOPLE` and then of registration."""
    from checkin.door.overview import Which

    with opened(path) as door:
        return sorted(door.people(Which.ALL), key=lambda person: person.id)


def who(path: Path, name: str, place: int = 0) -> Person:
    """Returns the person of this whole name; the `place`-th one among namesakes."""
    return [person for person in everybody(path) if person.full_name == name][place]
