"""The JSON shapes of CONTRACT.md, and the plain line that says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checkin.people import Person, State

if TYPE_CHECKING:
    from datetime import datetime

    from checkin.door.answers import Answer
    from checkin.event.session import EventSession

SIGNS = {
    "expected": "○ due",
    "here": "✓ here",
    "left": "← left",
    "cancelled": "✕ cancelled",
    "waitlisted": "… waiting",
}

_REPLACED = "⇄ replaced"

FLAGS = {
    "vip": "★ VIP",
    "organiser": "☎ call the organiser",
    "problem_desk": "⚑ at the problem desk",
}


def count(number: int, thing: str) -> str:
    """Returns `1 badge`, `2 badges`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def at_json(session: EventSession, at: datetime | None) -> str | None:
    """Returns a time in the event's zone as ISO 8601 with its offset."""
    return None if at is None else session.local(at).isoformat(timespec="seconds")


def person_json(session: EventSession, person: Person) -> dict[str, Any]:
    """Returns the PERSON of CONTRACT.md."""
    return {
        "id": person.id,
        "code": person.code,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "organisation": person.organisation,
        "level": person.level.value,
        "territory": person.territory,
        "country": person.country,
        "languages": list(person.languages),
        "role": person.role,
        "state": person.state.value,
        "table": person.table,
        "arrived_at": at_json(session, person.arrived_at),
        "flags": [flag.value for flag in person.flags],
    }


def person_line(session: EventSession, person: Person) -> str:
    """Returns a person in one plain line: sign, name, authority, level, place, table."""
    replaced = person.replaced and person.state is State.CANCELLED
    parts = [_REPLACED if replaced else SIGNS[person.state.value]]
    if person.arrived_at:
        parts[0] += f" {session.local(person.arrived_at):%H:%M}"
    parts += [person.full_name, person.organisation, person.level.value]
    parts += [" ".join(filter(None, (person.country, person.territory)))]
    parts += [f"T{person.table}" if person.table is not None else ""]
    parts += [FLAGS[flag.value] for flag in person.flags]
    return "  ".join(filter(None, parts))


def answer_json(session: EventSession, answer: Answer) -> dict[str, Any]:
    """Returns the ANSWER of CONTRACT.md."""
    return {
        "answer": answer.kind.value,
        "person": person_json(session, answer.person) if answer.person else None,
        "table": answer.table,
        "why_table": answer.why_table,
        "say": answer.say,
        "next": answer.next,
        "first_at": at_json(session, answer.first_at),
        "first_desk": answer.first_desk,
        "journal_id": answer.journal_id,
        "choices": [person_json(session, person) for person in answer.choices],
    }


def answer_lines(session: EventSession, answer: Answer) -> list[str]:
    """Returns an answer in plain lines: what to say, where to sit and why, what to do next."""
    lines = [answer.say]
    if answer.table is not None:
        lines.append(f"Table {answer.table}. {answer.why_table or ''}")
    lines += [answer.next] if answer.next else []
    lines += [f"  {person_line(session, person)}  {person.code}" for person in answer.choices]
    return lines
