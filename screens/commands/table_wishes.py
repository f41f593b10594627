"""Commands for what binds people at the tables, and for what tables and their hosts are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from screens.commands.frame import DONE, Command, asked
from screens.commands.table_hand import by_hand, found_person
from screens.commands.tables import the_seating

if TYPE_CHECKING:
    from checkin.tables.bonds import Bond

_OFF = click.option("--off", is_flag=True, help="Withdraw it for today, whoever said so.")


@click.command(name="pin", cls=Command)
@click.argument("who")
@click.argument("table", type=int, required=False)
@_OFF
def pin_command(who: str, table: int | None, off: bool) -> int:
    """Pin WHO to TABLE; without TABLE, or with --off, WHO is no longer pinned to any.

    A pin is a wish that moves nobody: where WHO sits at another table, the answer says so.

    Example: checkin tables pin kowalska 4
    """
    if off and table is not None:
        raise click.UsageError("Leave the table out with --off.")
    return by_hand((who,), lambda hand, ids: hand.pin(ids[0], table))


@click.command(name="together", cls=Command)
@click.argument("one")
@click.argument("other")
@_OFF
def together_command(one: str, other: str, off: bool) -> int:
    """Two people are to sit together.

    Example: checkin tables together kowalska dupont
    """
    return _pair("together", one, other, off)


@click.command(name="apart", cls=Command)
@click.argument("one")
@click.argument("other")
@_OFF
def apart_command(one: str, other: str, off: bool) -> int:
    """Two people are to sit apart.

    Example: checkin tables apart kowalska dupont
    """
    return _pair("apart", one, other, off)


def _pair(word: str, one: str, other: str, off: bool) -> int:
    from checkin.tables.manual import Wish

    wish = Wish(word)
    if off:
        return by_hand((one, other), lambda hand, ids: hand.unpair(wish, *ids))
    return by_hand((one, other), lambda hand, ids: hand.pair(wish, *ids))


@click.command(name="stays", cls=Command)
@click.argument("who")
@_OFF
def stays_command(who: str, off: bool) -> int:
    """Note that WHO does not want to be moved; no repair proposes to.

    Example: checkin tables stays kowalska
    """
    if off:
        return by_hand((who,), lambda hand, ids: hand.may_move(ids[0]))
    return by_hand((who,), lambda hand, ids: hand.stays(ids[0]))


@click.command(name="wishes", cls=Command)
@click.argument("who", required=False)
def wishes_command(who: str | None) -> int:
    """What binds people at the tables, or WHO: pins, together, apart, stays; and who said so.

    Example: checkin tables wishes kowalska
    """
    from checkin.tables.bonds import Bonds

    with the_seating() as seating:
        bonds = Bonds(seating.session)
        found = None if who is None else found_person(seating, who)
        if isinstance(found, int):
            return found
        listed = bonds.all() if found is None else bonds.of(found)
        lines = [f"{bond.who}: {bond.say} ({bond.origin})" for bond in listed]
        document = {"wishes": [_bond_json(bond) for bond in listed]}
        asked().answer(document, lines or ["Nobody asked for anything."])
    return DONE


def _bond_json(bond: Bond) -> dict[str, Any]:
    return {
        "wish": bond.wish,
        "person": {"id": bond.person, "name": bond.who},
        "other": bond.other or None,
        "table": bond.table,
        "source": bond.source.value,
        "counts": bond.counts,
        "say": bond.say,
    }


@click.command(name="host", cls=Command)
@click.argument("table", type=int)
@click.argument("name")
def host_command(table: int, name: str) -> int:
    """Name the host of TABLE; an empty name takes it back.

    Example: checkin tables host 4 Anne
    """
    return by_hand((), lambda hand, _: hand.name_host(table, name))


@click.command(name="name", cls=Command)
@click.argument("table", type=int)
@click.argument("name")
def name_command(table: int, name: str) -> int:
    """Call TABLE something beside its number; an empty name takes it back.

    Example: checkin tables name 4 Harbour
    """
    return by_hand((), lambda hand, _: hand.name_table(table, name))


of_wishes = (
    pin_command,
    together_command,
    apart_command,
    stays_command,
    wishes_command,
    host_command,
    name_command,
)
"""The commands, for the group of the tables."""
