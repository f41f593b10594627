"""Commands about the event itself: make, practise, count, prove, back up, export."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from screens.commands.frame import DONE, REFUSED, Command, asked, refuse, tell
from screens.commands.shapes import at_json, count

_FILE = click.Path(path_type=Path)


@click.command(cls=Command)
@click.argument("file", type=_FILE, required=False)
@click.option("--no-open", is_flag=True, help="Only make it; don't open the app.")
def demo_command(file: Path | None, no_open: bool) -> int:
    """Make a practice event: today, marked TEST, 62 invented people.

    Example: checkin demo --no-open practice.checkin
    """
    from checkin.event.demo import make_demo

    path, registered = make_demo(file, dt.date.today())
    if no_open:
        asked().answer(
            {"event": str(path), "registered": registered},
            [f"{path} is ready: a practice event with {registered} invented people."],
        )
        return DONE
    from screens.commands.front import open_app

    return open_app(path)


@click.command(cls=Command)
@click.argument("file", type=_FILE)
@click.option("--title", required=True, help="What the event is called.")
@click.option("--date", "day", required=True, metavar="YYYY-MM-DD", help="The day.")
@click.option("--start", default="09:00", show_default=True, metavar="HH:MM")
@click.option("--end", default="14:00", show_default=True, metavar="HH:MM")
@click.option("--timezone", default="Europe/Brussels", show_default=True, metavar="ZONE")
@click.option("--venue", default="", help="Where it is.")
@click.option("--tables", default=10, show_default=True, type=int)
@click.option("--seats", default=7, show_default=True, type=int, help="Seats at a table.")
@click.option("--minimum", type=int, help="Fewest people at a table (60 % of the seats).")
@click.option("--capacity", type=int, help="Most people inside at once (no limit).")
@click.option("--places", type=int, help="Most registrations (no limit).")
@click.option("--no-show", default=0.28, show_default=True, type=float, help="Expected share.")
@click.option("--deadline", metavar="YYYY-MM-DD", help="When registration closed.")
@click.option("--practice", is_flag=True, help="Mark it TEST; opening hours are not kept.")
def new_command(file: Path, day: str, start: str, end: str, **values: Any) -> int:
    """Make a new event.

    Example: checkin new lille.checkin --title "City-Region Cooperation" --date 2027-03-10
    """
    from checkin.event.session import make_event
    from checkin.event.settings import EventSettings
    from checkin.text import clean

    seats = values["seats"]
    minimum = values["minimum"] if values["minimum"] is not None else max(seats * 6 // 10, 0)
    settings = EventSettings(
        title=clean(values["title"]),
        date=_date(day),
        start=_time(start),
        end=_time(end),
        timezone=values["timezone"],
        venue=clean(values["venue"]),
        tables=values["tables"],
        seats=seats,
        minimum=minimum,
        capacity=values["capacity"],
        places=values["places"],
        no_show=values["no_show"],
        live=not values["practice"],
        deadline=_date(values["deadline"]) if values["deadline"] else None,
    )
    path = make_event(file, settings)
    asked().answer(
        {
            "event": str(path),
            "title": settings.title,
            "date": day,
            "start": f"{settings.start:%H:%M}",
            "end": f"{settings.end:%H:%M}",
            "timezone": settings.timezone,
            "tables": settings.tables,
            "seats": settings.seats,
            "minimum": settings.minimum,
            "capacity": settings.capacity,
            "no_show": settings.no_show,
        },
        [f"{path} is ready. Next: checkin --event {path} import LIST"],
    )
    return DONE


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no date; write it like 2027-03-10.") from None


def _time(text: str) -> dt.time:
    try:
        return dt.time.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no time of day; write it like 09:00.") from None


@click.command(cls=Command)
def status_command() -> int:
    """Who is here, who is due, how fast they come.

    Example: checkin status --json
    """
    from checkin.door.pace import sentence
    from checkin.event.status import status

    with asked().session() as session:
        now = status(session)
        settings = session.settings
        ahead = now.outlook(settings, session.now())
        told = sentence(ahead, settings.timezone)
        full = now.full_words(settings)
        mark = "LIVE" if settings.live else "TEST"
        document = asdict(now) | {
            "event": str(session.path),
            "title": settings.title,
            "date": settings.date.isoformat(),
            "mark": mark,
            "desk": session.desk,
            "forecast": {
                "say": told,
                "expected": ahead.expected,
                "a_minute": round(ahead.a_minute, 1),
                "ready_at": at_json(session, ahead.ready_at),
            },
        }
        asked().answer(
            document,
            [
                f"{settings.title} · {settings.date:%a %d %B %Y} · {mark}",
                f"{now.here} here, {now.expected} still due, {now.left} left, "
                f"of {now.registered} registered ({count(now.walk_ins, 'walk-in')}).",
                f"{sum(now.per_minute)} came in the last {len(now.per_minute)} minutes; "
                f"{count(now.tables_in_use, 'table')} in use; "
                f"{count(now.badges_printed, 'badge')} printed.",
                *([f"The room is {full}."] if full else []),
                f"Forecast with {settings.no_show:.0%} no-shows: {told}.",
            ],
        )
    return DONE


@click.command(cls=Command)
@click.option(
    "--rebuild", is_flag=True, help="Write what the screens show again, from the journal."
)
def verify_command(rebuild: bool) -> int:
    """Prove that the event file is whole.

    Example: checkin verify
    """
    from checkin.event.proof import rebuild_folds, verify

    with asked().session() as session:
        if rebuild:
            rebuild_folds(session)
        proof = verify(session)
    asked().answer(
        {"ok": proof.ok, "entries": proof.entries, "first_bad": proof.first_bad}, proof.say
    )
    return DONE if proof.ok else REFUSED


@click.command(cls=Command)
@click.option("--card", type=_FILE, metavar="OUT.pdf", help="Write the scanner's test card.")
@click.option("--scanner", is_flag=True, help="Show the card, listen to the scanner, remember it.")
def doctor_command(card: Path | None, scanner: bool) -> int:
    """Check clock, disk, event file, backup, printing and scanner before the day.

    --scanner and --card need no event. Example: checkin doctor --scanner
    """
    from checkin.event.health import examine

    if card is not None:
        from screens.commands.scanner import write_card

        write_card(card)
    if scanner:
        from screens.commands.scanner import try_the_scanner

        return try_the_scanner()
    if card is not None:
        return DONE
    with asked().session() as session:
        checks = examine(session)
    asked().answer(
        {"checks": [asdict(check) for check in checks]},
        [f"{'✓' if check.ok else '!'} {check.name}  {check.say}" for check in checks],
    )
    return DONE if all(check.ok for check in checks) else REFUSED


@click.command(cls=Command)
@click.argument("out", type=_FILE)
def backup_command(out: Path) -> int:
    """Write a complete copy of the event, while desks go on working.

    Example: checkin backup morning.checkin
    """
    from checkin.event.proof import back_up

    with asked().session() as session:
        backup = back_up(session, out)
    asked().answer(
        {"file": str(backup.file), "entries": backup.entries},
        [f"{backup.file} holds the whole event: {backup.entries} journal entries."],
    )
    return DONE


@click.command(cls=Command, name="restore-test")
@click.argument("file", type=_FILE)
def restore_test_command(file: Path) -> int:
    """Prove that a backup restores; the backup stays as it is.

    Example: checkin restore-test morning.checkin
    """
    from checkin.event.proof import restore_test

    proof = restore_test(file)
    asked().answer(
        {"file": str(file), "ok": proof.ok, "entries": proof.entries, "first_bad": proof.first_bad},
        proof.say,
    )
    return DONE if proof.ok else REFUSED


@click.command(cls=Command)
@click.argument("what", type=click.Choice(["attendance", "tables", "journal", "report"]))
@click.argument("out", type=_FILE)
def export_command(what: str, out: Path) -> int:
    """Write attendance, tables or the journal as CSV, XLSX, JSON or Markdown.

    Example: checkin export attendance attendance.xlsx
    """
    if what == "report":
        raise refuse("There is no report yet: the exercises have not been run in this event.")
    with asked().session() as session:
        rows = _exporter(what)(session, out)
    tell("E-mail, diet and access needs are not in it.")
    asked().answer({"file": str(out), "rows": rows}, [f"{out}: {rows} rows."])
    return DONE


def _exporter(what: str) -> Any:
    from checkin.event import exports

    if what == "tables":
        from checkin.tables.exports import export_tables

        return export_tables
    return {"attendance": exports.export_attendance, "journal": exports.export_journal}[what]
