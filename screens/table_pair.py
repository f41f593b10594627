"""Two people at the tables: they change places, or are to sit together, or apart.

The box asks for the other person and says what it would do before it is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from checkin.event.session import EventSession
from checkin.people import Person
from checkin.tables.foresight import Foresight
from checkin.tables.manual import Manual, Wish
from checkin.tables.seating import Board, Change, Price
from screens.move_person import person_lines, table_of
from screens.price_box import PriceBox
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import joined, shown
from screens.widgets.states import display_name, where_from


class Joint(Enum):
    """What two people can do at the tables: swap, or a wish by its name; and the question."""

    SWAP = ("swap", "Swap with")
    TOGETHER = ("together", "Together with")
    APART = ("apart", "Apart from")


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody who sits at a table."""

    person: Person
    table: int


class PairBox(PriceBox[Seated]):
    """Asks for the other person."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "do", "do it", id="pair.join"),
        Binding("escape", "leave", "not now", id="pair.leave"),
    ]
    HELP = (
        "Type a name, an authority or a place, or choose with ↑ ↓. The sentence says what would "
        "change; ▲ is worse, ▼ is better, ! breaks a rule until a repair. Enter does it, "
        "Esc does not. F8 on the board takes it back."
    )
    TYPED = "name, authority or place"
    NOTHING = "Nobody else sits at a table."
    MISSING = "Choose who sits at a table."

    def __init__(self, board: Board, person: Person, joint: Joint) -> None:
        self._person, self._joint = person, joint
        self._here = table_of(board, person)
        super().__init__(
            Seated(other, table.number)
            for table in board.tables
            for other in table.people
            if other.id != person.id and (joint is not Joint.SWAP or table.number != self._here)
        )

    def question(self) -> str:
        return f"{self._joint.value[1]} ..."

    def about(self) -> Content:
        return person_lines(
            self._person, "no table" if self._here is None else f"table {self._here}"
        )

    def key(self, choice: Seated) -> object:
        return choice.person.id

    def line(self, choice: Seated, cost: Content, width: int) -> Content:
        room = max(width - 10 - 7, 20)
        return joined(
            Content.styled(f"table {choice.table:<3} ", "bold $accent"),
            cost,
            fitted_content(shown(display_name(choice.person)), room // 2 - 1),
            " ",
            fitted_content(shown(where_from(choice.person), "$quiet"), room - room // 2),
        )

    def what(self, choice: Seated) -> str:
        return f"{self._joint.value[1]} {choice.person.full_name}"

    def foresee(self, sight: Foresight, choice: Seated) -> Price:
        if self._joint is Joint.SWAP:
            return sight.swap(self._person.id, choice.person.id)
        return sight.pair(Wish(self._joint.value[0]), self._person.id, choice.person.id)

    def act(self, session: EventSession, choice: Seated) -> Change:
        manual = Manual(session)
        if self._joint is Joint.SWAP:
            return manual.swap(self._person.id, choice.person.id)
        return manual.pair(Wish(self._joint.value[0]), self._person.id, choice.person.id)

    async def typed(self, text: str) -> None:
        if not text:
            self.rows.show(self.choices)
            return
        found = {match.person.id for match in await self.checkin.desk_line.find(text, 200)}
        rows = [seated for seated in self.choices if seated.person.id in found]
        self.rows.show(rows, "Nobody of that name sits there.")
