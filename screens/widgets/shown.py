"""People's text on its way to the terminal: the one place where it becomes something to show.

Whatever comes out is cleaned and never parsed as markup, so no name can style, click, crash or
escape. Our own words may be styled; theirs only as a whole.
"""

from __future__ import annotations

from textual.content import Content

from checkin.text import clean


def shown(text: str, style: str = "") -> Content:
    """Returns people's `text` as one harmless line, all of it in `style`."""
    return Content.styled(clean(text), style) if style else Content(clean(text))


def fitted(text: str, width: int, style: str = "") -> Content:
    """Returns people's `text` in exactly `width` terminal cells: cut with an ellipsis, or padded.

    For columns: wide letters count as two cells.
    """
    content = shown(text, style).truncate(max(width, 0), ellipsis=True)
    return content.pad_right(max(width, 0) - content.cell_length)


def joined(*parts: Content | str) -> Content:
    """Returns the parts in a row; a plain `str` is our own words, taken literally."""
    return Content.assemble(*parts)
