"""Commands of the badges: write them to a PDF, show one's QR code."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screens.commands.frame import DONE, REFUSED, Command, asked, say, tell
from screens.commands.shapes import count

if TYPE_CHECKING:
    from checkin.badges.printing import Badges
    from checkin.door.desk import Door


@click.command(cls=Command)
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("who", nargs=-1)
@click.option("--unprinted", "which", flag_value="unprinted", help="Those without one (default).")
@click.option("--all", "which", flag_value="all", help="Everybody's.")
@click.option("--stock", default="a4-8", show_default=True, help="a4-8, a6 or 90x54.")
@click.option(
    "--reason", type=click.Choice(("lost", "damaged", "corrected")),
    help="Why WHO needs another badge; a lost one gets a new code.",
)  # fmt: skip
@click.option("--printer", metavar="QUEUE", help="Also hand the PDF to this printer queue.")
@click.option(
    "--copies", type=click.IntRange(1, 99), default=1, show_default=True,
    help="How many of each the printer makes.",
)  # fmt: skip
def badges_command(
    out: Path,
    who: tuple[str, ...],
    which: str | None,
    stock: str,
    reason: str | None,
    printer: str | None,
    copies: int,
) -> int:
    """Write badges to a PDF; each WHO is a code, an id, or a text that finds one person.

    Printing is noted apart from arriving, with a printer once its queue has taken the PDF.
    Example: checkin badges badges.pdf --unprinted --printer Badges
    """
    from checkin.badges.printing import Badges
    from checkin.door.registrations import Reason
    from screens.commands.door import code_in, the_door

    if who and which:
        raise click.UsageError("Name people, or say --unprinted or --all, not both.")
    if reason and not who:
        raise click.UsageError("A reason is for people who are named.")
    if copies > 1 and not printer:
        raise click.UsageError("Copies are made by a printer: name its queue with --printer.")
    with the_door() as door:
        badges = Badges(door.session)
        ids = _meant(door, badges, who, which)
        if isinstance(ids, int):
            return ids
        if not ids:
            asked().answer(
                {"file": None, "badges": 0, "pages": 0},
                ["Every badge has been printed. --all prints them again."],
            )
            return REFUSED
        if reason and Reason(reason).closes_the_code:
            for name, person_id in zip(who, ids, strict=True):
                door.registrations.replace_badge(person_id, Reason.LOST, code=code_in(name))
        if printer:
            with _pdf_named(out):
                done = badges.print_out(
                    out, printer, ids, stock, copies=copies, reason=reason, progress=_progress
                )
            report, said = done.report, done.say
        else:
            report, said = badges.write(out, ids, stock, reason=reason, progress=_progress), ""
    asked().answer(
        {"file": str(report.file), "badges": report.badges, "pages": report.pages},
        [f"{report.file}: {count(report.badges, 'badge')} on {count(report.pages, 'page')}."],
    )
    if said:
        tell(said)
    return DONE


def _meant(door: Door, badges: Badges, who: tuple[str, ...], which: str | None) -> list[str] | int:
    """Returns whose badges are meant, or the exit status when a name does not tell."""
    from checkin.badges.printing import Which
    from screens.commands.door import one_person

    if not who:
        return [line.person.id for line in badges.lines(Which(which or "unprinted"))]
    ids: list[str] = []
    for name in who:
        found = one_person(door, name)
        if isinstance(found, int):
            return found
        ids.append(found)
    return ids


@contextmanager
def _pdf_named(out: Path) -> Iterator[None]:
    """A queue that does not take the badges leaves the PDF: the error says where it is."""
    from checkin.badges.sending import QueueError
    from checkin.errors import CheckinError

    try:
        yield
    except QueueError as error:
        raise CheckinError(f"{error} Not noted as printed. The PDF: {out}") from error


def _progress(done: int, total: int) -> None:
    if done % 100 == 0 and done < total:
        tell(f"{done} of {total} badges ...")


@click.command(cls=Command)
@click.argument("who", nargs=-1, required=True)
def qr_command(who: tuple[str, ...]) -> int:
    """Show the QR code of WHO's badge, to scan from the screen.

    Example: checkin qr kowalska
    """
    from checkin.badges.qr import coloured_lines, terminal_lines
    from screens.commands.door import one_person, the_door

    with the_door() as door:
        found = one_person(door, " ".join(who))
        if isinstance(found, int):
            return found
        code = door.person(found).code
    if asked().as_json:
        asked().answer({"code": code}, [])
        return DONE
    for line in coloured_lines(code) if sys.stdout.isatty() else terminal_lines(code):
        say(line)
    say(code)
    return DONE
