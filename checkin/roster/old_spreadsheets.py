"""Reads old .xls files in a process of their own.

The reader of this format stops short on damaged files and writes about it where the terminal's
screen is drawn. In another process it may: here that becomes one sentence. Run as a module it is
that other process: the file on standard input, the rows as JSON on standard output.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from checkin.errors import ListFileError
from checkin.roster.spreadsheets import DAMAGED, Sheet, read_sheet

LONGEST = 120
"""Seconds that an old spreadsheet may take; 65,536 rows take about two."""


MOST_MEMORY = 2 << 30
"""Bytes that the other process may take; a full sheet of 65,536 rows takes a quarter."""


def read_old_sheet(raw: bytes, *, sheet: str | None = None) -> Sheet:
    """Returns what `read_sheet` returns, for the old container. Raises `ListFileError`."""
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, os.environ.get("PYTHONPATH", "")]
    wanted = [] if sheet is None else [sheet]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "checkin.roster.old_spreadsheets", *wanted],
            input=raw,
            capture_output=True,
            timeout=LONGEST,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        )
    except subprocess.TimeoutExpired:
        raise ListFileError(
            "This spreadsheet takes too long to read; save the list alone as .xlsx or .csv."
        ) from None
    if done.returncode != 0:
        raise ListFileError(DAMAGED)
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise ListFileError(answer["refused"])
    rows = [tuple(row) for row in answer["rows"]]
    return Sheet(rows, answer["name"], tuple(answer["names"]))


def _main() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        found = read_sheet(sys.stdin.buffer.read(), sheet=next(iter(sys.argv[1:]), None))
        answer = {"rows": found.rows, "name": found.name, "names": found.names}
    except ListFileError as refusal:
        answer = {"refused": str(refusal)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _main()
