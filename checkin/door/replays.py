"""The same answer again: what an entry with a nonce keeps of its answer, and how it is said anew.

A scan that was sent twice gets the answer it got first, from any process and however late. The
journal holds ids, numbers and the program's own words only: where a sentence names somebody, their
id is kept in the name's place and the name is filled in when the sentence is said again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any

from checkin.door.admission import Decision, Flag, Problem
from checkin.door.answers import Kind
from checkin.people import Person
from checkin.text import clean
from db.journal import as_text, as_time

Payload = Mapping[str, Any]

LONGEST_NONCE = 100
"""Characters of a nonce that are kept as they came."""

_PLACE = re.compile(r"\{([0-9a-z-]+)\}")


def nonce_of(raw: str) -> str | None:
    """Returns a nonce as the journal keeps it, None when there is none.

    One that is long or holds what the cleaner drops becomes its SHA-256, so that two nonces that
    differ anywhere never count as one.
    """
    if not raw:
        return None
    if len(raw) <= LONGEST_NONCE and clean(raw) == raw:
        return raw
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()


def kept(decision: Decision, table: int | None, why: str, came: str | None) -> dict[str, Any]:
    """Returns the payload from which the answer to `decision` can be given again.

    `why` is a sentence with ids in braces in the place of names; `came` is the id of who came
    instead, when the decision speaks of a substitute.
    """
    return {
        "table": table,
        "why": why or None,
        "first_at": as_text(decision.first_at) if decision.first_at else None,
        "first_desk": decision.first_desk,
        "told_at": as_text(decision.at) if decision.at else None,
        "came": came if decision.by else None,
        "queue": decision.queue_place,
        "problem": decision.problem.value if decision.problem else None,
        "choices": [person.id for person in decision.choices] or None,
        "flags": [flag.value for flag in decision.flags] or None,
    }


def decision_of(payload: Payload, person_of: Callable[[str], Person | None]) -> Decision:
    """Returns the decision that `kept` kept; `person_of` gives a person by id."""
    came = person_of(payload["came"]) if "came" in payload else None
    choices = [person_of(person_id) for person_id in payload.get("choices", ())]
    return Decision(
        Kind(payload["answer"]),
        flags=tuple(Flag(flag) for flag in payload.get("flags", ())),
        first_at=as_time(payload["first_at"]) if "first_at" in payload else None,
        first_desk=payload.get("first_desk"),
        at=as_time(payload["told_at"]) if "told_at" in payload else None,
        by=came.full_name if came else "",
        queue_place=payload.get("queue"),
        problem=Problem(payload["problem"]) if "problem" in payload else None,
        choices=tuple(person for person in choices if person),
    )


def reason_of(payload: Payload, person_of: Callable[[str], Person | None], own: str) -> str:
    """Returns the sentence why of the first answer, its names filled in; `own` is the territory."""

    def name(found: re.Match[str]) -> str:
        if found[1] == _TERRITORY:
            return own
        person = person_of(found[1])
        return person.full_name if person else "somebody"

    return _PLACE.sub(name, payload.get("why", ""))


_TERRITORY = "territory"
