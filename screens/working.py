"""Work beside the screen, started from a function.

A worker made from a coroutine that is cancelled before its first step leaves the coroutine behind,
and Python complains about it on the terminal that people look at. Made from a function, there is
nothing yet to leave.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.dom import DOMNode
from textual.worker import WorkType


def begin(
    node: DOMNode,
    work: Callable[[], Coroutine[Any, Any, None]],
    *,
    group: str = "default",
    exclusive: bool = False,
    exit_on_error: bool = True,
) -> None:
    """Starts `work` in the background of `node`; an exclusive one takes the place of its group."""
    job: WorkType[None] = work
    node.run_worker(job, group=group, exclusive=exclusive, exit_on_error=exit_on_error)
