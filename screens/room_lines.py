"""The whole room in two lines above the cards: who sits, and what is wrong in points that add up.

What a table costs stands on its card; the line says the sum of those and what is the whole room's,
the territories over several tables.
"""

from __future__ import annotations

from textual.content import Content

from checkin.tables.seating import Board
from screens.board_plan import plan_words, tables_in_words

_SHORT = {
    "strangers": "nobody to talk to",
    "whisper": "whispering",
    "short": "too few people",
    "alone": "alone",
    "voice": "voices missing",
    "host": "no host",
    "met": "met before",
    "same": "same territory",
}
"""What costs points at a table, in words that people know."""

_ROOMS = (("at the tables", "territories over several tables"), ("at tables", "territories split"))
"""What is the tables' own and what is the whole room's; shorter where there is no room."""


def room_lines(board: Board, due: Board | None, told: int, width: int) -> Content:
    """Returns the two lines in `width` cells; `told` people are still to be told their table.

    While nobody sits they are about `due`, the plan, if there is one.
    """
    seated = sum(len(table.people) for table in board.tables)
    used = sum(bool(table.people) for table in board.tables)
    kind = "with your territory" if board.kind == "align" else "meet new people"
    head = f"Round {board.round}, {kind} · "
    if seated:
        return _beside(f"{head}{seated} at {tables_in_words(used)}", told, width) + _points(
            board, width
        )
    if due is not None:
        return _beside(f"{head}{plan_words(due)}", told, width) + _points(due, width)
    words = Content.styled("nobody sits yet; the door seats whoever arrives", "$quiet")
    return _beside(f"{head}0 at 0 tables", told, width) + words


def _beside(words: str, told: int, width: int) -> Content:
    """The first line, with who is to be told at its end."""
    line = Content(words)
    if told:
        note = Content.styled(f"{told} to be told · shift+F5", "bold $look")
        gap = max(width - line.cell_length - note.cell_length, 2)
        line = line + " " * gap + note
    return line.truncate(width, ellipsis=True) + "\n"


def _points(board: Board, width: int) -> Content:
    if not board.total:
        return Content.styled("✓ 0 points, nothing is wrong", "bold $good")
    wrong = sorted(
        ((points, term) for term, points in board.score.items() if term in _SHORT and points),
        reverse=True,
    )
    said = [f"{_SHORT[term]} {points}" for points, term in wrong]
    split = board.score.get("split", 0)
    total = Content.styled(f"{board.total} points", "bold $look")
    forms = _forms(said, board.total - split, split)
    room = width - total.cell_length
    words = next((form for form in forms if len(form) <= room), forms[-1])
    return (total + Content.styled(words, "$quiet")).truncate(width, ellipsis=True)


def _forms(said: list[str], own: int, split: int) -> list[str]:
    """How the points can be said, the longest first: a sum where there are both kinds."""
    if not said:
        return [f" for {_ROOMS[0][1]}"]
    found = []
    for count in range(len(said), 0, -1):
        words = " · ".join(said[:count])
        words += f", {len(said) - count} more" if count < len(said) else ""
        if not split:
            found.append(f": {words}")
            continue
        found += [f" = {own} {tables} ({words}) + {split} {rooms}" for tables, rooms in _ROOMS]
    return found
