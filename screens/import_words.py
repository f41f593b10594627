"""An import in words: how the list was read, what it would do, who comes of a row, what is done."""

from __future__ import annotations

from dataclasses import replace

from textual.content import Content

from checkin.roster.preview import Preview, PreviewRow, Problem
from checkin.roster.roster import ImportReport
from checkin.roster.rows import read_entries
from screens.widgets.shown import fitted, joined, shown
from screens.widgets.states import LEVELS

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def file_words(name: str, preview: Preview) -> Content:
    """Returns how the list was read: sheet or encoding and delimiter, titles, rows."""
    raw = preview.raw
    if raw.sheet:
        of = f" of {len(raw.sheets)}" if len(raw.sheets) > 1 else ""
        how = f"sheet “{raw.sheet}”{of}"
    else:
        how = f"{raw.encoding} · {_DELIMITERS.get(raw.delimiter, raw.delimiter)}"
    header = preview.columns.header_row
    titles = f"titles in row {header}" if header else "no titles"
    rows = f"{preview.plan.rows} rows"
    return joined(shown(name, "bold"), "  ", shown(f"{how} · {titles} · {rows}", "$quiet"))


def plan_words(preview: Preview) -> Content:
    """Returns what importing would do, in figures."""
    plan = preview.plan
    parts = [(f"{len(plan.new)} new", "bold $good" if plan.new else "$quiet")]
    parts += [(f"{len(plan.changed)} changed", "bold" if plan.changed else "$quiet")]
    parts += [(f"{len(plan.unchanged)} as they are", "$quiet")]
    certain = sum(pair.certain for pair in plan.duplicates)
    if certain:
        parts.append((f"⇄ {certain} twice", "$look"))
    if plan.rejected:
        parts.append((f"✕ {len(plan.rejected)} rejected", "bold $stop"))
    rows = len({problem.row for problem in preview.problems})
    if rows:
        parts.append((f"! {rows} to look at", "$look"))
    return Content(" · ").join(Content.styled(*part) for part in parts)


def problem_line(problem: Problem, width: int) -> Content:
    """Returns one thing to look at as a line: the row, and what it is."""
    where = f"row {problem.row}" if problem.row else "the file"
    mood = "bold $look" if problem.serious else "$look"
    return fitted(where, 10, "$quiet") + fitted(problem.reason, max(width - 10, 4), mood)


def entry_of(preview: Preview, row: int) -> PreviewRow | None:
    """Returns what becomes of one row of the file; None for a row with nothing in it."""
    rows = preview.raw.rows
    header = preview.columns.header_row
    if not header < row <= len(rows):
        return None
    few = [*rows[:header], rows[row - 1]]
    for read in read_entries(few, replace(preview.columns)):
        return PreviewRow(row, read.entry, read.rejected)
    return None


def entry_words(found: PreviewRow | None) -> Content:
    """Returns who comes of a row, with a question mark behind each guess."""
    if found is None:
        return Content("")
    entry = found.entry
    if entry is None:
        return shown(f"✕ Left out: {found.rejected}", "bold $stop")
    guess = Content.styled("?", "bold $look")
    name = [
        Content.styled("→ ", "bold $accent"),
        shown(entry.given_name or "–", "bold"),
        Content.styled(" | ", "$quiet"),
        shown(entry.family_name.upper() or "–", "bold"),
    ]
    if entry.name_guessed:
        name += [guess, Content.styled(" (given | family: a guess)", "$look")]
    place = " ".join(part for part in (entry.country, entry.territory) if part)
    rest = [
        shown(entry.organisation or "no authority", "$quiet"),
        Content(LEVELS[entry.level]) + (guess if entry.level_guessed else ""),
        shown(place or "no territory") + (guess if entry.territory_guessed else ""),
        shown(", ".join(entry.languages)),
    ]
    if entry.status.value != "expected":
        rest.append(shown(entry.status.value, "bold $look"))
    return Content("\n").join((Content("").join(name), Content("  ") + Content(" · ").join(rest)))


def confirm_words(preview: Preview) -> Content:
    """Returns what would be written, a line each."""
    plan = preview.plan
    lines = [Content.styled(_say(len(plan.new), "is new.", "are new."), "bold")]
    if plan.changed:
        fields = sorted({field for each in plan.changed for field in each.fields})
        words = ", ".join(fields[:5]).replace("_", " ")
        lines.append(Content(f"{_say(len(plan.changed), 'changes', 'change')}: {words}."))
    if plan.unchanged:
        lines.append(Content(_say(len(plan.unchanged), "stays as it is.", "stay as they are.")))
    certain = sum(pair.certain for pair in plan.duplicates)
    if certain:
        rows = "1 row repeats" if certain == 1 else f"{certain} rows repeat"
        lines.append(Content(f"⇄ {rows} somebody; each person is kept once."))
    if plan.rejected:
        count = len(plan.rejected)
        rows = "1 row can't be used and is" if count == 1 else f"{count} rows can't be used and are"
        lines.append(Content.styled(f"✕ {rows} left out.", "$look"))
    if plan.missing:
        lines.append(
            Content(f"{_say(len(plan.missing), 'is', 'are')} not in this list; they stay.")
        )
    lines.append(Content(""))
    lines.append(
        Content.styled("Nobody is checked in, checked out or seated anew by an import.", "$quiet")
    )
    return Content("\n").join(lines)


def report_words(report: ImportReport) -> str:
    """Returns what an import did, in one sentence."""
    if not report.new and not report.changed:
        return f"Imported: nothing is new, {report.unchanged} people stay as they are."
    words = f"Imported: {report.new} new, {report.changed} changed"
    words += f", {report.unchanged} as they were" if report.unchanged else ""
    words += f", {report.rejected} rows left out" if report.rejected else ""
    if report.still_here:
        count = len(report.still_here)
        words += f"; {count} who are here are not in the list and stay"
    return f"{words}."


def _say(count: int, one: str, many: str) -> str:
    return f"1 person {one}" if count == 1 else f"{count} people {many}"
