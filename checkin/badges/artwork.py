"""One badge drawn on a canvas: name, organisation, level, country, QR code and its letters.

Everything is measured in the box it gets, so one drawing serves every stock. Text is shrunk and
wrapped, never cut; the level is a shape, a letter and a word before it is a colour.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from checkin.badges import qr
from checkin.badges.badge import BadgeData, BadgeText, badge_text
from checkin.badges.fit import LEADING, Block, Room, draw_block, fit
from checkin.badges.fonts import BOLD, CAP_HEIGHT, REGULAR, text_width
from checkin.badges.letters import printable
from checkin.people import Level

# Dark enough that white on them stays readable from a black-and-white printer.
_COLOURS = {
    Level.CITY: (0.10, 0.29, 0.56),
    Level.METROPOLIS: (0.42, 0.16, 0.46),
    Level.REGION: (0.08, 0.40, 0.27),
    Level.OTHER: (0.27, 0.30, 0.35),
}
_GREY = 0.35


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where things stand on a badge of one size, in points from its lower left corner."""

    left: float
    right: float
    top: float
    stripe: float
    qr: float
    scale: float
    tall: bool

    @property
    def width(self) -> float:
        return self.right - self.left


def draw_badge(
    canvas: Canvas,
    badge: BadgeData,
    width: float,
    height: float,
    head: float = 0.0,
    event: str = "",
) -> None:
    """Draws `badge` with its lower left corner at the origin, `width` x `height` points.

    `head` points stay free at the top. Raises `CheckinError` when the badge has no proper code.
    """
    plan = _plan(width, height, head)
    text = badge_text(badge)
    modules = qr.matrix(badge.code)
    _draw_stripe(canvas, text, plan)
    floor = plan.left + plan.stripe
    letters = 7.2 * plan.scale
    side = plan.qr
    draw_qr(canvas, modules, plan.right - side, floor + letters * 1.5, side)
    _draw_letters(
        canvas, text.letters, plan.right - side / 2, floor + letters * 0.75, letters, side
    )
    ceiling = _draw_event(canvas, printable(event), plan)
    shelf = floor + letters * 1.5 + side
    floor += 2.2 * mm * plan.scale
    beside = plan.width - side
    if plan.tall:
        _draw_names(canvas, text, plan, ceiling, shelf + 22 * mm)
        _draw_authority(canvas, text.organisation, "", plan, (shelf, shelf + 22 * mm, plan.width))
        _draw_authority(canvas, text.role, "", plan, (floor, shelf, beside))
    else:
        _draw_names(canvas, text, plan, ceiling, shelf)
        _draw_authority(canvas, text.organisation, text.role, plan, (floor, shelf, beside))


def _plan(width: float, height: float, head: float) -> _Plan:
    """Proportions of a badge; `scale` is 1 for a business card."""
    scale = min(width / (90 * mm), height / (54 * mm))
    scale = max(scale, min(1.35, height / (90 * mm)))
    edge = 4 * mm * min(scale, 1.6)
    return _Plan(
        left=edge,
        right=width - edge,
        top=height - edge - head,
        stripe=8 * mm * scale,
        qr=min(0.34 * height, 0.36 * width),
        scale=scale,
        tall=height > width,
    )


def _draw_stripe(canvas: Canvas, text: BadgeText, plan: _Plan) -> None:
    """The band at the bottom: shape, letter and word of the level, and the country."""
    height, size = plan.stripe, plan.stripe * 0.62
    canvas.setFillColorRGB(*_COLOURS[text.level])
    canvas.roundRect(plan.left, plan.left, plan.width, height, height * 0.18, stroke=0, fill=1)
    canvas.setFillGray(1)
    middle = plan.left + height / 2
    baseline = middle - size * CAP_HEIGHT / 2
    x = plan.left + height * 0.62
    _draw_sign(canvas, text.level, x, middle, size * 0.42)
    x += size * 0.8
    canvas.setFont(BOLD, size)
    canvas.drawString(x, baseline, text.letter)
    x += text_width(text.letter, BOLD, size) + size * 0.5
    canvas.setFont(REGULAR, size * 0.8)
    canvas.drawString(x, middle - size * 0.8 * CAP_HEIGHT / 2, text.word)
    x += text_width(text.word, REGULAR, size * 0.8) + size
    end = plan.right - height * 0.4
    room = Room(end - x, height, size, size * 0.4, 1)
    country = fit(text.country, BOLD, room)
    if country.lines:
        rise = country.size * CAP_HEIGHT / 2 + (len(country.lines) - 1) * country.size * LEADING / 2
        _draw_lines_right(canvas, country, end, middle - country.size * CAP_HEIGHT + rise)


