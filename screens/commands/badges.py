"""Commands of the badges: write them to a PDF, show one's QR code."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from screens.commands.frame import DONE, REFUSED, Command, asked, say, tell
from screens.commands.shapes import count


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
def badges_command(
    out: Path,
    who: tuple[str, ...],
    which: str | None,
    stock: str,
    reason: str | None,
    printer: str | None,
) -> int:
    """Write badges to a PDF; each WHO is a code, an id, or a text that finds one person.

    Printing is noted apart from arriving. Example: checkin badges badges.pdf --unprinted
    """
    from checkin.badges.printing import Badges, Which
    from checkin.door.registrations import Reason
    from screens.commands.door import one_person, the_door

    if who and which:
        raise click.UsageError("Name people, or say --unprinted or --all, not both.")
    if reason and not who:
        raise click.UsageError("A reason is for people who are named.")
    with the_door() as door:
        badges = Badges(door.session)
        ids: list[str] = []
        for name in who:
            found = one_person(door, name)
            if isinstance(found, int):
                return found
            ids.append(found)
        if not who:
            ids = [line.person.id for line in badges.lines(Which(which or "unprinted"))]
        if not ids:
            asked().answer(
                {"file": None, "badges": 0, "pages": 0},
                ["Every badge has been printed. --all prints them again."],
            )
            return REFUSED
        if reason and Reason(reason).closes_the_code:
            for person_id in ids:
                door.registrations.replace_badge(person_id, Reason.LOST)
        report = badges.write(out, ids, stock, reason=reason, progress=_progress)
        asked().answer(
            {"file": str(report.file), "badges": report.badges, "pages": report.pages},
            [f"{report.file}: {count(report.badges, 'badge')} on {count(report.pages, 'page')}."],
        )
        if printer:
            tell(badges.send(out, printer))
    return DONE


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
