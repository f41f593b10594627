"""Commands of the door: find, scan, come, go, undo, newcomers, roll call."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from checkin.text import clean
from screens.commands.frame import DONE, REFUSED, Command, asked, cleaned, plain, say
from screens.commands.lines import lines_of
from screens.commands.shapes import answer_json, answer_lines, person_json, person_line

if TYPE_CHECKING:
    from checkin.door.admission import Override
    from checkin.door.answers import Answer
    from checkin.door.desk import Door


@contextmanager
def the_door() -> Iterator[Door]:
    """The door of the event that the command line names, for the length of the block."""
    from checkin.door.desk import Door

    with asked().session() as session:
        yield Door(session)


def tell_answers(door: Door, answers: list[Answer]) -> int:
    """Writes answers to standard output; returns 0 when every one did what was asked."""
    for answer in answers:
        asked().answer(answer_json(door.session, answer), answer_lines(door.session, answer))
    return DONE if all(answer.kind.done for answer in answers) else REFUSED


def one_person(door: Door, who: str) -> str | int:
    """Returns the id of the one person `who` means; else answers, and returns the exit status."""
    from checkin.door.answers import Kind
    from checkin.door.wording import nobody_of

    found = door.meant(who)
    if len(found) == 1 and not door.is_guess(who):
        return found[0].id
    kind = Kind.NEEDS_CHOICE if found else Kind.UNKNOWN_NAME
    return tell_answers(door, [nobody_of(kind, found)])


def code_in(who: str) -> str:
    """Returns the badge code that `who` is, however it was typed; empty when it is none."""
    from checkin.door.scanning import read

    return read(who)[0].code


@click.command(cls=Command)
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000))
def find_command(text: tuple[str, ...], limit: int) -> int:
    """Search people by name, authority, territory or e-mail; best first.

    Cities are found under their other names too. Nobody found: says whom all but one word fits.

    Example: checkin find kowal lodz
    """
    query = " ".join(text)
    with the_door() as door:
        people = [match.person for match in door.find(query, limit)]
        session = door.session
        asked().answer(
            {"query": query, "matches": [person_json(session, person) for person in people]},
            [f"{person_line(session, person)}  {person.code}" for person in people]
            or _found_nearly(door, query, limit),
        )
    return DONE if people else REFUSED


def _found_nearly(door: Door, query: str, limit: int) -> list[str]:
    """What is said when nobody is found: for people, so a program's JSON holds none of it."""
    near = door.nearly(query, limit)
    if near is None:
        return [f"Nobody here is called {clean(query)}."]
    found = [
        f"{person_line(door.session, each.person)}  {each.person.code}" for each in near.matches
    ]
    return [f"Nobody fits “{clean(query)}”; without “{clean(near.without)}”:", *found]


@click.command(cls=Command)
def scan_command() -> int:
    """Read codes (or whole names) from standard input, one a line, and answer each at once.

    A line that starts with { is {"code": ..., "nonce": ..., "at": ...}. Example:

    \b
        checkin scan --json < codes.txt
    """
    worst = DONE
    with the_door() as door:
        for number, line in lines_of(sys.stdin.buffer):
            for answer in _scan_line(door, line):
                document = {"line": number, **answer_json(door.session, answer)}
                if asked().as_json:
                    say(json.dumps(cleaned(document), ensure_ascii=False))
                else:
                    say(plain(f"{number}: " + " ".join(answer_lines(door.session, answer))))
                worst = worst if answer.kind.done else REFUSED
    return worst


def _scan_line(door: Door, line: str) -> list[Answer]:
    from checkin.door.wording import no_time

    document: Any = None
    if line.lstrip().startswith("{"):
        # What is no JSON is text like any other, and is answered as such.
        with contextlib.suppress(ValueError, RecursionError):
            document = json.loads(line)
    if not isinstance(document, dict) or not isinstance(document.get("code"), str):
        return door.scan(line)
    nonce, said = document.get("nonce"), document.get("at")
    at = _time(said, door)
    if at is None and said is not None:
        return [no_time(str(said))]
    return door.scan(document["code"], nonce=None if nonce is None else str(nonce), at=at)


def _time(value: Any, door: Door) -> dt.datetime | None:
    """Returns a time as written, without an offset on the event's wall clock; None for no time."""
    if not isinstance(value, str):
        return None
    try:
        at = dt.datetime.fromisoformat(value)
        return (at if at.tzinfo else at.replace(tzinfo=door.session.settings.zone)).astimezone(
            dt.UTC
        )
    except (ValueError, OverflowError):
        return None


_WHO = click.argument("who", nargs=-1, required=True)
_WHY = click.option(
    "--override", "why", metavar="WHY", help="A supervisor admits against the rules."
)
_SUPERVISOR = click.option("--by", "supervisor", metavar="NAME", help="Who that supervisor is.")


@click.command(cls=Command)
@_WHO
@_WHY
@_SUPERVISOR
def in_command(who: tuple[str, ...], why: str | None, supervisor: str | None) -> int:
    """Check one person in; WHO is a code, an id, or a text that finds exactly one person.

    Example: checkin in kowalska
    """
    override = _override(why, supervisor)
    with the_door() as door:
        text = " ".join(who)
        if override is None and _is_scan(text):
            return tell_answers(door, door.scan(text))
        found = one_person(door, text)
        if isinstance(found, int):
            return found
        return tell_answers(door, [door.check_in(found, override=override)])


