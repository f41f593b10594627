"""Commands of the roster: import a list, list people, look at territories."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from screens.commands.frame import DONE, Command, asked, say, tell
from screens.commands.shapes import person_json, person_line

if TYPE_CHECKING:
    from checkin.roster.preview import Preview

_LISTED_PROBLEMS = 20


def _template(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from checkin.roster.template import template_csv

    for line in template_csv().splitlines():
        say(line)
    context.exit()


@click.command(cls=Command, name="import")
@click.argument("list_file", metavar="LIST", type=click.Path(path_type=Path))
@click.option(
    "--map", "mapped", multiple=True, metavar="FIELD=COLUMN", help="Read FIELD from COLUMN."
)
@click.option("--sheet", metavar="S", help="The sheet of a spreadsheet.")
@click.option("--encoding", metavar="E", help="The encoding of a text file, such as cp1250.")
@click.option("--header-row", type=click.IntRange(0), help="The row of the titles; 0 for none.")
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
@click.option(
    "--template", is_flag=True, is_eager=True, expose_value=False, callback=_template,
    help="Print the program's own list format and leave.",
)  # fmt: skip
def import_command(
    list_file: Path,
    mapped: tuple[str, ...],
    sheet: str | None,
    encoding: str | None,
    header_row: int | None,
    dry_run: bool,
) -> int:
    """Read a registration list (CSV, TSV, XLSX, XLS, ODS) into the event.

    Reading it again changes nothing; nobody is ever un-checked or re-seated. Example:

    \b
        checkin import registrations.xlsx --dry-run
        checkin import registrations.csv --map organisation="Your employer"
    """
    from checkin.roster.preview import ReadingOptions, require_names
    from checkin.roster.roster import Roster

    options = ReadingOptions(
        sheet=sheet, encoding=encoding, fields=_fields(mapped), header_row=header_row
    )
    with asked().session() as session:
        roster = Roster(session)
        preview = roster.preview(list_file, options)
        require_names(preview.columns)
        lines = _lines(preview, dry_run)
        if not dry_run:
            report = roster.store(preview, progress=_progress)
            for person in report.still_here:
                tell(f"{person.full_name} is here but no longer on the list; nothing changed.")
    asked().answer(_document(preview), lines)
    return DONE


def _fields(mapped: tuple[str, ...]) -> dict[str, str]:
    fields = {}
    for text in mapped:
        field, equals, column = text.partition("=")
        if not equals or not field.strip() or not column.strip():
            raise click.BadParameter(f"{text!r}: write FIELD=COLUMN.", param_hint="--map")
        fields[field.strip()] = column.strip()
    return fields


def _progress(done: int, total: int) -> None:
    if done % 10_000 == 0 and done < total:
        tell(f"{done} of {total} rows ...")


def _document(preview: Preview) -> dict[str, Any]:
    """Returns the JSON of `checkin import` (CONTRACT.md)."""
    plan = preview.plan
    return {
        "rows": plan.rows,
        "new": len(plan.new),
        "changed": len(plan.changed),
        "unchanged": len(plan.unchanged),
        "duplicates": [asdict(pair) for pair in plan.duplicates],
        "rejected": [{"row": bad.row, "reason": bad.reason} for bad in plan.rejected],
        "missing": len(plan.missing),
        "columns": preview.columns.columns,
        "unmapped": list(plan.unmapped),
        "encoding": preview.raw.encoding or None,
        "delimiter": preview.raw.delimiter or None,
        "header_row": preview.columns.header_row,
    }


def _lines(preview: Preview, dry_run: bool) -> list[str]:
    plan = preview.plan
    would = "would be " if dry_run else ""
    lines = [f"{field}  ←  {column}" for field, column in preview.columns.columns.items()]
    lines += [f"not read  ←  {column}" for column in plan.unmapped]
    lines.append(
        f"{plan.rows} rows: {len(plan.new)} {would}new, {len(plan.changed)} {would}changed, "
        f"{len(plan.unchanged)} unchanged, {len(plan.rejected)} {would}rejected."
    )
    shown = preview.problems[:_LISTED_PROBLEMS]
    lines += [f"  row {each.row}: {each.reason}" if each.row else each.reason for each in shown]
    rest = len(preview.problems) - len(shown)
    lines += [f"  and {rest} more things to look at"] if rest else []
    lines += [f"{len(plan.missing)} people are not on this list any more; they stay."] * bool(
        plan.missing
    )
    return lines


@click.command(cls=Command)
@click.option("--here", "which", flag_value="here", help="Those inside now.")
@click.option("--expected", "which", flag_value="expected", help="Those still due.")
@click.option("--all", "which", flag_value="all", help="Everybody (default).")
def people_command(which: str | None) -> int:
    """The list of people, by family name.

    Example: checkin people --expected
    """
    from checkin.door.overview import Overview, Which
    from checkin.tables.seating import Seating

    with asked().session() as session:
        found = Overview(session, Seating(session)).people(Which(which or "all"))
        asked().answer(
            {"people": [person_json(session, person) for person in found]},
            [person_line(session, person) for person in found]
            or ["Nobody. `checkin import LIST` reads a registration list."],
        )
    return DONE


@click.command(cls=Command)
def territories_command() -> int:
    """Which territories have both levels, and whom to nudge before the day.

    Example: checkin territories
    """
    from checkin.roster.beforehand import About
    from checkin.roster.roster import Roster
    from checkin.roster.territories import why_outside

    with asked().session() as session:
        roster = Roster(session)
        found, nudged = roster.before_the_day(), roster.to_nudge()
        late, outside = roster.people_of(About.LATE), roster.people_of(About.OUTSIDE)
        document = {
            "territories": [
                {
                    "territory": line.territory,
                    "country": line.country,
                    "city": line.cities,
                    "metropolis": line.metropolises,
                    "region": line.regions,
                    "other": line.others,
                    "complete": line.complete,
                    "say": line.say,
                    "nudge": [person_json(session, p) for p in nudged.get(line.territory, ())],
                }
                for line in found.territories
            ],
            "without_territory": found.without_territory,
            "places": asdict(found.places) | {"left": found.places.left},
            "late": [person_json(session, person) for person in late],
            "outside": [
                {"person": person_json(session, person), "reason": why_outside(person)}
                for person in outside
            ],
        }
        lines = [
            f"{'✓' if line.complete else '○'} {line.territory}  {line.levels}  {line.say}"
            for line in found.territories
        ]
        left = found.places.left
        lines += [f"{left} places left of {found.places.capacity}."] if left is not None else []
        lines += [f"late: {person.full_name}" for person in late]
        lines += [f"outside: {person.full_name}, {why_outside(person)}" for person in outside]
        asked().answer(document, lines or ["No territories yet: import a list first."])
    return DONE
