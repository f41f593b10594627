"""Repairing the room with the fewest moves: a ladder of proposals, each move with its reason.

The facilitator takes a rung, or some moves of it, or nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from checkin.errors import CheckinError
from checkin.tables.explain import series
from checkin.tables.foresight import Foresight
from checkin.tables.planning import Ladder, Planning
from checkin.tables.repair import Move, Rung
from checkin.tables.seating import Price
from screens.foreseen import cost_words, sentence
from screens.job import JobBox, Progress
from screens.table_more import ListBox
from screens.widgets.line_list import LineList
from screens.widgets.shown import joined, shown
from screens.working import begin

if TYPE_CHECKING:
    from screens.tables import TablesScreen


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One move of a rung, and whether it is to be made."""

    move: Move
    name: str
    picked: bool


def ask_for_repair(screen: TablesScreen) -> None:
    """Reckons the ladder in sight of `screen`, and makes the moves that are accepted."""
    planning = Planning(screen.session)

    def job(_progress: Progress, _stop: Callable[[], bool]) -> Ladder:
        return planning.ladder()

    def reckoned(ladder: Ladder | None) -> None:
        if ladder is None:
            return
        if len(ladder.rungs) < 2:
            screen.tell(no_repair(ladder))
            return
        screen.app.push_screen(RepairBox(ladder), decided)

    def decided(chosen: tuple[Ladder, tuple[Move, ...]] | None) -> None:
        if chosen is None:
            screen.tell("Nobody was moved.")
        else:
            ladder, moves = chosen
            screen.do_telling(lambda: planning.accept_moves(moves, ladder.seen))

    hint = "The fewest moves that make the tables better are looked for."
    screen.app.push_screen(JobBox("Looking for repairs", job, hint=hint), reckoned)


class RepairBox(ListBox[tuple[Ladder, tuple[Move, ...]]]):
    """Shows the rungs; gives the moves that were accepted, or None."""

    CSS_PATH = "table_box.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "accept", id="repair.accept"),
        Binding("space", "pick", "pick moves", id="repair.pick"),
        Binding("left", "rung(-1)", "fewer", id="repair.fewer", key_display="←"),
        Binding("right", "rung(1)", "more moves", id="repair.more", key_display="→"),
        Binding("escape", "leave", "not now", id="repair.leave"),
    ]
    HELP = (
        "← → choose how many people move. Behind each number of moves stand the points after "
        "them, and behind ✕ how many rules (seats, closed tables, pins, step-free, together, "
        "apart) stay broken; no move breaks one that holds now. ★ is suggested: more moves gain "
        "little. A number that is left out is no better than the one before it. What no move can "
        "mend stands behind ‼. Space leaves a move out or takes it in again, and the points of "
        "those that are left are told; the whole reason of the one that is meant stands below. "
        "Enter makes the moves that are ticked, Esc none."
    )

    def __init__(self, ladder: Ladder) -> None:
        super().__init__()
        self._ladder = ladder
        self._rung = max(ladder.suggested, 1)
        self._left_out: set[str] = set()
        self._sight: Foresight | None = None
        self._price: Price | None = None
        self._words = Content("")

    def compose_box(self) -> ComposeResult:
        yield Static("", id="rungs", markup=False)
        yield LineList(_move_line, lambda row: row.move.person, id="moves")
        yield Static("", id="why", markup=False)

    def on_mount(self) -> None:
        """Shows the rung that is suggested."""
        most = max(len(rung.moves) for rung in self._ladder.rungs)
        self._list.styles.height = min(most, 8)
        self.query_one("#rungs", Static).styles.height = "auto"
        self._show()
        self._list.focus()

    @property
    def _list(self) -> LineList[MoveRow]:
        return self.query_one("#moves", LineList)

    @property
    def rung(self) -> Rung:
        """The rung in sight."""
        return self._ladder.rungs[self._rung]

    def _show(self) -> None:
        rung = self.rung
        title = f"Repair: {people(len(rung.moves))} to move"
        self.query_one("#box", Vertical).border_title = Content(title)
        self.query_one("#rungs", Static).update(scale(self._ladder, self._rung))
        rows = [
            MoveRow(
                move,
                self._ladder.names.get(move.person, ""),
                move.person not in self._left_out,
            )
            for move in rung.moves
        ]
        self._list.show(rows, "Nobody moves.")
        self._price = None
        self._words = Content("")
        self._tell(rows)

    def on_line_list_highlighted(self) -> None:
        """Says the whole reason of the move that is meant."""
        self._put()

    def _tell(self, rows: Sequence[MoveRow]) -> None:
        """Says what the moves that are picked make of the points; a part is priced beside this."""
        picked = [row.move for row in rows if row.picked]
        rung = self._same(picked)
        if rung is not None:
            self._say(self._whole(self._ladder.rungs.index(rung), len(rows)))
        elif picked:
            self._say(f"{self._count(len(picked), len(rows))} Reckoning ...")
            work = partial(self._reckon, picked, len(rows))
            begin(self, work, group="reckon", exclusive=True, exit_on_error=False)

    def _same(self, picked: Sequence[Move]) -> Rung | None:
        """The rung whose moves are those that are picked, if there is one."""
        wanted = {(move.person, move.target) for move in picked}
        return next(
            (
                rung
                for rung in self._ladder.rungs
                if {(move.person, move.target) for move in rung.moves} == wanted
            ),
            None,
        )

    def _whole(self, place: int, count: int) -> str:
        """What a rung makes of the points."""
        ladder = self._ladder
        rung = ladder.rungs[place]
        some = "" if rung is self.rung else f" {self._count(len(rung.moves), count)}"
        if not rung.moves:
            return f"Nobody moves: {_points(ladder, place)} as it is."
        last = place == len(ladder.rungs) - 1
        proof = " (the best that was found)" if last and not rung.exact else ""
        left = ladder.left[place]
        still = f" Still broken: {_first(left)}" if left else ""
        before, after = _points(ladder, 0), f"{rung.points} points"
        return f"Before {before}, after {after}{proof}.{still}{some}"

    def _count(self, picked: int, count: int) -> str:
        return f"{picked} of {count} moves picked."

    async def _reckon(self, picked: Sequence[Move], count: int) -> None:
        session = self.checkin.session
        if session is None:
            return
        self._sight = self._sight or Foresight(session)
        moves = {move.person: move.target for move in picked}
        try:
            price = await asyncio.to_thread(self._sight.moves, moves)
        except CheckinError as error:
            self._say(str(error))
            return
        self._price = price
        what = self._count(len(picked), count)
        self._words = cost_words(what.rstrip("."), price)
        self._put()

    def _say(self, words: str) -> None:
        self._words = shown(words)
        self._put()

    def _put(self) -> None:
        """Shows the points of what is picked, and the reason of the move that is meant."""
        row = self._list.highlighted
        lines = [self._words]
        if row is not None:
            lines.append(sentence(f"{row.name}: {row.move.reason}.").stylize("$quiet"))
        self.query_one("#why", Static).update(Content("\n").join(lines))

    def action_rung(self, by: int) -> None:
        """Shows a rung with fewer moves, or with more."""
        self._rung = min(max(self._rung + by, 1), len(self._ladder.rungs) - 1)
        self._show()

    def action_pick(self) -> None:
        """Leaves the highlighted move out, or takes it in again."""
        row = self._list.highlighted
        if row is not None:
            self._left_out ^= {row.move.person}
            self._show()

    def on_line_list_chosen(self) -> None:
        """A second click picks."""
        self.action_pick()

    def action_accept(self) -> None:
        """Gives the moves that are picked, unless they would break a rule."""
        if self._price is not None and self._price.refused:
            return
        moves = tuple(m for m in self.rung.moves if m.person not in self._left_out)
        self.dismiss((self._ladder, moves) if moves else None)


