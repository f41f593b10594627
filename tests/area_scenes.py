"""Scenes of the areas behind the door for `tests.pictures`: roster, badges, tables and the rest."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.pictures import Shooting

LIST = """Liste des inscriptions;;;;;
exported 2026-03-01;;;;;
Nom et prénom;E-mail;Organisation;Pays;Langues;Remarques
DUPONT Jean-Marie;jm.dupont@example.org;Métropole de Lyon;France;français;
Horvat Ana;ana.horvat@example.org;Grad Rijeka;Hrvatska;hr, en;
van der Berg, Zoë;zoe@example.org;Gemeente Utrecht;NL;nl;
ŻÓŁĆ Łukasz;lukasz@example.org;Urząd Miasta Łodzi;Polska;polski;
ŻÓŁĆ Łukasz;lukasz@example.org;Urząd Miasta Łodzi;Polska;polski;
;;Ville de Lille;France;;no name given
Rossi Maria;not an address;Regione Lazio;Italia;italiano, klingon;
García López José;jose@example.org;Junta de Andalucía;España;es;
Lee Ann [/x];ann@example.org;Dublin City Council;Ireland;en;
Παπαδόπουλος Νίκος;nikos@example.org;Δήμος Θεσσαλονίκης;Ελλάδα;el;
Novotná Petra;petra@example.org;Jihomoravský kraj;Česko;cs, de;
Maes Sofie;sofie@example.org;Stad Gent;België;nl, fr;
"""
"""A list as an organiser sends it: invented people, titles in row 3, a few things to look at."""

Play = Callable[["Shooting"], Awaitable[None]]


async def _come(shooting: Shooting, arrivals: int) -> None:
    from tests.pictures import morning

    if arrivals:
        await morning(shooting, arrivals)


async def _in(shooting: Shooting, area: str, arrivals: int = 0) -> None:
    """Lets `arrivals` people come, then opens an area and waits for it."""
    await _come(shooting, arrivals)
    shooting.app.action_area(area)
    await shooting.pilot.pause(0.4)


async def _people(shooting: Shooting) -> None:
    await _in(shooting, "roster", 31)


async def _territories(shooting: Shooting) -> None:
    await _in(shooting, "roster")
    await shooting.pilot.press("f4", "down", "down", "down")
    await shooting.pilot.pause(0.2)


async def _import(shooting: Shooting) -> None:
    from screens.roster_import import ImportPane

    folder = Path(shooting.session.path).parent
    target = folder / "registrations.csv"
    target.write_text(LIST, encoding="utf-8")
    await _in(shooting, "roster")
    await shooting.pilot.press("f7")
    await shooting.pilot.pause(0.1)
    pane = shooting.app.screen.query_one(ImportPane)
    pane.read_list(target)
    await shooting.until(lambda: pane.looking)
    await shooting.pilot.press("right", "right", "down")
    await shooting.pilot.pause(0.3)


async def _import_field(shooting: Shooting) -> None:
    await _import(shooting)
    await shooting.pilot.press("enter")
    await shooting.pilot.pause(0.2)


async def _import_confirm(shooting: Shooting) -> None:
    await _import(shooting)
    await shooting.pilot.press("f5")
    await shooting.pilot.pause(0.2)


async def _badges(shooting: Shooting) -> None:
    await _in(shooting, "badges")
    await shooting.pilot.press("down", "down", "enter", "enter")
    await shooting.pilot.pause(0.2)


async def _badges_qr(shooting: Shooting) -> None:
    await _badges(shooting)
    await shooting.pilot.press("f4")
    await shooting.pilot.pause(0.2)


async def _tables(shooting: Shooting) -> None:
    await _in(shooting, "tables", 31)
    await shooting.pilot.press("right")
    await shooting.pilot.pause(0.2)


async def _table(shooting: Shooting) -> None:
    await _tables(shooting)
    await shooting.pilot.press("enter")
    await shooting.pilot.pause(0.3)


async def _move(shooting: Shooting) -> None:
    await _table(shooting)
    await shooting.pilot.press("enter")
    await shooting.pilot.pause(0.6)
    await shooting.pilot.press("down")
    await shooting.pilot.pause(0.2)


async def _swap(shooting: Shooting) -> None:
    await _table(shooting)
    await shooting.pilot.press("f3")
    await shooting.pilot.pause(0.6)
    await shooting.pilot.press("down", "down")
    await shooting.pilot.pause(0.4)


async def _pin(shooting: Shooting) -> None:
    await _table(shooting)
    await shooting.pilot.press("f4")
    await shooting.pilot.pause(0.5)


async def _plan(shooting: Shooting) -> None:
    from screens.table_plan import PlanBox

    await _in(shooting, "tables")
    await shooting.pilot.press("f4")
    await shooting.until(lambda: isinstance(shooting.app.screen, PlanBox))
    await shooting.pilot.pause(0.3)


async def _repair(shooting: Shooting) -> None:
    from screens.table_repair import RepairBox

    await _in(shooting, "tables", 31)
    await shooting.pilot.press("f5")
    await shooting.until(lambda: isinstance(shooting.app.screen, RepairBox))
    await shooting.pilot.pause(0.3)


async def _tell(shooting: Shooting) -> None:
    from screens.table_tell import TellBox

    await _repair(shooting)
    await shooting.pilot.press("enter")
    await shooting.until(lambda: isinstance(shooting.app.screen, TellBox))
    await shooting.pilot.press("space")
    await shooting.pilot.pause(0.2)


async def _mixed(shooting: Shooting) -> None:
    """Somebody plans two rounds more and accepts them."""
    from checkin.tables.planning import Planning

    await _come(shooting, 45)
    planning = Planning(shooting.session)
    for _ in range(2):
        change = planning.plan()
        await shooting.app.desk_line.work(lambda plan=change: planning.accept(plan))
    shooting.app.action_area("tables")
    await shooting.pilot.pause(0.6)


async def _rounds(shooting: Shooting) -> None:
    await _mixed(shooting)
    await shooting.pilot.press("ctrl+k")
    await shooting.pilot.pause(0.5)


async def _territories_swap(shooting: Shooting) -> None:
    """All of a territory is to change places with all of another."""
    from screens.move_person import FindAtTables
    from screens.table_part import PartBox

    await _in(shooting, "tables", 45)
    await shooting.pilot.press("ctrl+e")
    await shooting.until(lambda: isinstance(shooting.app.screen, FindAtTables))
    await shooting.type("pirkanmaa")
    await shooting.pilot.pause(0.5)
    await shooting.pilot.press("f4")
    await shooting.until(lambda: isinstance(shooting.app.screen, PartBox))
    await shooting.pilot.pause(0.6)
    await shooting.type("nord")
    await shooting.pilot.pause(0.6)


async def _planned(shooting: Shooting) -> None:
    """Two mixing rounds were planned together, and the first of them is looked at."""
    from checkin.tables.planning import Planning

    await _come(shooting, 45)
    planning = Planning(shooting.session)
    plans = planning.plan_rounds(2)
    await shooting.app.desk_line.work(lambda: planning.keep(plans))
    shooting.app.action_area("tables")
    await shooting.pilot.pause(0.6)
    await shooting.pilot.press("ctrl+right", "right")
    await shooting.pilot.pause(0.6)


async def _rounds_tables(shooting: Shooting) -> None:
    await _planned(shooting)
    await shooting.pilot.press("ctrl+k")
    await shooting.pilot.pause(0.5)
    await shooting.pilot.press("right", "down")
    await shooting.pilot.pause(0.3)


async def _wall(shooting: Shooting) -> None:
    await _in(shooting, "tables", 45)
    await shooting.pilot.press("ctrl+w")
    await shooting.pilot.pause(0.6)


async def _event(shooting: Shooting) -> None:
    await _in(shooting, "event", 31)
    await shooting.pilot.press("f4")
    await shooting.pilot.pause(0.8)


async def _event_settings(shooting: Shooting) -> None:
    await _event(shooting)
    await shooting.pilot.press("f2")
    await shooting.pilot.pause(0.3)


async def _points(shooting: Shooting) -> None:
    """Whispering costs more, and what that does stands below."""
    await _in(shooting, "event", 31)
    await shooting.pilot.press("ctrl+l")
    await shooting.pilot.pause(0.5)
    await shooting.pilot.press("down", "backspace", "backspace", "6", "0")
    await shooting.pilot.pause(0.8)


async def _exercises(shooting: Shooting) -> None:
    await _in(shooting, "exercises")
    await shooting.pilot.press("enter", "down", "down", "down", "down")
    await shooting.pilot.pause(0.2)


AREA_SCENES: tuple[tuple[str, Play], ...] = (
    ("roster", _people),
    ("roster-territories", _territories),
    ("import", _import),
    ("import-field", _import_field),
    ("import-confirm", _import_confirm),
    ("badges", _badges),
    ("badges-qr", _badges_qr),
    ("tables", _tables),
    ("table", _table),
    ("table-move", _move),
    ("table-swap", _swap),
    ("table-pin", _pin),
    ("table-plan", _plan),
    ("table-repair", _repair),
    ("table-tell", _tell),
    ("tables-mixed", _mixed),
    ("table-territories", _territories_swap),
    ("tables-planned", _planned),
    ("table-rounds", _rounds),
    ("table-rounds-tables", _rounds_tables),
    ("table-wall", _wall),
    ("exercises", _exercises),
    ("event", _event),
    ("event-settings", _event_settings),
    ("event-points", _points),
)
"""Name and play of each scene."""
