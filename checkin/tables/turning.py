"""Undo and redo at the tables: which act is meant, whether it can still be turned, turning it.

Only this desk's own acts are turned, the latest first. Nothing that others did since is overruled:
where somebody was moved again, a chair was taken or a rule was made meanwhile, the turn is refused
in a sentence and nothing is written. The words for what is so afterwards are `taking_back.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from checkin.errors import RefusedError
from checkin.event.rows import as_person
from checkin.event.session import EventSession, Writer, current_round
from checkin.tables.assembling import Standing, standing, wishes
from checkin.tables.explain import unnamed
from checkin.tables.rules import Broken, broken, newly_broken
from checkin.tables.seating import Change, change_of
from checkin.tables.taking_back import REDO, Left, Phrases, Turn
from checkin.text import clean
from db.folds import standing as still_standing
from db.ids import new_id
from db.journal import Entry, as_entry, entries, entry
from db.kinds import EntryKind, table_subject
from db.people import by_id
from db.schema import journal, seat

_UNDOABLE = (
    EntryKind.MOVED,
    EntryKind.WISH_SET,
    EntryKind.TABLE_OPENED,
    EntryKind.TABLE_CLOSED,
    EntryKind.HOST_NAMED,
    EntryKind.TABLE_NAMED,
    EntryKind.SEATS_PLANNED,
    EntryKind.SEATS_ACCEPTED,
)

_FARTHEST_BACK = 500
"""Entries looked at for something to undo."""

_SEATS = (EntryKind.MOVED, EntryKind.ARRIVED, EntryKind.UNDONE)
"""What changes where one person sits."""

_SAME = {
    EntryKind.TABLE_OPENED: (EntryKind.TABLE_OPENED, EntryKind.TABLE_CLOSED),
    EntryKind.TABLE_CLOSED: (EntryKind.TABLE_OPENED, EntryKind.TABLE_CLOSED),
}
"""Kinds that say another thing about the same, where that is not the kind itself."""

_RULES_CHANGE = frozenset({EntryKind.SETTINGS_CHANGED, EntryKind.SEATS_ACCEPTED})
"""After these any rule that a turn would break may be one of theirs."""


def turned(session: EventSession, writer: Writer, turn: Turn) -> Change:
    """Undoes this desk's latest act at the tables that stands, or does again what it undid last.

    Returns what is so now. RefusedError when there is nothing to turn, the act was of a round that
    is over, what it was about was changed since, or a hard rule would be broken that is not.
    """
    connection, settings = writer.connection, session.settings
    done = _stands(connection, session.desk, turn)
    if not done:
        raise RefusedError(turn.nothing)
    acts = _acts(connection, done)
    before = standing(connection, settings, current_round(connection))
    _must_be_under_way(acts, before.number)
    past = _Past(connection, acts, max(each.position for each in done), writer.tip.position)
    facts = [_fact(connection, before, act) for act in acts]
    _take_back(writer, done, turn)
    after = standing(connection, settings, current_round(connection))
    _must_be_as_left(past, turn, before, after)
    _must_change(past, facts, [_fact(connection, after, act) for act in acts])
    say = _told(connection, turn, acts, after) + _now_broken(past, turn, before, after)
    return change_of(connection, say, before, after, _people(acts), _table(acts))


class _Past:
    """The acts that are turned, and what happened from then until the turn."""

    def __init__(
        self, connection: Connection, acts: Sequence[Entry], since: int, until: int
    ) -> None:
        self.connection, self.acts = connection, acts
        self._since, self._until = since, until

    def entries(self) -> list[Entry]:
        """Returns what happened meanwhile, without earlier turns of the same acts."""
        own, found = {act.id for act in self.acts}, []
        for each in entries(self.connection, min(act.position for act in self.acts)):
            if each.position > self._until:
                break
            if each.kind == EntryKind.UNDONE and each.refers_to in own:
                own.add(each.id)
            elif each.position > self._since:
                found.append(each)
        return found

    def latest(self, subject: str | None, *kinds: EntryKind) -> Entry | None:
        """Returns the latest of these that happened to somebody or something meanwhile."""
        wanted = [each for each in self.entries() if each.subject == subject and each.kind in kinds]
        return wanted[-1] if wanted else None


def _must_be_under_way(acts: Sequence[Entry], now: int) -> None:
    """RefusedError when acts seated people in a round that is over, or that has not begun."""
    rounds = [(act.kind, int(act.payload["round"])) for act in acts if "round" in act.payload]
    if rounds and all(number < now for _, number in rounds):
        raise RefusedError(
            f"That was in round {rounds[0][1]}, which is over; move people in round {now} instead."
        )
    for kind, number in rounds:
        if kind == EntryKind.MOVED and number > now:
            raise RefusedError(
                f"That was in round {number}, which was taken back; move people in round {now} "
                "instead."
            )


def _must_be_as_left(past: _Past, turn: Turn, before: Standing, after: Standing) -> None:
    """RefusedError when somebody was moved again, or nobody is here whom the acts moved."""
    moved = [act for act in past.acts if act.kind == EntryKind.MOVED]
    here = {guest.id for guest in after.room.guests}
    if moved and not any(act.subject in here for act in moved):
        names = _names(past.connection, after.number, [act.subject or "" for act in moved[:1]])
        who = next(iter(names.values()), "Somebody")
        raise RefusedError(f"{who} is not here any more; there is nobody to move.")
    for act in moved:
        person = act.subject or ""
        ends = (act.payload.get("was"), act.payload.get("to"))
        origin, target = ends if turn is REDO else ends[::-1]
        sat, sits = before.seating.get(person), after.seating.get(person)
        if person in here and (sat != origin or sits != target):
            name = _names(past.connection, after.number, [person])[person]
            latest = past.latest(person, *_SEATS)
            came = latest is not None and latest.kind == EntryKind.ARRIVED
            where = "no table" if sat is None else f"to table {sat}"
            desk = f", {_desk(latest)}" if latest is not None else ""
            verb = "came back" if came else "was moved again"
            raise RefusedError(f"{name} {verb} since ({where}{desk}); move them by hand.")


def _must_change(past: _Past, before: Sequence[object], after: Sequence[object]) -> None:
    """RefusedError when nothing would change because all of it was said anew since."""
    if any(was != is_ for was, is_ in zip(before, after, strict=True)):
        return
    for act in past.acts:
        kinds = _SAME.get(EntryKind(act.kind), (EntryKind(act.kind),))
        latest = past.latest(act.subject, *kinds)
        if latest is not None:
            raise RefusedError(f"That was said anew since ({_desk(latest)}) and stays so.")


def _now_broken(past: _Past, turn: Turn, before: Standing, after: Standing) -> str:
    """Returns the hard rules that a turn breaks, in words that follow it; empty for none.

    What was broken before the act is so again and only said. RefusedError when people would be
    seated against a rule, a chair or a wish of somebody that came since.
    """
    new = newly_broken(broken(before.room, before.seating), broken(after.room, after.seating))
    if not new:
        return ""
    if any(act.kind == EntryKind.MOVED for act in past.acts):
        meanwhile = past.entries()
        anything = any(each.kind in _RULES_CHANGE for each in meanwhile)
        about = {each.subject for each in meanwhile}
        for rule in new:
            if anything or about & _subjects(rule):
                raise RefusedError(
                    f"That can't be {turn.past} any more: {_why(rule, after)} "
                    "Move people by hand instead."
                )
    more = f" And {len(new) - 1} more like that." if len(new) > 1 else ""
    return f" Broken now: {unnamed(new[0].say, after.room)}{more}"


def _why(rule: Broken, after: Standing) -> str:
    """Returns a rule that would be broken; of a closed table not that people are "still" there."""
    number = rule.table
    if any(table.number == number and not table.open for table in after.room.tables):
        return f"Table {number} is closed."
    return unnamed(rule.say, after.room)


def _subjects(rule: Broken) -> set[str | None]:
    """Returns whom and what a rule is about, as the journal names them."""
    return {*rule.people, *([] if rule.table is None else [table_subject(rule.table)])}


def _fact(connection: Connection, now: Standing, act: Entry) -> object:
    """Returns what is so of the one thing that an act was about."""
    what, _, number = (act.subject or "").partition(":")
    payload: Any = act.payload
    table = next((each for each in now.room.tables if str(each.number) == number), None)
    match act.kind:
        case EntryKind.MOVED:
            return now.seating.get(what)
        case EntryKind.WISH_SET:
            pins, together, apart, stays = wishes(connection)
            pair = tuple(sorted((what, payload.get("other", ""))))
            kinds = {"pin": pins.get(what), "stays": what in stays, "together": pair in together}
            return {**kinds, "apart": pair in apart}.get(payload["wish"])
        case EntryKind.TABLE_OPENED | EntryKind.TABLE_CLOSED:
            return table is not None and table.open
        case EntryKind.HOST_NAMED:
            return "" if table is None else table.host
        case EntryKind.TABLE_NAMED:
            return "" if table is None else table.name
        case EntryKind.SEATS_PLANNED:
            planned = select(seat.c.person_id, seat.c.planned).where(
                seat.c.round == payload["round"], seat.c.planned.is_not(None)
            )
            return {row.person_id: row.planned for row in connection.execute(planned)}
    return now.number, now.seating


def _stands(connection: Connection, desk: str, turn: Turn) -> list[Entry]:
    """Returns the entries of the desk's act that a turn means; empty when there is none.

    An undo means the latest act at the tables that stands; a redo the latest undo, when nothing was
    done since.
    """
    looked_at = (*_UNDOABLE, EntryKind.UNDONE)
    rows = connection.execute(
        select(journal)
        .where(journal.c.desk == desk, journal.c.kind.in_([kind.value for kind in looked_at]))
        .order_by(journal.c.position.desc())
        .limit(_FARTHEST_BACK)
    )
    own = [as_entry(row) for row in rows][::-1]
    acts = [each for each in own if each.kind != EntryKind.UNDONE or each.payload.get("board")]
    undos = turn is REDO
    if undos and (not acts or acts[-1].kind != EntryKind.UNDONE):
        return []
    stand = [
        each
        for each in still_standing(acts)
        if (each.kind == EntryKind.UNDONE and not each.payload.get("redo")) == undos
        and (undos or each.kind != EntryKind.UNDONE)
    ]
    act = stand[-1].payload.get("act") if stand else None
    return [each for each in stand if act and each.payload.get("act") == act] or stand[-1:]


def _take_back(writer: Writer, done: Sequence[Entry], turn: Turn) -> None:
    """Records as one act that entries count no more."""
    marks: dict[str, object] = {"redo": True} if turn is REDO else {}
    if len(done) > 1:
        marks["act"] = new_id()
    for each in reversed(done):
        writer.record(EntryKind.UNDONE, each.subject, refers_to=each.id, board=True, **marks)


def _acts(connection: Connection, done: Sequence[Entry]) -> list[Entry]:
    """Returns the acts behind entries that may be undos, or undos of undos, as they were done."""
    found = []
    for each in done:
        act: Entry | None = each
        while act is not None and act.kind == EntryKind.UNDONE:
            act = entry(connection, act.refers_to or "")
        found += [act] if act is not None else []
    return sorted(found, key=lambda act: act.position)


def _people(acts: Sequence[Entry]) -> list[str]:
    """Returns the ids of the people whom acts were about, without those of a whole round."""
    about = (id for act in acts for id in (act.subject, act.payload.get("other")) if id)
    return [id for id in dict.fromkeys(about) if ":" not in id]


def _table(acts: Sequence[Entry]) -> int | None:
    """Returns the one table that acts were about; None for people and for several."""
    subjects = {(act.subject or "").partition(":")[::2] for act in acts}
    what, number = subjects.pop() if len(subjects) == 1 else ("", "")
    return int(number) if what == "table" else None


def _told(connection: Connection, turn: Turn, acts: Sequence[Entry], after: Standing) -> str:
    """Returns what acts leave, now that they were turned, in one sentence."""
    phrases = Phrases(turn, _left(connection, acts, after))
    here = {guest.id for guest in after.room.guests}
    moved = [act.subject for act in acts if act.kind == EntryKind.MOVED and act.subject]
    gone = [person for person in moved if person not in here]
    plans = sorted(act.payload["round"] for act in acts if act.kind == EntryKind.SEATS_PLANNED)
    parts = [phrases.places([person for person in moved if person in here])] if moved else []
    parts += [phrases.gone(gone)] if gone else []
    parts += [phrases.plans(plans)] if plans else []
    for act in acts:
        what, _, number = (act.subject or "").partition(":")
        match act.kind:
            case EntryKind.WISH_SET:
                wish, other = act.payload["wish"], act.payload.get("other", "")
                parts.append(phrases.wish(wish, what, other))
            case EntryKind.TABLE_OPENED | EntryKind.TABLE_CLOSED:
                parts.append(phrases.door(int(number)))
            case EntryKind.HOST_NAMED:
                parts.append(phrases.host(int(number)))
            case EntryKind.TABLE_NAMED:
                parts.append(phrases.name(int(number)))
            case EntryKind.SEATS_ACCEPTED:
                parts.append(phrases.round(act.payload["round"]))
    return f"{turn.head}: {'; '.join(parts)}."


def _left(connection: Connection, acts: Sequence[Entry], after: Standing) -> Left:
    """Returns what is so after a turn, as far as the acts were about it."""
    pins, together, apart, stays = wishes(connection)
    planned = select(seat.c.round).where(seat.c.planned.is_not(None)).distinct()
    return Left(
        after.number,
        after.room,
        after.seating,
        _names(connection, after.number, _people(acts)),
        pins,
        {"together": together, "apart": apart},
        stays,
        frozenset(connection.execute(planned).scalars()),
    )


def _names(connection: Connection, number: int, people: Sequence[str]) -> dict[str, str]:
    rows = (by_id(connection, number, id) for id in people)
    return {row.id: as_person(row).full_name for row in rows if row is not None}


def _desk(act: Entry) -> str:
    """Returns which desk did something, as it is said."""
    name = clean(act.desk, 40)
    return name if name.casefold().startswith("desk") else f"desk {name}"
