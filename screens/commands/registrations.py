"""Commands that change one registration at the door: its status, its badge, its double."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from screens.commands.door import one_person, the_door
from screens.commands.frame import DONE, Command, asked
from screens.commands.shapes import person_json, person_line

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

    Print it next: checkin badges badge.pdf WHO --reason lost does both.
    Example: checkin replace-badge kowalska --reason lost
    """
    from checkin.door.registrations import Reason

    with the_door() as door:
        found = one_person(door, " ".join(who))
        if isinstance(found, int):
            return found
        why = Reason(reason)
        person = door.registrations.replace_badge(found, why)
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
