"""Commands that change one registration at the door: its status, its badge, its double."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from screens.commands.door import code_in, one_person, the_door
from screens.commands.frame import DONE, REFUSED, Command, asked
from screens.commands.shapes import count, person_json, person_line

if TYPE_CHECKING:
    from checkin.door.desk import Door
    from checkin.people import Person

_WHO = click.argument("who", nargs=-1, required=True)
_REASONS = ("lost", "damaged", "corrected")


def _tell(door: Door, person: Person, say: str) -> int:
    document = {"say": say, "person": person_json(door.session, person)}
    asked().answer(document, [say, f"  {person_line(door.session, person)}  {person.code}"])
    return DONE


@click.command(cls=Command)
@_WHO
def cancel_command(who: tuple[str, ...]) -> int:
    """Note that WHO will not come.

    Example: checkin cancel kowalska
    """
    with the_door() as door:
        found = one_person(door, " ".join(who))
        if isinstance(found, int):
            return found
        person = door.registrations.cancel(found)
        return _tell(door, person, f"{person.full_name} is cancelled.")


@click.command(cls=Command)
@_WHO
def expect_command(who: tuple[str, ...]) -> int:
    """Expect WHO again: they cancelled, or a place was found for them.

    Example: checkin expect kowalska
    """
    with the_door() as door:
        found = one_person(door, " ".join(who))
        if isinstance(found, int):
            return found
        person = door.registrations.expect(found)
        return _tell(door, person, f"{person.full_name} is expected.")


@click.command(cls=Command)
@click.argument("who")
@click.argument("other")
def merge_command(who: str, other: str) -> int:
    """Make WHO and OTHER one registration; WHO stays, and both badges open the door.

    Name them by code or id when the names are alike. Example: checkin merge TDCPLGGRFJ JGDBFSGNJN
    """
    with the_door() as door:
        found: list[str] = []
        for text in (who, other):
            one = one_person(door, text)
            if isinstance(one, int):
                return one
            found.append(one)
        person = door.registrations.merge(*found)
        return _tell(door, person, f"Both registrations are {person.full_name}'s one now.")


@click.command(cls=Command, name="replace-badge")
@_WHO
@click.option("--reason", required=True, type=click.Choice(_REASONS), help="Why.")
def replace_badge_command(who: tuple[str, ...], reason: str) -> int:
    """WHO needs another badge. A lost one gets a new code, and the old code is closed.

    Of somebody with several badges, WHO as a code is the badge meant; by name all are closed.

    Print it next: checkin badges badge.pdf WHO --reason lost does both.
    Example: checkin replace-badge kowalska --reason lost
    """
    from checkin.door.registrations import Reason

    with the_door() as door:
        found = one_person(door, " ".join(who))
        if isinstance(found, int):
            return found
        why = Reason(reason)
        person = door.registrations.replace_badge(found, why, code=code_in(" ".join(who)))
        closed = "the old code is closed" if why.closes_the_code else "its code stays"
        return _tell(door, person, f"A new badge for {person.full_name}: {closed}. Print it now.")


@click.command(cls=Command, name="badge-text")
@click.argument("who")
@click.argument("text")
def badge_text_command(who: str, text: str) -> int:
    """Put TEXT on WHO's badge in the place of the name; an empty TEXT takes the name again.

    The registration stays as it is. Example: checkin badge-text kowalska "Ania"
    """
    with the_door() as door:
        found = one_person(door, who)
        if isinstance(found, int):
            return found
        person = door.registrations.correct_badge(found, text)
        shown = person.badge_name or person.full_name
        return _tell(door, person, f"The badge of {person.full_name} says {shown} now. Print it.")


@click.command(cls=Command)
def duplicates_command() -> int:
    """Who may be registered twice: pairs, the one to keep first. Exit status 1 when there is none.

    Say what they are with `checkin merge` or `checkin not-same`. Example: checkin duplicates
    """
    with the_door() as door:
        session = door.session
        pairs = door.twice.everybody()
        lines: list[str] = []
        for pair in pairs:
            lines += [
                f"{pair.why}",
                f"  {person_line(session, pair.stays)}  {pair.stays.code}",
                f"  {person_line(session, pair.other)}  {pair.other.code}",
            ]
        document = {
            "pairs": [
                {
                    "stays": person_json(session, pair.stays),
                    "other": person_json(session, pair.other),
                    "why": pair.why,
                }
                for pair in pairs
            ]
        }
        asked().answer(document, lines or ["Nobody seems to be registered twice."])
    return DONE if pairs else REFUSED


@click.command(cls=Command, name="not-same")
@click.argument("who")
@click.argument("other")
def not_same_command(who: str, other: str) -> int:
    """WHO and OTHER are two people: never propose them as one again.

    Name them by code or id. Example: checkin not-same TDCPLGGRFJ JGDBFSGNJN
    """
    with the_door() as door:
        found = [one_person(door, text) for text in (who, other)]
        for each in found:
            if isinstance(each, int):
                return each
        one, two = door.registrations.tell_apart(*map(str, found))
        say = f"{one.full_name} and {two.full_name} are two people."
        if one.full_name == two.full_name:
            say = f"These are two people called {one.full_name}."
        return _tell(door, one, say)


@click.command(cls=Command)
@click.option("--release", "number", type=click.IntRange(1), help="Expect the first N who wait.")
@click.option("--release-free", is_flag=True, help="Expect as many as chairs are free.")
def waitlist_command(number: int | None, release_free: bool) -> int:
    """Who waits, in order, and how many chairs are free now; or give chairs away, as one act.

    Whoever is called is expected again; `checkin undo` takes it back. Example: checkin waitlist
    """
    if number is not None and release_free:
        raise click.UsageError("Say how many, or --release-free, not both.")
    with the_door() as door:
        waiting = door.waiting.look()
        if release_free:
            number = waiting.callable_now
        called = () if number is None else door.waiting.release(number)
        if number is not None:
            waiting = door.waiting.look()
        session = door.session
        chairs = waiting.chairs
        lines = [f"Call {person_line(session, each)}  {each.email}" for each in called]
        lines.append(f"{count(chairs.free, 'chair')} free: {chairs.why}")
        lines += [
            f"{place:>3}  {person_line(session, each)}  {each.code}"
            for place, each in enumerate(waiting.line, 1)
        ] or ["Nobody waits."]
        document = {
            "free": chairs.free,
            "kept": chairs.kept,
            "why": chairs.why,
            "called": [person_json(session, each) for each in called],
            "waiting": [person_json(session, each) for each in waiting.line],
        }
        asked().answer(document, lines)
    return DONE
