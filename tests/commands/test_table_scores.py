"""Every command about tables prints the reference score of the seating that it prints.

The seating is read from the printed JSON alone and judged by `checkin.tables.score.score`; nothing
is asked of the services that the commands themselves ask.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from itertools import combinations
from pathlib import Path

import pytest

from checkin.errors import RefusedError
from checkin.event.session import open_event
from checkin.tables.planning import Planning
from checkin.tables.repair import Move
from checkin.tables.room import Guest, Kind, Room, Table, side_of
from checkin.tables.score import Score, score
from checkin.tables.seating import Change
from tests.day import Document, Done, command

HERE = 34
SITUATIONS = ("round 1", "round 2")


def run(path: Path, *arguments: str, given: bytes = b"") -> Done:
    done = command("--event", path, "--json", *arguments, given=given)
    assert "Something went wrong" not in done.err
    return done


def judged(board: Document, earlier: tuple[Document, ...] = ()) -> Score:
    """The reference's opinion of a printed board."""
    people = [(person, table["table"]) for table in board["tables"] for person in table["people"]]
    room = Room(
        tables=tuple(
            Table(t["table"], t["seats"], t["minimum"], t["open"], host=t["host"] or "")
            for t in board["tables"]
        ),
        guests=tuple(
            Guest(p["id"], p["territory"], side_of(p["level"]), tuple(p["languages"]))
            for p, _ in people
        ),
        kind=Kind(board["kind"]),
        earlier=tuple(seated(each) for each in earlier),
    )
    return score(room, {person["id"]: table for person, table in people})


def seated(board: Document) -> dict[str, int]:
    return {p["id"]: table["table"] for table in board["tables"] for p in table["people"]}


def agrees(board: Document, earlier: tuple[Document, ...] = ()) -> int:
    """Asserts that a printed board tells the reference's total and terms; returns the total."""
    found = judged(board, earlier)
    weights = Room((), ()).weights
    assert board["score"] == {"total": found.total, **found.terms.weighted(weights)}
    for table in board["tables"]:
        there = found.at(table["table"])
        told = {"points": there.points, **there.terms.weighted(weights)} if there else {"points": 0}
        assert table["score"] == told
    return found.total


class Event:
    """An event on the command line, in its first or its second round."""

    def __init__(self, path: Path, situation: str) -> None:
        self.path = path
        codes = [person["code"] for person in self("people")["people"]][:HERE]
        command("--event", path, "--json", "scan", given="\n".join(codes).encode())
        self.first: tuple[Document, ...] = ()
        if situation == "round 2":
            self.first = (self("tables"),)
            planned = self("tables", "plan", "--effort", "quick", "--accept")
            assert planned["accepted"]
            agrees(planned, self.first)

    def __call__(self, *arguments: str) -> Document:
        done = run(self.path, *arguments)
        assert done.status == 0, done.out + done.err
        found: Document = done.json
        return found

    def total(self) -> int:
        """The total that `checkin tables` prints, which must be the reference's."""
        return agrees(self("tables"), self.first)

    def people(self) -> list[tuple[str, int]]:
        """Those who sit and who nothing binds to their table, each with it."""
        wishes = self("tables", "wishes")["wishes"]
        bound = {wish["person"]["id"] for wish in wishes} | {wish["other"] for wish in wishes}
        return sorted((w, t) for w, t in seated(self("tables")).items() if w not in bound)


@pytest.fixture(params=SITUATIONS)
def event(demo: Path, request: pytest.FixtureRequest) -> Event:
    return Event(demo, request.param)


def somewhere_else(event: Event) -> tuple[str, str]:
    """Somebody, and a table with a free chair where they don't sit."""
    board = event("tables")
    who, at = event.people()[0]
    free = [t for t in board["tables"] if t["open"] and len(t["people"]) < t["seats"]]
    return who, str(next(t["table"] for t in free if t["table"] != at))


ACTS: dict[str, Callable[[Event], tuple[str, ...]]] = {
    "move": lambda event: ("move", *somewhere_else(event)),
    "swap": lambda event: ("swap", event.people()[0][0], other_table(event)),
    "pin": lambda event: ("pin", *somewhere_else(event)),
    "pin where they sit": lambda event: ("pin", *map(str, event.people()[0])),
    "together": lambda event: ("together", event.people()[0][0], event.people()[1][0]),
    "apart": lambda event: ("apart", event.people()[0][0], event.people()[1][0]),
    "stays": lambda event: ("stays", event.people()[0][0]),
    "close": lambda event: ("close", str(event.people()[0][1])),
    "host": lambda event: ("host", str(event.people()[0][1]), "Ann Example"),
}


def other_table(event: Event) -> str:
    """Somebody who sits at another table than the first person."""
    (_, at), *others = event.people()
    return next(who for who, table in others if table != at)


