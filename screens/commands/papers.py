"""The paper on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from screens.commands.frame import DONE, Command, asked

_KINDS = ("sign-in", "table-cards", "roll-call", "certificates", "pack")


@click.command(cls=Command)
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("out", type=click.Path(path_type=Path))
def papers_command(kind: str, out: Path) -> int:
    """Write paper to a PDF; `pack` is everything that a power cut needs.

    Example: checkin papers sign-in attendance-sheet.pdf
    """
    from checkin.papers.printing import Paper, Papers

    with asked().session() as session:
        report = Papers(session).write(Paper(kind), out)
    asked().answer(
        {"file": str(report.file), "pages": report.pages},
        [f"{report.file}: {report.pages} {'page' if report.pages == 1 else 'pages'}."],
    )
    return DONE
