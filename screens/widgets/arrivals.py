"""What is coming: who is here and due, arrivals a minute as small bars, forecast and next table.

One line of counters for the foot of the door's screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

_BARS = "▁▂▃▄▅▆▇█"


class PulseLike(Protocol):
    """The counters that the line shows (`checkin.door.desk.Pulse`)."""

    @property
    def here(self) -> int: ...
    @property
    def due(self) -> int: ...
    @property
    def rate(self) -> float: ...
    @property
    def per_minute(self) -> Sequence[int]: ...
    @property
    def next_table(self) -> int | None: ...
    @property
    def ready_words(self) -> str: ...
    @property
    def at_problem_desk(self) -> int: ...
    @property
    def full_words(self) -> str: ...


def sparkline(counts: Sequence[int]) -> str:
    """Returns one bar a count, the highest as a full block, nothing as the lowest bar."""
    most = max(counts, default=0)
    return "".join(_BARS[round(count / most * 7) if most else 0] for count in counts)


class PulseRow(Widget):
    """The counters on one line; empty until the event is read."""

    DEFAULT_CSS = """
    PulseRow { height: 1; padding: 0 1; }
    """

    @dataclass
    class Asked(Message):
        """Who waits at the problem desk?"""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pulse: PulseLike | None = None
        self._note = ""

    def show(self, pulse: PulseLike) -> None:
        """Shows the counters."""
        self._pulse = pulse
        self.refresh()

    def note(self, sentence: str) -> None:
        """Shows a sentence beside who is here and due (what is being loaded); empty: no more."""
        if sentence != self._note:
            self._note = sentence
            self.refresh()

    def on_click(self) -> None:
        """A click asks who waits at the problem desk, when somebody does."""
        if self._pulse is not None and self._pulse.at_problem_desk:
            self.post_message(self.Asked())

    def render(self) -> Content:
        if self._pulse is None:
            return Content.styled(self._note, "$quiet")
        return pulse_line(self._pulse, self.content_size.width, self._note)


def _alarms(pulse: PulseLike) -> list[Content]:
    full = [Content.styled(f"■ {pulse.full_words}", "bold $stop")] if pulse.full_words else []
    if not pulse.at_problem_desk:
        return full
    return [*full, Content.styled(f"⚑ problem desk {pulse.at_problem_desk}", "bold $look")]


def _pace(pulse: PulseLike, a_minute: str, next_table: str, bars: int) -> list[Content]:
    if round(pulse.rate) == 1:
        a_minute = a_minute.replace("arrivals", "arrival")
    parts = [
        Content.assemble(
            (f"{pulse.rate:.0f}", "bold"),
            (f" {a_minute} ", "$quiet"),
            (sparkline(pulse.per_minute[-bars:]), "$accent"),
        )
    ]
    if pulse.next_table is not None:
        parts.append(Content.assemble((next_table, "$quiet"), (str(pulse.next_table), "bold")))
    if pulse.ready_words and not pulse.full_words:
        parts.append(Content.styled(pulse.ready_words, "$quiet"))
    return parts


def pulse_line(pulse: PulseLike, width: int, note: str = "") -> Content:
    """Returns the counters in at most `width` cells; what matters least falls away first.

    A `note` stands in the place of all but who is here and due, a full room and problems.
    """
    head = [
        Content.assemble(("here ", "$quiet"), (str(pulse.here), "bold $good")),
        Content.assemble(("due ", "$quiet"), (str(pulse.due), "bold")),
        *_alarms(pulse),
    ]
    if note:
        return _run_on([*head, Content.styled(note, "$quiet")], width)
    whole = _run_on([*head, *_pace(pulse, "arrivals a minute", "next table to open: ", 10)], None)
    if whole.cell_length <= width:
        return whole
    return _run_on([*head, *_pace(pulse, "arrivals/min", "next table ", 4)], width)


def _run_on(parts: Sequence[Content], width: int | None) -> Content:
    """Returns the parts on one line, those left out that do not fit `width`."""
    line = Content("")
    for part in parts:
        longer = line + Content.styled(" · ", "$quiet") + part if line.plain else part
        if width is not None and longer.cell_length > width and line.plain:
            continue
        line = longer
    return line