def scale(ladder: Ladder, shown_rung: int) -> Content:
    """Returns the points after each number of moves, what the signs mean, what is broken now."""
    words = []
    for place, each in enumerate(ladder.rungs):
        left = len(ladder.left[place])
        word = f" {len(each.moves)}: {each.points}{f' ✕{left}' if left else ''} "
        style = "bold reverse" if place == shown_rung else "$quiet"
        star = Content.styled("★", "$look") if place == ladder.suggested else Content("")
        words.append(Content.styled(word, style) + star)
    head = Content.styled("Moves: points after them  ", "$quiet")
    legend = ["★ suggested: more moves gain little"]
    skipped = _skipped(ladder)
    legend += [f"{series([str(count) for count in skipped])}: no better than fewer"] * bool(skipped)
    lines = [head + Content(" ").join(words), Content.styled("; ".join(legend), "$quiet")]
    if ladder.broken:
        broken = f"✕ As it is, {_rules(len(ladder.broken))} broken: {_first(ladder.broken)}"
        lines.append(shown(broken, "$look"))
    if ladder.other_notes:
        lines.append(shown(f"‼ {_first(ladder.other_notes)}", "$look"))
    return Content("\n").join(lines)


def no_repair(ladder: Ladder) -> str:
    """Returns what to say where no rung is better than the tables as they are."""
    why = (*ladder.other_notes, *ladder.broken)
    if not why:
        return "✓ No move would make the tables better."
    return f"No move mends it: {_first(why)}"


def _first(sentences: Sequence[str]) -> str:
    """Returns the first of some sentences, and how many more there are."""
    more = f" (and {len(sentences) - 1} more)" if len(sentences) > 1 else ""
    return f"{sentences[0].rstrip('.')}{more}."


def _rules(count: int) -> str:
    return "1 rule" if count == 1 else f"{count} rules"


def _skipped(ladder: Ladder) -> list[int]:
    """The numbers of moves between two rungs that have no rung of their own."""
    counts = {len(rung.moves) for rung in ladder.rungs}
    return [count for count in range(1, max(counts)) if count not in counts]


def people(count: int) -> str:
    """Returns a count of people in words."""
    return "1 person" if count == 1 else f"{count} people"


def _points(ladder: Ladder, place: int) -> str:
    left = len(ladder.left[place])
    return f"{ladder.rungs[place].points} points" + (f" and {_rules(left)} broken" if left else "")


def _move_line(row: MoveRow, _width: int) -> Content:
    tick = ("[✓] ", "bold $good") if row.picked else ("[ ] ", "$quiet")
    return joined(
        Content.styled(*tick),
        shown(row.name, "bold"),
        Content.styled(f"  {row.move.origin} → {row.move.target}  ", "bold $accent"),
        shown(row.move.reason, "$quiet"),
    )