@pytest.mark.parametrize("act", ACTS)
def test_an_act_tells_the_reference_score_before_and_after(event: Event, act: str) -> None:
    words = ACTS[act](event)
    before = event.total()
    done = event("tables", *words)
    assert (done["before"]["total"], done["after"]["total"]) == (before, event.total())
    undone = event("tables", "undo")
    assert (undone["before"]["total"], undone["after"]["total"]) == (event_after(done), before)
    assert event.total() == before
    redone = event("tables", "redo")
    assert redone["after"]["total"] == event_after(done) == event.total()


def event_after(done: Document) -> int:
    total: int = done["after"]["total"]
    return total


@pytest.mark.parametrize("kind", ["align", "mix"])
def test_a_plan_prints_the_reference_score_and_so_does_the_board_after_it(
    event: Event, kind: str
) -> None:
    earlier = (*event.first, event("tables"))
    planned = event("tables", "plan", "--kind", kind, "--effort", "quick", "--accept")
    assert planned["round"] == len(earlier) + 1
    agrees(planned, earlier)
    board = event("tables")
    assert seated(board) == seated(planned)
    assert board["score"] == planned["score"]


def test_a_plan_before_the_doors_prints_the_reference_score(demo: Path) -> None:
    planned = run(demo, "tables", "plan", "--effort", "quick").json
    assert len(seated(planned)) == 62
    agrees(planned)


def test_every_rung_of_a_repair_tells_the_reference_score_and_so_does_accepting_it(
    event: Event,
) -> None:
    event("tables", "close", str(event.people()[0][1]))
    board = event("tables")
    ladder = event("tables", "repair")["rungs"]
    assert len(ladder) > 1
    for rung in ladder:
        after = moved(board, {m["person"]["id"]: m["to"] for m in rung["moves"]})
        assert rung["score"]["total"] == judged(after, event.first).total
    last = len(ladder) - 1
    assert event("tables", "repair", "--accept", str(last))["accepted"] == last
    assert event.total() == ladder[last]["score"]["total"]


def moved(board: Document, to: dict[str, int]) -> Document:
    """The board as it would be printed after some moves."""
    people = {p["id"]: (p, table["table"]) for table in board["tables"] for p in table["people"]}
    at = {id: to.get(id, table) for id, (_, table) in people.items()}
    tables = [
        {**table, "people": [people[id][0] for id in people if at[id] == table["table"]]}
        for table in board["tables"]
    ]
    return {**board, "tables": tables}


def accepted_in_part(
    planning: Planning, moves: tuple[Move, ...], seen: int
) -> tuple[tuple[Move, ...], Change]:
    """The most of a rung's moves, but not all, that can be made without the others."""
    for count in range(len(moves) - 1, 0, -1):
        for some in combinations(moves, count):
            # One half of a swap may find no chair; it is refused and writes nothing.
            with suppress(RefusedError):
                return some, planning.accept_moves(some, seen)
    raise AssertionError("no part of the rung can be made alone")


def test_accepting_only_some_moves_of_a_rung_leaves_the_reference_score(event: Event) -> None:
    event("tables", "close", str(event.people()[0][1]))
    board = event("tables")
    session = open_event(event.path, desk="board")
    planning = Planning(session)
    ladder = planning.ladder()
    rung = max(ladder.rungs, key=lambda each: len(each.moves))
    assert len(rung.moves) > 1
    some, change = accepted_in_part(planning, rung.moves, ladder.seen)
    session.close()
    after = moved(board, {move.person: move.target for move in some})
    assert change.before == judged(board, event.first).total
    assert change.after == judged(after, event.first).total == event.total()
    assert seated(event("tables")) == seated(after)


def test_who_comes_late_and_who_leaves_count_in_rounds_two_and_three(demo: Path) -> None:
    event = Event(demo, "round 2")
    expected = [p["code"] for p in event("people", "--expected")["people"]]
    began = event("tables")
    leavers = [who for who, _ in event.people()][:3]
    for who in leavers:
        assert run(demo, "out", who).json["answer"] == "left"
    command("--event", demo, "--json", "scan", given="\n".join(expected[:4]).encode())
    second = event("tables")
    agrees(second, event.first)
    assert not set(leavers) & set(seated(second))
    assert len(seated(second)) == HERE - 3 + 4
    third = event("tables", "plan", "--effort", "quick", "--accept")
    assert third["round"] == 3
    assert seated(third).keys() == seated(second).keys()
    agrees(third, (*event.first, second))
    back = run(demo, "in", leavers[0]).json
    assert back["answer"] == "welcome_back"
    assert back["table"] is not None
    # Whom they sat with in round 2 before they left counts as met, now that they are back.
    agrees(event("tables"), (*event.first, began, second))