def _draw_lines_right(canvas: Canvas, block: Block, right: float, baseline: float) -> None:
    canvas.setFont(block.font, block.size)
    for line in block.lines:
        canvas.drawRightString(right, baseline, line)
        baseline -= block.size * LEADING


def _draw_sign(canvas: Canvas, level: Level, x: float, y: float, r: float) -> None:
    """The level's shape round (x, y): square, diamond, triangle or disc of about radius `r`."""
    if level is Level.OTHER:
        canvas.circle(x, y, r, stroke=0, fill=1)
        return
    corners = {
        Level.CITY: ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
        Level.METROPOLIS: ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
        Level.REGION: ((-1.15, -0.9), (1.15, -0.9), (0, 1.1)),
    }[level]
    path = canvas.beginPath()
    path.moveTo(x + corners[0][0] * r, y + corners[0][1] * r)
    for across, up in corners[1:]:
        path.lineTo(x + across * r, y + up * r)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def draw_qr(canvas: Canvas, modules: qr.Matrix, x: float, y: float, side: float) -> None:
    """The code in a square of `side` points, quiet zone included; a run of modules is one shape."""
    size = len(modules)
    module = side / (size + 2 * qr.QUIET)
    path = canvas.beginPath()
    for row, line in enumerate(modules):
        bottom = y + side - (qr.QUIET + row + 1) * module
        start = 0
        while start < size:
            end = start
            while end < size and line[end]:
                end += 1
            if end > start:
                left = x + (qr.QUIET + start) * module
                path.rect(left, bottom, (end - start) * module, module)
            start = end + 1
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)


def _draw_letters(
    canvas: Canvas, letters: str, middle: float, baseline: float, size: float, width: float
) -> None:
    """The letters of the code, centred under it, for people whose scanner fails."""
    size = min(size, size * width / text_width(letters, BOLD, size))
    canvas.setFillGray(0)
    canvas.setFont(BOLD, size)
    canvas.drawCentredString(middle, baseline, letters)


def _draw_event(canvas: Canvas, event: str, plan: _Plan) -> float:
    """The event's title as one small line on top; returns where the names may begin."""
    if not event:
        return plan.top
    block = fit(event, REGULAR, Room(plan.width, 9 * plan.scale, 7 * plan.scale, 5 * plan.scale, 1))
    canvas.setFillGray(_GREY)
    draw_block(canvas, block, plan.left, plan.top)
    return float(plan.top - block.height - 1.2 * mm * plan.scale)


def _draw_names(canvas: Canvas, text: BadgeText, plan: _Plan, ceiling: float, floor: float) -> None:
    """The large and the small part of the name, across the whole badge."""
    height = ceiling - floor
    share = 0.62 if text.small else 1.0
    largest = (46 if plan.tall else 34) * plan.scale
    large = fit(text.large, BOLD, Room(plan.width, height * share, largest, 9, 2))
    room = Room(plan.width, height - large.height, min(0.72 * large.size, largest * 0.6), 8, 2)
    small = fit(text.small, REGULAR, room)
    spare = max(0.0, height - large.height - small.height)
    canvas.setFillGray(0)
    top = ceiling - min(spare / 2, 3 * mm * plan.scale)
    draw_block(canvas, large, plan.left, top)
    draw_block(canvas, small, plan.left, top - large.height)


def _draw_authority(
    canvas: Canvas, first: str, second: str, plan: _Plan, place: tuple[float, float, float]
) -> None:
    """Two texts, the first one stronger, in the middle of a place: its floor, ceiling and width."""
    floor, ceiling, width = place
    gap = 1.5 * plan.scale
    height = ceiling - floor
    below = fit(second, REGULAR, Room(width, height * 0.35, 9.5 * plan.scale, 6.5, 1))
    taken = below.height + gap if second else 0.0
    above = fit(first, BOLD, Room(width, height - taken, 12 * plan.scale, 7, 2))
    top = ceiling - (height - taken - above.height) / 2
    canvas.setFillGray(0)
    draw_block(canvas, above, plan.left, top)
    canvas.setFillGray(_GREY)
    draw_block(canvas, below, plan.left, top - above.height - gap)
