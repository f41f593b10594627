"""Commands for the rounds: plan them alone or together, begin one, list them, tell who moved.

And for the points that all of this is counted with.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checkin.errors import RefusedError
from screens.commands.frame import DONE, Command, asked
from screens.commands.shapes import person_json
from screens.commands.tables import board_json, board_lines, the_seating

if TYPE_CHECKING:
    from checkin.event.session import EventSession
    from checkin.tables.planning import Proposal
    from checkin.tables.room import Weights
    from checkin.tables.rounds import PersonRounds
    from checkin.tables.seating import Board, Change
    from checkin.tables.telling import Told


@click.command(cls=Command, name="plan")
@click.option("--kind", type=click.Choice(["align", "mix"]), help="What the round is for.")
@click.option("--round", "number", type=click.IntRange(1, 20), help="The round; the next one.")
@click.option(
    "--rounds",
    "count",
    type=click.IntRange(1, 4),
    default=1,
    show_default=True,
    help="Rounds planned together; the later ones are for meeting new people.",
)
@click.option("--tables", type=click.IntRange(1, 500), help="Tables to open; as few as fit.")
@click.option("--seed", default=1, show_default=True, type=int, help="The same gives the same.")
@click.option(
    "--effort",
    type=click.Choice(["quick", "normal", "thorough"]),
    default="normal",
    show_default=True,
)
@click.option(
    "--accept", is_flag=True, help="Make it the round's seating; several are kept as plans."
)
def plan_command(
    kind: str | None,
    number: int | None,
    count: int,
    tables: int | None,
    seed: int,
    effort: str,
    accept: bool,
) -> int:
    """Plan rounds for those expected (before the doors) or those here; advice until accepted.

    Round 1 that is accepted is kept as the plan of the door; a later one begins. Several rounds
    that are accepted together are kept as plans: `checkin tables begin` seats each in its time.

    Example: checkin tables plan --kind mix --rounds 3 --accept
    """
    from checkin.tables.planning import Planning
    from checkin.tables.room import Kind
    from checkin.tables.search import Effort

    with asked().session() as session:
        planning = Planning(session)
        if accept and count == 1 and number is not None:
            _must_come_next(session, number)
        plans = planning.plan_rounds(
            count,
            kind=Kind(kind) if kind else None,
            number=number,
            seed=seed,
            effort=Effort(effort),
            tables=tables,
        )
        change: Change | None = None
        if accept:
            change = planning.accept(plans[0]) if count == 1 else planning.keep(plans)
        _answer(session, plans, change)
    return DONE


@click.command(cls=Command, name="begin")
@click.option("--round", "number", type=click.IntRange(2, 20), help="The round; the next one.")
@click.option("--dry-run", is_flag=True, help="Only tell who would sit where.")
def begin_command(number: int | None, dry_run: bool) -> int:
    """Begin a round that was planned: those who are here sit as planned, who came since as well.

    Example: checkin tables begin
    """
    from checkin.tables.planning import Planning

    with asked().session() as session:
        if number is not None:
            _must_come_next(session, number)
        planning = Planning(session)
        plan = planning.kept(number)
        if plan is None:
            raise RefusedError(
                "No round is planned that could begin now; `checkin tables plan` makes one."
            )
        _answer(session, (plan,), None if dry_run else planning.accept(plan))
    return DONE


def _must_come_next(session: EventSession, number: int) -> None:
    """RefusedError unless the round is the one under way or the next: accepting would begin it."""
    from checkin.tables.rounds import Rounds, Stand

    now = next(each.number for each in Rounds(session).all() if each.stand is Stand.NOW)
    if number < now:
        raise RefusedError(f"Round {number} is over; round {now} is under way.")
    if number > now + 1:
        raise RefusedError(
            f"Round {now} is under way and round {now + 1} comes next: begin that one first."
        )


def _answer(session: EventSession, plans: tuple[Proposal, ...], change: Change | None) -> None:
    """Writes plans as the contract says for one; others come as `later`."""
    first = plans[0]
    document = board_json(session, first.board)
    document |= {"planned": True, "accepted": change is not None, "notes": list(first.notes)}
    document["again"] = first.again
    if len(plans) > 1:
        document["later"] = [
            board_json(session, each.board) | {"again": each.again} for each in plans[1:]
        ]
    lines = [line for each in plans for line in board_lines(session, each.board)]
    lines += [*first.notes, *(_say(each) for each in plans)]
    lines.append(change.say if change else "This is advice; --accept keeps it.")
    asked().answer(document, lines)


def _say(plan: Proposal) -> str:
    return f"Round {plan.round}: {plan.say}"


@click.command(cls=Command, name="rounds")
@click.argument("out", type=click.Path(path_type=Path), required=False)
def rounds_command(out: Path | None) -> int:
    """The mixing plan: everybody's table in each round; with OUT written as PDF or as a table.

    Example: checkin tables rounds rounds.pdf
    """
    from checkin.tables.rounds import Rounds, ways

    with asked().session() as session:
        if out is not None:
            return _write(session, out)
        rounds = Rounds(session)
        boards = rounds.boards()
        document: dict[str, Any] = {
            "rounds": [
                {"round": each.number, "kind": each.kind.value, "stand": each.stand.value}
                for each in rounds.all()
            ],
            "people": [_way_json(session, way) for way in ways(boards)],
        }
        stands = [f"Round {each.number} ({each.kind.value}): {each.stand.value}."
                  for each in rounds.all()]  # fmt: skip
        asked().answer(document, [*stands, *(_way_line(way, boards) for way in ways(boards))])
    return DONE


def _write(session: EventSession, out: Path) -> int:
    if out.suffix.lower() == ".pdf":
        from checkin.papers.rounds import write_rounds
        from checkin.tables.rounds import Rounds

        report = write_rounds(out, session.settings, Rounds(session).boards())
        asked().answer({"file": str(out), "pages": report.pages}, [f"{out}: {report.pages} pages."])
    else:
        from checkin.tables.exports import export_rounds

        rows = export_rounds(session, out)
        asked().answer({"file": str(out), "rows": rows}, [f"{out}: {rows} rows."])
    return DONE


def _way_json(session: EventSession, way: PersonRounds) -> dict[str, Any]:
    return {
        "person": person_json(session, way.person),
        "tables": list(way.tables),
        "met": way.met,
        "again": way.again,
    }


def _way_line(way: PersonRounds, boards: tuple[Board, ...]) -> str:
    tables = "  ".join(
        f"round {board.round}: {'no table' if table is None else f'table {table}'}"
        for board, table in zip(boards, way.tables, strict=True)
    )
    again = f", {way.again} of them again" if way.again else ""
    return f"{way.person.full_name}  {tables}  meets {way.met}{again}"


@click.command(cls=Command, name="told")
@click.argument("who", required=False)
@click.option("--off", is_flag=True, help="WHO was not told after all.")
def told_command(who: str | None, off: bool) -> int:
    """Who sits elsewhere than they were told; with WHO: ticks them off, for every desk.

    Example: checkin tables told kowalska
    """
    from checkin.tables.telling import Telling, left

    with the_seating() as seating:
        telling = Telling(seating.session)
        if who is not None:
            status = _tick(seating.session, telling.whom(), who, wanted=not off)
            if status != DONE:
                return status
        told = telling.whom()
        document = {
            "left": left(told),
            "people": [
                {
                    "person": person_json(seating.session, each.person),
                    "from": each.origin,
                    "to": each.target,
                    "told": each.done,
                }
                for each in told
            ],
        }
        asked().answer(document, [*map(_told_line, told), f"{left(told)} still to be told."])
    return DONE


def _tick(session: EventSession, told: tuple[Told, ...], who: str, *, wanted: bool) -> int:
    """Ticks one person of the list, or takes the tick back; returns the exit status."""
    from checkin.door.desk import Door
    from checkin.tables.seating import Seating
    from checkin.tables.telling import Telling
    from screens.commands.door import one_person

    found = one_person(Door(session, Seating(session)), who)
    if isinstance(found, int):
        return found
    each = next((each for each in told if each.person.id == found), None)
    if each is None:
        raise RefusedError("They sit where they were told to; there is nothing to tick.")
    if wanted:
        Telling(session).tick(found, each.target)
    else:
        Telling(session).untick(found)
    return DONE


def _told_line(each: Told) -> str:
    mark = "✓ told" if each.done else "○ to tell"
    origin = "nowhere" if each.origin is None else f"table {each.origin}"
    return f"{mark}  {each.person.full_name}: {origin} → table {each.target}"


@click.command(cls=Command, name="points")
@click.argument("changes", nargs=-1, metavar="[TERM=POINTS ...]")
@click.option("--usual", is_flag=True, help="The usual points, except those named.")
@click.option("--dry-run", is_flag=True, help="Only tell what it would do.")
def points_command(changes: tuple[str, ...], usual: bool, dry_run: bool) -> int:
    """What costs points in the score of the tables; changes them, with the points before and after.

    Example: checkin tables points alone=40 host=0
    """
    from dataclasses import replace

    from checkin.tables.room_settings import RoomSettings
    from checkin.tables.weighing import DEFAULT_WEIGHTS, EXPLAINED

    with asked().session() as session:
        weights = DEFAULT_WEIGHTS if usual else session.settings.weights
        wanted = replace(session.settings, weights=_changed(weights, changes))
        effect = RoomSettings(session).effect(wanted)
        changes_them = wanted.weights != session.settings.weights
        if changes_them and not dry_run:
            session.change_settings(wanted)
        points = {each.term: getattr(wanted.weights, each.term) for each in EXPLAINED}
        document = {
            "points": points,
            "changed": changes_them and not dry_run,
            "before": {"total": effect.before},
            "after": {"total": effect.after},
        }
        lines = [
            f"{each.term:<9} {points[each.term]:>5}  {each.costs} ({each.rounds}), "
            f"usual {getattr(DEFAULT_WEIGHTS, each.term)}"
            for each in EXPLAINED
        ]
        asked().answer(document, [*lines, effect.say] if changes_them else lines)
    return DONE


def _changed(weights: Weights, changes: tuple[str, ...]) -> Weights:
    """Returns the weights with changes like `alone=40`; UsageError for anything else."""
    from checkin.tables.values import changed
    from checkin.tables.weighing import TERMS

    named: dict[str, int] = {}
    for each in changes:
        term, _, points = each.partition("=")
        if term not in TERMS or not points.isdecimal():
            raise click.UsageError(
                f"Write a term and its points like alone=40; the terms are {', '.join(TERMS)}."
            )
        named[term] = int(points)
    return changed(weights, **named)


of_rounds = (plan_command, begin_command, rounds_command, told_command, points_command)
"""The commands of this module, for `checkin tables`."""