def _override(why: str | None, supervisor: str | None) -> Override | None:
    """Returns a supervisor's word from the two options that make it, which come together."""
    from checkin.door.admission import Override

    if why is None and supervisor is None:
        return None
    word = Override(clean(supervisor or ""), clean(why or ""))
    if not word.who or not word.why:
        raise click.UsageError("An override needs both --override WHY and --by NAME.")
    return word


def _is_scan(text: str) -> bool:
    from checkin.door.scanning import read

    return all(reading.looks_scanned for reading in read(text))


@click.command(cls=Command)
@_WHO
def out_command(who: tuple[str, ...]) -> int:
    """Note that somebody left; a departure is never refused.

    Example: checkin out kowalska
    """
    with the_door() as door:
        found = one_person(door, " ".join(who))
        return found if isinstance(found, int) else tell_answers(door, [door.check_out(found)])


@click.command(cls=Command)
@click.argument("who", nargs=-1)
def undo_command(who: tuple[str, ...]) -> int:
    """Undo this desk's last act, or the last one of WHO at any desk.

    Example: checkin undo
    """
    with the_door() as door:
        if not who:
            return tell_answers(door, [door.undo()])
        found = one_person(door, " ".join(who))
        return found if isinstance(found, int) else tell_answers(door, [door.undo(found)])


@click.command(cls=Command, name="walk-in")
@click.option("--given", "given_name", required=True, metavar="G", help="Given name.")
@click.option("--family", "family_name", required=True, metavar="F", help="Family name.")
@click.option("--organisation", default="", metavar="O")
@click.option("--territory", default="", metavar="T", help="Guessed from the organisation.")
@click.option("--level", default="", metavar="L", help="city, metropolis, region or other.")
@click.option("--country", default="", metavar="C")
@click.option("--languages", default="", metavar="en,fr", help="Working languages; English.")
@_WHY
@_SUPERVISOR
def walk_in_command(why: str | None, supervisor: str | None, **values: str) -> int:
    """Register somebody who was not on the list, and check them in.

    Example: checkin walk-in --given Ana --family Horvat --organisation "Grad Rijeka"
    """
    from checkin.errors import RefusedError
    from checkin.roster.walk_in import WalkIn

    override = _override(why, supervisor)
    form = WalkIn(**values)
    if not clean(form.family_name):
        raise RefusedError("Who has one name only has it as --family; nobody was registered.")
    if form.not_understood:
        what = ", ".join(form.not_understood)
        raise RefusedError(f"No language is called {what}. Write codes or names, as in en,fr.")
    with the_door() as door:
        return tell_answers(door, [door.walk_in(form, override=override)])


@click.command(cls=Command)
@_WHO
@click.option("--given", required=True, metavar="G", help="Given name of who comes instead.")
@click.option("--family", required=True, metavar="F", help="Family name of who comes instead.")
@_WHY
@_SUPERVISOR
def substitute_command(
    who: tuple[str, ...], given: str, family: str, why: str | None, supervisor: str | None
) -> int:
    """Somebody else of the same authority comes instead of WHO.

    Instead of somebody who waits or cancelled, a supervisor has to admit them.

    Example: checkin substitute kowalska --given Piotr --family Zieliński
    """
    from checkin.door.wording import in_place_of

    override = _override(why, supervisor)
    with the_door() as door:
        found = one_person(door, " ".join(who))
        if isinstance(found, int):
            return found
        absent = door.person(found)
        answer = door.substitute(found, given, family, override=override)
        return tell_answers(door, [in_place_of(answer, absent)])


@click.command(cls=Command)
@_WHO
def group_command(who: tuple[str, ...]) -> int:
    """Check in everybody of WHO's authority who is still due: one entry each, one undo.

    Example: checkin group kowalska
    """
    from checkin.people import State

    with the_door() as door:
        found = one_person(door, " ".join(who))
        if isinstance(found, int):
            return found
        due = [each.id for each in door.colleagues(found) if each.state is State.EXPECTED]
        return tell_answers(door, door.check_in_group(due or [found]))


@click.command(cls=Command, name="roll-call")
def roll_call_command() -> int:
    """Who is inside now, by table; people who need assistance first.

    Example: checkin roll-call
    """
    with the_door() as door:
        call = door.roll_call()
        session = door.session
        people = [
            {**person_json(session, line.person), "assistance": line.assistance}
            for _, lines in call.tables
            for line in lines
        ]
        plain_lines = [f"{call.inside} inside, {call.assistance} need assistance."]
        for number, lines in call.tables:
            plain_lines.append("No table" if number is None else f"Table {number}")
            plain_lines += [
                f"  {'! ' if line.assistance else '  '}{line.person.full_name}"
                f"  {line.person.organisation}"
                for line in lines
            ]
        asked().answer({"inside": call.inside, "people": people}, plain_lines)
    return DONE
