"""A PDF from a drawing: the same bytes for the same content, whole or not at all.

Takes care of the canvas, its fonts and the file; badges and papers only draw.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from reportlab.pdfgen.canvas import Canvas

from checkin.badges import fonts
from checkin.files import whole_file

# reportlab's font objects keep a reading position; two documents at once would mix it up.
_ONE_AT_A_TIME = Lock()


def write_document(path: Path, title: str, draw: Callable[[Canvas], None]) -> None:
    """Writes what `draw` draws on a canvas to `path` as a PDF; the same drawing, the same bytes.

    `draw` sets the page sizes and ends each page with `showPage`. What it raises leaves `path` as
    it was. Raises `CheckinError` when `path` can't be written.
    """
    with _ONE_AT_A_TIME, whole_file(path) as file:
        fonts.load()
        canvas = Canvas(
            file, invariant=1, pageCompression=1, lang="en", initialFontName=fonts.REGULAR
        )
        canvas.setTitle(title)
        canvas.setAuthor("")
        canvas.setCreator("Checkin")
        draw(canvas)
        canvas.save()
