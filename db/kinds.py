"""The kinds of journal entry: the words in which a day is written down.

They are part of the file format: a kind is never renamed, and an unknown kind is kept and skipped.
An entry's subject is a person's id, or `table:N` or `round:N`. Entries that were one act share the
payload's `act`.
"""

from __future__ import annotations

from enum import StrEnum


class EntryKind(StrEnum):
    """What happened. The payload (ids and numbers only) is told beside each kind."""

    EVENT_MADE = "event_made"
    LIST_IMPORTED = "list_imported"  # new, changed, unchanged, rejected: counts
    SETTINGS_CHANGED = "settings_changed"
    REGISTERED = "registered"  # subject: a walk-in or a substitute
    ARRIVED = "arrived"  # table, round, nonce; why: a sentence with ids for names
    DEPARTED = "departed"  # nonce
    REFUSED = "refused"  # answer, shape (letters and digits made a and 9), nonce
    UNDONE = "undone"  # refers_to: the entry that no longer stands
    REPLACED = "replaced"  # subject: the absent person; by: the substitute
    STATUS_SET = "status_set"  # status: expected, cancelled or waitlisted
    MOVED = "moved"  # round, was, to: tables
    SEATS_PLANNED = "seats_planned"  # round, round_kind, seats: {person: table}; until arrival
    SEATS_ACCEPTED = "seats_accepted"  # round, round_kind, seats: {person: table}; where they sit
    TABLE_OPENED = "table_opened"
    TABLE_CLOSED = "table_closed"
    HOST_NAMED = "host_named"  # the name is the entry's `word`; without one, nobody
    TABLE_NAMED = "table_named"  # likewise
    WISH_SET = "wish_set"  # wish (pin, together, apart, stays), wanted; table or other
    TOLD = "told"  # round, table: the number they were told; no table takes that back
    # flag (one of FLAGS), wanted. Without a subject: somebody on no list was sent to the problem
    # desk, and the entry's `word` is what they said; or, with refers_to, that sending is settled.
    FLAG_SET = "flag_set"
    TOLD_APART = "told_apart"  # other: a registration that is not the same person
    BADGE_PRINTED = "badge_printed"  # stock, reason
    BADGE_REPLACED = "badge_replaced"  # old, new: codes
    MERGED = "merged"  # subject: the same person once more; into: who stays
    BADGE_CORRECTED = "badge_corrected"
    BACKED_UP = "backed_up"


FLAGS = ("vip", "organiser", "problem_desk")
"""What can be flagged of a person, in the order in which a fold holds it; never renamed.

Welcome them in person; call the organiser before they go in; sent to the problem desk.
"""

GROUP_KINDS = frozenset({EntryKind.SEATS_PLANNED, EntryKind.SEATS_ACCEPTED})
"""Kinds whose payload seats many people at once; their subject is a round."""


def table_subject(number: int) -> str:
    """Returns the subject of entries about a table."""
    return f"table:{number}"


def round_subject(number: int) -> str:
    """Returns the subject of entries about a round."""
    return f"round:{number}"
