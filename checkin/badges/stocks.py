"""The stocks that badges are printed on, as data: pages, places and cut marks, in millimetres."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checkin.errors import CheckinError


@dataclass(frozen=True, slots=True)
class Stock:
    """A page and the places for badges on it, in millimetres.

    Badges stand in `columns` x `rows`, centred on the page with `gap` between them; `head` is kept
    free at the top of each badge for a clip or a slot; `mark` is the length of the cut marks, zero
    for none.
    """

    name: str
    say: str
    page_width: float
    page_height: float
    badge_width: float
    badge_height: float
    columns: int = 1
    rows: int = 1
    gap: float = 0.0
    head: float = 0.0
    mark: float = 0.0

    @property
    def per_page(self) -> int:
        """Badges on one page."""
        return self.columns * self.rows

    @property
    def left(self) -> float:
        """From the left edge of the page to the first column."""
        used = self.columns * self.badge_width + (self.columns - 1) * self.gap
        return (self.page_width - used) / 2

    @property
    def top(self) -> float:
        """From the top edge of the page to the first row."""
        used = self.rows * self.badge_height + (self.rows - 1) * self.gap
        return (self.page_height - used) / 2

    def places(self) -> Iterator[tuple[float, float]]:
        """Yields the lower left corner of each badge from the page's, row by row from the top."""
        for row in range(self.rows):
            for column in range(self.columns):
                yield (
                    self.left + column * (self.badge_width + self.gap),
                    self.page_height - self.top - (row + 1) * self.badge_height - row * self.gap,
                )


STOCKS = {
    stock.name: stock
    for stock in (
        Stock("a4-8", "A4, 8 badges of 90 x 60 mm to cut", 210, 297, 90, 60, 2, 4, mark=5),
        Stock("a6", "A6 upright, one badge a page", 105, 148, 105, 148, head=8),
        Stock("90x54", "90 x 54 mm, one badge a page", 90, 54, 90, 54),
    )
}
"""Every stock by its name on the command line."""


def stock_named(name: str) -> Stock:
    """Returns the stock called `name`; raises `CheckinError` that names those there are."""
    found = STOCKS.get(name.strip().lower())
    if found is None:
        raise CheckinError(f"There is no stock “{name}”; choose one of {', '.join(STOCKS)}.")
    return found
