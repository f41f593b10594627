"""Commands about what the staff should know of a person: flags, and the problem desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from checkin.text import clean
from screens.commands.door import one_person, tell_answers, the_door
from screens.commands.frame import DONE, REFUSED, Command, asked
from screens.commands.shapes import at_json, person_json, person_line

if TYPE_CHECKING:
    from checkin.door.desk import Door
    from checkin.door.flags import AtProblemDesk, Unlisted

    Waits = AtProblemDesk | Unlisted

_WORDS = {"vip": "VIP", "organiser": "call the organiser first"}


@click.command(cls=Command)
@click.argument("who", nargs=-1, required=True)
@click.option("--vip", "flag", flag_value="vip", help="Welcome them in person.")
@click.option("--organiser", "flag", flag_value="organiser", help="Call the organiser first.")
@click.option("--off", is_flag=True, help="Take the flag away.")
def flag_command(who: tuple[str, ...], flag: str | None, off: bool) -> int:
    """Flag WHO for the staff at the door; `checkin undo` takes it back.

    Example: checkin flag kowalska --vip
    """
    from checkin.people import PersonFlag

    if flag is None:
        raise click.UsageError("Say which flag: --vip or --organiser.")
    with the_door() as door:
        found = one_person(door, " ".join(who))
        if isinstance(found, int):
            return found
        change = door.flags.lift if off else door.flags.set
        person = change(found, PersonFlag(flag))
        say = f"{person.full_name}: {'not ' if off else ''}{_WORDS[flag]}."
        document = {"say": say, "person": person_json(door.session, person)}
        asked().answer(document, [say])
    return DONE


@click.command(cls=Command)
@click.argument("who", nargs=-1)
@click.option("--settled", is_flag=True, help="WHO needs the problem desk no more.")
@click.option("--list", "listed", is_flag=True, help="Only list who waits there.")
@click.option("--unlisted", is_flag=True, help="WHO is on no list: keep the words as they are.")
def problem_command(who: tuple[str, ...], settled: bool, listed: bool, unlisted: bool) -> int:
    """Send WHO to the problem desk, or list who waits there, first come first.

    Example: checkin problem kowalska
    Example: checkin problem --unlisted "Müller, Stuttgart"
    """
    from checkin.people import PersonFlag

    if who and listed:
        raise click.UsageError("Name somebody, or ask for the list.")
    if (settled or unlisted) and not who:
        raise click.UsageError("Say whose problem it is.")
    with the_door() as door:
        if not who:
            return _tell_waiting(door)
        if unlisted:
            return (_settle_unlisted if settled else _send_unlisted)(door, " ".join(who))
        found = one_person(door, " ".join(who))
        if isinstance(found, int):
            return found
        if not settled:
            return tell_answers(door, [door.flags.send_to_problem_desk(found)])
        person = door.flags.lift(found, PersonFlag.PROBLEM_DESK)
        say = f"{person.full_name} is settled."
        asked().answer({"say": say, "person": person_json(door.session, person)}, [say])
    return DONE


def _send_unlisted(door: Door, text: str) -> int:
    return tell_answers(door, [door.flags.send_unlisted(text)])


def _settle_unlisted(door: Door, text: str) -> int:
    wanted = clean(text).casefold()
    found = [each for each in door.flags.unlisted() if each.text.casefold() == wanted]
    if not found:
        asked().answer({"say": None}, [f"Nobody waits at the problem desk as “{clean(text)}”."])
        return REFUSED
    door.flags.settle_unlisted(found[0].key)
    say = f"“{found[0].text}” is settled."
    asked().answer({"say": say, "person": None}, [say])
    return DONE


def _tell_waiting(door: Door) -> int:
    from checkin.door.flags import Unlisted

    waiting = door.flags.waiting()

    def document(each: Waits) -> dict[str, Any]:
        listed = None if isinstance(each, Unlisted) else each
        return {
            "person": person_json(door.session, listed.person) if listed else None,
            "text": each.text if isinstance(each, Unlisted) else None,
            "since": at_json(door.session, each.since),
            "desk": each.desk,
            "answered": listed.answered.value if listed and listed.answered else None,
        }

    def line(each: Waits) -> str:
        if isinstance(each, Unlisted):
            who = f"? on no list  “{each.text}”  sent by {each.desk}"
        else:
            who = f"{person_line(door.session, each.person)}  {each.person.code}"
        return f"{door.session.local(each.since):%H:%M}  {who}"

    lines = [line(each) for each in waiting]
    asked().answer(
        {"waiting": [document(each) for each in waiting]},
        lines or ["Nobody waits at the problem desk."],
    )
    return DONE
