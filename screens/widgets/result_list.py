"""The results of a search: a row a person, what matched marked, the state as a sign and a word.

It keeps which row is meant, and whether somebody said so; it admits nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from checkin.people import Person, PersonFlag, State
from checkin.text import clean
from screens.widgets.shown import fitted, shown
from screens.widgets.states import FLAGS, LEVELS, capitals, in_latin, state_look

SHORTEST_AUTHORITY = 14
"""Cells left to the authority beside a name that is written twice."""

LONGEST_ASIDE = 18
"""Letters of what tells two rows apart that read the same."""

SHORTEST_PLACE = 8
"""Cells of a territory below which it says nothing."""

MARKED = "bold underline $accent"
"""How the letters that matched look."""


class Marked(Protocol):
    """A stretch of one of the person's fields that matched."""

    @property
    def field(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Row:
    """One person among the results, with the stretches that matched."""

    person: Person
    marks: Sequence[Marked] = ()


class ResultList(Widget):
    """Rows of people; the highlighted one is meant by Enter. A click on a row means that row."""

    DEFAULT_CSS = """
    ResultList { height: auto; padding: 0 1; }
    """

    @dataclass
    class Chosen(Message):
        """A row was clicked."""

        person: Person

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: tuple[Row, ...] = ()
        self.index = 0
        self.stepped = False
        self.zone: tzinfo | None = None
        self._empty = ""
        self._above = ""

    def show(self, rows: Iterable[Row], empty: str = "") -> None:
        """Shows `rows` with the first highlighted, or the sentence `empty` when there is none."""
        chosen = self.highlighted if self.stepped else None
        self.rows = tuple(rows)
        places = [place for place, row in enumerate(self.rows) if chosen and _same(row, chosen)]
        # Whom somebody chose stays chosen while the list around changes.
        self.index, self.stepped = (places[0], True) if places else (0, False)
        self._empty, self._above = empty, ""
        self.refresh()

    def ask(self, rows: Iterable[Row], above: str = "") -> None:
        """Shows `rows` with none of them highlighted: the first arrow marks the first. `above` is
        a sentence over them."""
        self.rows, self._empty, self._above = tuple(rows), "", above
        self.index, self.stepped = -1, False
        self.refresh()

    @property
    def asking(self) -> bool:
        """Whether the rows are a question and none of them was chosen yet."""
        return bool(self.rows) and self.index < 0

    def step(self, by: int) -> None:
        """Moves the highlight; from then on it counts as said."""
        if self.rows:
            # The first arrow says "this one" about the first row only when it can't go further up.
            place = 0 if self.asking else self.index + by
            self.index = min(max(place, 0), len(self.rows) - 1)
            self.stepped = True
            self.refresh()

    @property
    def highlighted(self) -> Person | None:
        """Whom Enter means; nobody while the rows are a question."""
        return self.rows[self.index].person if self.rows and not self.asking else None

    @property
    def namesakes(self) -> tuple[Person, ...]:
        """The people among the results who are called as the highlighted one (itself included), or
        as the first of a question."""
        if not self.rows:
            return ()
        name = _called(self.rows[max(self.index, 0)].person)
        return tuple(row.person for row in self.rows if _called(row.person) == name)

    def on_click(self, event: events.Click) -> None:
        """Takes the clicked row as the one that is meant."""
        offset = event.get_content_offset(self)
        above = 1 if self._above else 0
        row = -1
        if offset is not None and offset.y >= above:
            row = self._first(self.content_size.height - above) + offset.y - above
        if 0 <= row < len(self.rows):
            self.index, self.stepped = row, True
            self.refresh()
            self.post_message(self.Chosen(self.rows[row].person))

    def _first(self, height: int) -> int:
        return max(0, min(self.index - height + 1, len(self.rows) - height)) if height else 0

    def render(self) -> Content:
        """As many rows as fit, with the highlighted one among them."""
        width, height = self.content_size
        if not self.rows:
            return Content.styled(self._empty, "$quiet")
        lines = []
        if self._above:
            lines.append(fitted(self._above, width, "$look"))
            height = max(height - 1, 0)
        first = self._first(height)
        asides = told_apart([row.person for row in self.rows])
        for number, row in enumerate(self.rows[first : first + height], first):
            line = row_line(row, width, self.zone, asides.get(row.person.id, ""))
            meant = number == self.index
            line = Content.styled("▸ ", "bold $accent") + line if meant else Content("  ") + line
            lines.append(line.stylize("bold on $picked") if meant else line)
        return Content("\n").join(lines)


def told_apart(people: Sequence[Person]) -> dict[str, str]:
    """Returns by id what differs between people whose rows would read the same.

    The role or the title where all of them differ, else the first letters of the badge's code; the
    e-mail address is private.
    """
    alike: dict[tuple[str, ...], list[Person]] = {}
    for person in people:
        alike.setdefault(_reads(person), []).append(person)
    asides: dict[str, str] = {}
    for same in alike.values():
        if len(same) < 2:
            continue
        for ways in _DIFFERENT:
            words = [ways(person) for person in same]
            if all(words) and len({word.casefold() for word in words}) == len(same):
                asides |= {person.id: word for person, word in zip(same, words, strict=True)}
                break
    return asides


SHORT_CODE = 3
"""Letters of a badge's code that tell two people apart and open no door."""

_DIFFERENT: tuple[Callable[[Person], str], ...] = (
    lambda person: clean(person.role, LONGEST_ASIDE),
    lambda person: clean(person.title, LONGEST_ASIDE),
    lambda person: f"badge {person.code[:SHORT_CODE]}",
    lambda person: f"badge {person.code[: SHORT_CODE + 1]}",
)


def _reads(person: Person) -> tuple[str, ...]:
    """What a row shows of somebody, but for how they stand today."""
    shown_words = (
        person.full_name,
        person.organisation,
        person.level,
        person.territory,
        person.country,
    )
    return tuple(clean(word).casefold() for word in shown_words)


def row_line(row: Row, width: int, zone: tzinfo | None = None, aside: str = "") -> Content:
    """Returns one person as a line of `width` - 2 cells, the marks underlined; `aside` stands in
    the place of the territory."""
    person = row.person
    room = max(width - 2 - 13 - 7 - 4, 30)
    name_width = min(room * 40 // 100, 34)
    place_width = min(room * 24 // 100, 30)
    name = _name(row)
    if in_latin(person.full_name):
        name = _with_latin(name, person, room - SHORTEST_AUTHORITY)
        if name.cell_length >= name_width:
            # Who stands there must be read out; the place gives way, then the authority.
            name_width = name.cell_length + 1
            left = min(place_width, room - name_width - SHORTEST_AUTHORITY)
            place_width = left if left >= SHORTEST_PLACE else 0
    org_width = room - name_width - place_width
    place = _styled(person.territory, row, "territory", "$quiet")
    if person.country:
        place = shown(person.country, "$quiet") + " " + place
    if aside:
        # All of these are of one territory: what differs is what is needed.
        place = shown(aside, "bold $look")
        if place_width < place.cell_length + 1:
            place_width = min(place.cell_length + 1, room - name_width - SHORTEST_PLACE)
    table = f"T{person.table}" if person.table is not None else ""
    return Content("").join(
        (
            fitted_content(state_words(person, zone), 13),
            fitted_content(name, name_width - 1),
            Content(" "),
            fitted_content(_styled(person.organisation, row, "organisation"), org_width - 1),
            Content(" "),
            fitted(LEVELS[person.level], 7, "$quiet"),
            fitted_content(place, place_width),
            Content.styled(f"{table:>4}", "bold $accent"),
        )
    )


def _with_latin(name: Content, person: Person, room: int) -> Content:
    """The name with its Latin letters beside it, the given name shortened, or alone where there is
    room for no more."""
    latin = in_latin(person.full_name)
    family = in_latin(person.family_name) or person.family_name
    initial = (in_latin(person.given_name) or person.given_name)[:1]
    for beside in (latin, f"{initial}. {family}" if initial else family):
        both = name + " · " + shown(beside)
        if both.cell_length < room:
            return both
    return flag_marks(person.flags) + shown(latin)


def state_words(person: Person, zone: tzinfo | None = None) -> Content:
    """Returns the state as a sign, a word and, for those who came, the time."""
    sign, word, colour = state_look(person)
    arrived = person.arrived_at if person.state is State.HERE else None
    when = f" {_clock(arrived, zone)}" if arrived is not None and zone is not None else ""
    return Content.styled(f"{sign} {word}{when}", colour)


def fitted_content(content: Content, width: int) -> Content:
    """Returns `content` in exactly `width` cells."""
    cut = content.truncate(max(width, 0), ellipsis=True)
    return cut.pad_right(max(width, 0) - cut.cell_length)


def _clock(at: datetime, zone: tzinfo | None) -> str:
    return at.astimezone(zone).strftime("%H:%M")


def _called(person: Person) -> tuple[str, str]:
    return (clean(person.given_name).casefold(), clean(person.family_name).casefold())


def _same(row: Row, person: Person) -> bool:
    return row.person.id == person.id


def _name(row: Row) -> Content:
    given = _styled(row.person.given_name, row, "given_name")
    family = _styled(row.person.family_name, row, "family_name", upper=True)
    name = given + " " + family if given.plain else family
    return flag_marks(row.person.flags) + name


def flag_marks(flags: Iterable[PersonFlag]) -> Content:
    """Returns a sign a flag and a space in front of a name; nothing for most people."""
    signs = [Content.styled(FLAGS[flag][0], f"bold {FLAGS[flag][2]}") for flag in flags]
    return Content("").join((*signs, Content(" "))) if signs else Content("")


def _styled(text: str, row: Row, field: str, style: str = "", *, upper: bool = False) -> Content:
    """One field with its marks; a mark that the cleaned text can't hold is left out."""
    cleaned = clean(text)
    content = Content.styled(capitals(cleaned) if upper else cleaned, style)
    for mark in row.marks:
        if mark.field == field and 0 <= mark.start < mark.end <= len(cleaned) and cleaned == text:
            content = content.stylize(MARKED, mark.start, mark.end)
    return content
