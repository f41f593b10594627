"""The answer to a group: one table as for one person, several each with a figure and a line."""

from __future__ import annotations

import pytest
from textual.geometry import Size

from checkin.door.answers import Answer, Kind
from checkin.people import Person
from screens.widgets.answer_panel import answer_lines

AT_80, AT_120 = Size(74, 8), Size(114, 20)


def group(*tables: int | None, following: str = "") -> Answer:
    company = tuple(
        (table, Person(f"p{place}", "", f"Ana{place}", "Horvat"))
        for place, table in enumerate(tables)
    )
    found = set(tables)
    return Answer(
        Kind.WELCOME,
        f"{len(tables)} people are in.",
        following,
        company=company,
        table=found.pop() if len(found) == 1 else None,
    )


def lines(answer: Answer, size: Size) -> list[str]:
    found = answer_lines(answer, size).plain.splitlines()
    assert len(found) <= size.height
    assert all(len(line) <= size.width for line in found)
    return found


@pytest.mark.parametrize("size", [AT_80, AT_120])
def test_one_table_is_one_giant_number_with_the_names(size: Size) -> None:
    alone = answer_lines(
        Answer(Kind.WELCOME, "Welcome.", person=Person("p", "", "Ana", "Horvat"), table=4), size
    ).plain
    together = lines(group(4, 4, 4), size)
    assert "\n".join(together).count("█") == alone.count("█")
    text = " ".join(" ".join(together).split())
    assert all(f"Ana{place} HORVAT" in text for place in range(3))
    assert "3 people are in." in text


@pytest.mark.parametrize(("size", "tables"), [(AT_80, 2), (AT_120, 6)])
def test_several_tables_have_a_figure_each_where_there_is_room(size: Size, tables: int) -> None:
    found = lines(group(*range(1, tables + 1)), size)
    assert sum("Table" in line for line in found) == tables
    assert "█" in "".join(found)
    assert all(any(f"Ana{place} HORVAT" in line for line in found) for place in range(tables))


def test_six_tables_on_80_columns_are_a_line_each_with_the_word_table() -> None:
    found = lines(group(1, 2, 3, 4, 5, 6), AT_80)
    for place in range(6):
        assert any(f"Table {place + 1}  Ana{place} HORVAT" in line for line in found)


def test_what_is_to_be_done_never_drops_out() -> None:
    found = lines(group(1, 2, 3, 4, following="Not in: Luc Petit cancelled."), AT_80)
    assert "→ Not in: Luc Petit cancelled." in found[-1] + found[-2]


def test_who_has_no_table_is_said_beside_the_figures() -> None:
    found = lines(group(3, None), AT_120)
    assert any("no table" in line and "Ana1 HORVAT" in line for line in found)
