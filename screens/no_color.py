"""A screen without a single colour, for NO_COLOR: bold, underline and reverse video say the rest.

What stands out by its ground (the marked row, the heading of an answer, the cursor) is reversed;
everything else keeps the terminal's own two colours. Signs and words carry the meaning anyway.
"""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from screens.theme import DARK, LIGHT

_STANDING_OUT = ("picked", "good", "look", "stop", "calm", "scrollbar", "scrollbar-active")
_PAPER = "#ffffff"
"""The ground of badges and codes: a scanner needs it lighter than what stands on it."""


_FAINT = 0.45
"""Difference of brightness (0 to 1) of ink and ground below which a text stands back."""


def _grounds(*names: str) -> frozenset[RichColor]:
    found = [theme.variables[name] for theme in (DARK, LIGHT) for name in names]
    return frozenset(Color.parse(each).rich_color for each in found)


_LOUD = _grounds(*_STANDING_OUT) | {Color.parse(_PAPER).rich_color}
_FIELDS = _grounds("picked")
_CURSORS = _grounds("input-cursor-background")


class WithoutColor(LineFilter):
    """Takes the colours out of every line."""

    def apply(
        self,
        segments: list[Segment],
        background: Color,  # noqa: ARG002
    ) -> list[Segment]:
        """Returns `segments` with the same text and clicks, and no colours."""
        in_a_field = False
        plain = []
        for text, style, control in segments:
            ground = style.bgcolor if style is not None else None
            if in_a_field and ground in _CURSORS:
                # On reversed ground only what is not reversed shows where the cursor is.
                plain.append(Segment(text, _underlined(style), control))
            else:
                plain.append(Segment(text, _plain(style), control))
                in_a_field = ground in _FIELDS
        return plain


@lru_cache(4096)
def _plain(style: Style | None) -> Style | None:
    if style is None:
        return None
    bare = _bare(style)
    if style.bgcolor in _LOUD:
        return bare + Style(reverse=True)
    return bare + Style(dim=True) if _faint(style) else bare


def _faint(style: Style) -> bool:
    """Whether it is meant to stand back: a hint in an empty field, a frame without the focus."""
    ink, ground = style.color, style.bgcolor
    if ink is None or ground is None or ink.triplet is None or ground.triplet is None:
        return False
    apart = Color(*ink.triplet).brightness - Color(*ground.triplet).brightness
    return abs(apart) < _FAINT


@lru_cache(64)
def _underlined(style: Style) -> Style:
    return _bare(style) + Style(underline=True)


def _bare(style: Style) -> Style:
    bare = style.without_color
    return bare + Style.from_meta(style.meta) if style.meta else bare
