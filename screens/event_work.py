"""What can be done with the event as a whole: proof, checks, backup, exports; all end in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from checkin.errors import CheckinError
from checkin.event.session import EventSession

Progress = Callable[[int, int], None]

DONE_HERE = Path()
"""Stands for no file where a deed writes none."""


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: whether it is well, and the sentence."""

    ok: bool
    say: str


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a deed: one sentence, and the findings behind it."""

    ok: bool
    sentence: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do. `ending` is that of the file it writes, empty when it writes none."""

    key: str
    word: str
    about: str
    work: Callable[[EventSession, Path, Progress], Found]
    ending: str = ""
    unit: str = ""


@cache
def deeds() -> tuple[Deed, ...]:
    """Returns everything that can be done, in the order of the screen."""
    return (
        Deed("doctor", "Check this machine", "clock, disk, backup, printing", _doctor),
        Deed(
            "verify", "Verify the event", "the journal's chain and what the screens show", _verify
        ),
        Deed(
            "backup", "Back up", "a whole copy while the desks go on", _backup, ".checkin", "pages"
        ),
        Deed(
            "attendance",
            "Export attendance",
            "who came and when, for the files",
            _attendance,
            ".xlsx",
        ),
        Deed("tables", "Export the tables", "who sits where", _tables, ".xlsx"),
        Deed("rounds", "Export the rounds", "everybody's table in each round", _rounds, ".xlsx"),
        Deed("journal", "Export the journal", "every act, without names", _journal, ".csv"),
        Deed("pack", "Paper for a power cut", "lists and cards as one PDF", _pack, ".pdf"),
        Deed("sign-in", "Attendance sheet", "to sign, as PDF", _sign_in, ".pdf"),
        Deed("table-cards", "Table cards", "a card a table, as PDF", _table_cards, ".pdf"),
        Deed("certificates", "Certificates", "of attendance, as PDF", _certificates, ".pdf"),
        Deed("scanner", "Test the scanner", "scan a card: layout, case, how it ends", _nothing),
        Deed("sounds", "Sounds here", "all, only look at me, none", _nothing),
        Deed("blank", "Blank the screen", "after a minute without a key, or never", _nothing),
        Deed("settings", "Change the settings", "title, room, limits, deadline", _nothing),
        Deed("hosts", "Hosts of the tables", "a name for each table", _nothing),
        Deed("points", "What costs points", "the weights of the score", _nothing),
    )


def _doctor(session: EventSession, _path: Path, _progress: Progress) -> Found:
    from checkin.event.health import examine

    checks = examine(session)
    bad = [check for check in checks if not check.ok]
    sentence = bad[0].say if len(bad) == 1 else f"{len(bad)} things to see to: {_names(bad)}."
    return Found(
        not bad,
        sentence if bad else "Everything is well.",
        tuple(Line(check.ok, f"{check.name}: {check.say}") for check in checks),
    )


def _names(checks: Sequence[object]) -> str:
    return ", ".join(str(getattr(check, "name", "")) for check in checks)


def _verify(session: EventSession, _path: Path, _progress: Progress) -> Found:
    from checkin.event.proof import verify

    proof = verify(session)
    sentence = (
        f"The event is whole: {proof.entries} entries proved." if proof.ok else " ".join(proof.say)
    )
    return Found(proof.ok, sentence, tuple(Line(proof.ok, say) for say in proof.say))


def _backup(session: EventSession, path: Path, progress: Progress) -> Found:
    from checkin.event.proof import back_up

    backup = back_up(session, path, progress)
    return _well(f"{backup.file} holds the whole event: {backup.entries} journal entries.")


def _attendance(session: EventSession, path: Path, _progress: Progress) -> Found:
    from checkin.event.exports import export_attendance

    return _written(path, export_attendance(session, path))


def _journal(session: EventSession, path: Path, _progress: Progress) -> Found:
    from checkin.event.exports import export_journal

    return _written(path, export_journal(session, path))


def _tables(session: EventSession, path: Path, _progress: Progress) -> Found:
    from checkin.tables.exports import export_tables

    return _written(path, export_tables(session, path))


def _rounds(session: EventSession, path: Path, _progress: Progress) -> Found:
    from checkin.tables.exports import export_rounds

    return _written(path, export_rounds(session, path))


def _pack(session: EventSession, path: Path, _progress: Progress) -> Found:
    return _paper("pack", session, path)


def _sign_in(session: EventSession, path: Path, _progress: Progress) -> Found:
    return _paper("sign-in", session, path)


def _table_cards(session: EventSession, path: Path, _progress: Progress) -> Found:
    return _paper("table-cards", session, path)


def _certificates(session: EventSession, path: Path, _progress: Progress) -> Found:
    return _paper("certificates", session, path)


def _paper(which: str, session: EventSession, path: Path) -> Found:
    from checkin.papers.printing import Paper, Papers

    report = Papers(session).write(Paper(which), path)
    pages = "1 page" if report.pages == 1 else f"{report.pages} pages"
    return _well(f"{report.file}: {pages}.")


def _nothing(_session: EventSession, _path: Path, _progress: Progress) -> Found:
    raise CheckinError("That is done on the screen.")


def _written(path: Path, rows: int) -> Found:
    return _well(f"{path}: {'1 row' if rows == 1 else f'{rows} rows'}.")


def _well(sentence: str) -> Found:
    return Found(True, sentence, (Line(True, sentence),))
