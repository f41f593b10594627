"""Two registrations side by side on one card: what is the same is quiet, what differs is marked."""

from __future__ import annotations

from datetime import tzinfo

from textual.content import Content

from checkin.people import Person, State
from screens.widgets.result_list import fitted_content, state_words
from screens.widgets.shown import shown
from screens.widgets.states import display_name

_LABEL = 11
_DIFFERS = 2
_ALWAYS = ("name", "authority", "territory")


def both(stays: Person, other: Person, width: int, zone: tzinfo | None = None) -> Content:
    """Returns the card in lines of `width` cells; `stays` is on the left.

    What is the same is left out, but for name and place. A difference has a sign as well as a
    colour. E-mail addresses are not on it: `hidden_address_line` says whether they
    differ, `address_line` is for whoever asked to see them.
    """
    room = max((width - _LABEL - _DIFFERS) // 2, 12)
    head = (
        Content(" " * (_LABEL + _DIFFERS))
        + fitted_content(Content.styled("stays", "bold $good"), room)
        + fitted_content(Content.styled("goes into it", "$quiet"), room)
    )
    lines = [head]
    for label, left, right in _rows(stays, other):
        if left != right or label in _ALWAYS:
            lines.append(_line(label, left, right, room))
    lines.append(_states(stays, other, room, zone))
    return Content("\n").join(lines)


def is_all_the_same(one: Person, other: Person) -> bool:
    """Whether nothing that the card shows of two registrations differs but where they stand."""
    return all(left.casefold() == right.casefold() for _, left, right in _rows(one, other)) and {
        one.state,
        other.state,
    } <= {State.EXPECTED, State.HERE}


def address_line(stays: Person, other: Person, width: int) -> Content:
    """Returns the e-mail addresses as one more line of the card."""
    room = max((width - _LABEL - _DIFFERS) // 2, 12)
    return _line("e-mail", stays.email, other.email, room)


def hidden_address_line(stays: Person, other: Person) -> Content:
    """Returns whether the e-mail addresses are the same, and neither of them."""
    mine, theirs = stays.email.casefold(), other.email.casefold()
    words = "differs"
    if not mine or not theirs:
        words = "only one has one" if mine or theirs else "none"
    elif mine == theirs:
        words = "the same"
    sign = Content.styled("≠ ", "bold $look") if words == "differs" else Content("  ")
    shows = Content.styled("  hidden, ctrl+e shows it" if mine or theirs else "", "$quiet")
    return Content.styled(f"{'e-mail':<{_LABEL}}", "$quiet") + sign + Content(words) + shows


def _rows(one: Person, other: Person) -> list[tuple[str, str, str]]:
    return [
        ("name", display_name(one), display_name(other)),
        ("on badge", one.badge_name, other.badge_name),
        ("authority", one.organisation, other.organisation),
        ("level", one.level.value, other.level.value),
        ("territory", _territory(one), _territory(other)),
        ("languages", ", ".join(one.languages), ", ".join(other.languages)),
        ("role", one.role, other.role),
    ]


def _territory(person: Person) -> str:
    return " ".join(filter(None, (person.country, person.territory)))


def _line(label: str, left: str, right: str, room: int) -> Content:
    differs = left != right
    sign = Content.styled("≠ ", "bold $look") if differs else Content("  ")
    style = "$strong" if differs else "$quiet"
    return (
        Content.styled(f"{label:<{_LABEL}}", "$quiet")
        + sign
        + fitted_content(shown(left or "-", style), room - 1)
        + Content(" ")
        + fitted_content(shown(right or "-", style), room - 1)
    )


def _states(stays: Person, other: Person, room: int, zone: tzinfo | None) -> Content:
    cells = []
    for person in (stays, other):
        table = f"  table {person.table}" if person.table is not None else ""
        cells.append(fitted_content(state_words(person, zone) + table, room - 1))
    sign = Content("  ")
    if stays.state is not other.state:
        sign = Content.styled("≠ ", "bold $look")
    return Content.styled(f"{'today':<{_LABEL}}", "$quiet") + sign + Content(" ").join(cells)
