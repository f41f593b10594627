"""Signs of life from long work on a list: whoever watches may also end it there, by raising."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeVar

Progress = Callable[[int, int], None]
"""Told how many rows are done, and of how many: 0 of 0 while that is not known yet."""

Alive = Callable[[], None]
"""Told that the work goes on."""

T = TypeVar("T")

_EVERY = 2_000


def watched(items: Iterable[T], alive: Alive) -> Iterator[T]:
    """Yields the items; `alive` is called after every so many of them."""
    for number, item in enumerate(items, start=1):
        yield item
        if number % _EVERY == 0:
            alive()


def alive_at(progress: Progress | None, done: int = 0, of: int = 0) -> Alive:
    """Returns what says again and again that `done` of `of` rows are done."""
    return _unwatched if progress is None else partial(progress, done, of)


def _unwatched() -> None:
    """Nobody watches."""
