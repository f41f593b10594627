"""What the commands at the tables share: whom they mean, doing an act, telling its price."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from checkin.errors import RefusedError
from checkin.text import clean
from screens.commands.frame import DONE, REFUSED, asked
from screens.commands.shapes import person_json
from screens.commands.tables import the_seating

if TYPE_CHECKING:
    from checkin.tables.foresight import Foresight
    from checkin.tables.manual import Manual
    from checkin.tables.seating import Change, Price, Seating
    from checkin.tables.territories import Part


def sight_and_hand(seating: Seating) -> tuple[Foresight, Manual]:
    """Returns what tells prices and what does acts, both on the event of `seating`."""
    from checkin.tables.foresight import Foresight
    from checkin.tables.manual import Manual

    return Foresight(seating.session), Manual(seating.session)


def priced(seating: Seating, price: Price, dry_run: bool, act: Callable[[], Change]) -> int:
    """Tells a price only, or does the act and tells it with its price.

    RefusedError when the act can't be done.
    """
    if price.refused and not dry_run:
        raise RefusedError(price.refused)
    if not dry_run:
        return tell_change(seating, act(), price.say)
    document = {
        "say": price.say,
        "refused": price.refused or None,
        "before": {"total": price.before},
        "after": {"total": price.after},
    }
    asked().answer(document, [price.say])
    return REFUSED if price.refused else DONE


def parts_meant(sight: Foresight, text: str) -> list[Part]:
    """Returns the parts of the one territory that `text` means; with `@4` the part at table 4.

    RefusedError when no territory at the tables is called so, or several are.
    """
    from checkin.roster.matching import plain
    from checkin.tables.explain import series

    name, _, at = text.rpartition("@") if text.rpartition("@")[2].isdigit() else (text, "", "")
    parts = [part for part in sight.parts() if not at or part.table == int(at)]
    names = {part.territory for part in parts if plain(name) in plain(part.territory)}
    names = {each for each in names if plain(each) == plain(name)} or names
    if not names:
        where = f"table {at}" if at else "the tables"
        raise RefusedError(f"No territory called {clean(name)} sits at {where}.")
    if len(names) > 1:
        raise RefusedError(f"That may be {series(sorted(names))}; name one of them.")
    return [part for part in parts if part.territory in names]


def one_part_meant(sight: Foresight, text: str) -> Part:
    """Returns the one part that `text` means; RefusedError when the territory sits in several."""
    from checkin.tables.explain import series

    parts = parts_meant(sight, text)
    if len(parts) > 1:
        tables = series([str(part.table) for part in parts])
        one = f"{parts[0].territory}@{parts[0].table}"
        raise RefusedError(f"{parts[0].territory} sits at tables {tables}; say which, as {one}.")
    return parts[0]


def by_hand(who: tuple[str, ...], act: Any) -> int:
    """Finds the people meant, does one act by hand and tells what changed."""
    from checkin.tables.manual import Manual

    with the_seating() as seating:
        ids: list[str] = []
        for text in who:
            found = found_person(seating, text)
            if isinstance(found, int):
                return found
            ids.append(found)
        return tell_change(seating, act(Manual(seating.session), ids))


def found_person(seating: Seating, who: str) -> str | int:
    """Returns the id of the one person `who` means; else answers, and returns the exit status."""
    from checkin.door.desk import Door
    from screens.commands.door import one_person

    return one_person(Door(seating.session, seating), who)


def tell_change(seating: Seating, change: Change, price: str = "") -> int:
    """Writes what was done at the tables, the people as they are now, the score before and after.

    `person` is the one whom it was about, `table` the one table; null where it was several or none.
    """
    session = seating.session
    document = {
        "say": change.say,
        "price": price or None,
        "person": person_json(session, change.person) if change.person else None,
        "people": [person_json(session, person) for person in change.people],
        "table": change.table,
        "before": {"total": change.before},
        "after": {"total": change.after},
    }
    points = f"{change.before} points before, {change.after} after."
    asked().answer(document, [change.say, f"{price}. {points}" if price else points])
    return DONE
