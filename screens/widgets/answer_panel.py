"""The answer to what just happened: full width, in words, a sign and a colour, with the table.

The largest thing on the door's screen for as long as it is news. It shows one answer; which one
is news is the door's business.
"""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from checkin.door.answers import Answer, Kind
from checkin.people import Person, PersonFlag
from screens.widgets.digits import fitting
from screens.widgets.shown import shown
from screens.widgets.states import FLAGS, answer_look, display_name, where_from

MOODS = ("good", "look", "stop", "calm")


class AnswerPanel(Widget):
    """Shows one answer, or a quiet line while there is none."""

    DEFAULT_CSS = """
    AnswerPanel {
        border: round $line; border-title-color: $quiet; border-title-style: bold;
        padding: 0 2; color: $foreground;
    }
    AnswerPanel.-good { border: round $good; background: $good-ground; }
    AnswerPanel.-good { border-title-color: $background; border-title-background: $good; }
    AnswerPanel.-look { border: round $look; background: $look-ground; }
    AnswerPanel.-look { border-title-color: $background; border-title-background: $look; }
    AnswerPanel.-stop { border: round $stop; background: $stop-ground; }
    AnswerPanel.-stop { border-title-color: $background; border-title-background: $stop; }
    AnswerPanel.-calm { border: round $calm; background: $calm-ground; }
    AnswerPanel.-calm { border-title-color: $background; border-title-background: $calm; }
    """

    def __init__(self, *, idle: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self.answer: Answer | None = None
        self._idle = idle
        self._news = False
        self._waiting = 0
        self._hint = ""

    @property
    def hint(self) -> str:
        """The keys that go on from the answer, in words."""
        return self._hint

    def show(self, answer: Answer, hint: str = "") -> None:
        """Shows `answer` in its mood; `hint` names a key that goes on from it."""
        self.answer = answer
        self._hint = hint
        sign, heading, mood = answer_look(answer)
        self._take(mood, Content(f"{sign} {heading}"))

    def show_idle(self, sentence: str) -> None:
        """Shows a quiet sentence of our own instead of an answer."""
        self.answer = None
        self._idle, self._news = sentence, False
        self._take("", None)

    def show_refused(self, sentence: str) -> None:
        """Shows why nothing was done, in place of an answer that would pass for this one's."""
        self.show_said("✕ NOT DONE", sentence, "stop")

    def show_said(self, title: str, sentence: str, mood: str) -> None:
        """Shows a sentence of our own as news, in a mood; the answer before is none any more."""
        self.answer = None
        self._idle, self._news = sentence, True
        self._take(mood, Content(title))

    def _take(self, mood: str, title: Content | None) -> None:
        for name in MOODS:
            self.set_class(name == mood, f"-{name}")
        self.border_title = title
        self._show_subtitle()
        self.refresh()

    def show_waiting(self, count: int) -> None:
        """Says how many scans are still to be answered; nothing when there are none."""
        if count != self._waiting:
            self._waiting = count
            self._show_subtitle()

    def _show_subtitle(self) -> None:
        words = self._hint if self.answer is not None else ""
        if self._waiting > 1:
            words = f"{self._waiting} more to answer"
        self.border_subtitle = Content(words) if words else None

    def render(self) -> Content:
        """The panel's inside, exactly as large as the panel."""
        if self.answer is None:
            return shown(self._idle, "bold $strong" if self._news else "$quiet")
        return answer_lines(self.answer, self.content_size)


def answer_lines(answer: Answer, size: Size) -> Content:
    """Returns the answer laid out in `size` cells: words on the left, the table on the right."""
    mood = answer_look(answer)[2]
    digits: list[str] = []
    if answer.table is not None:
        digits = fitting(str(answer.table), max(size.width // 2, 14), size.height)
    digits_width = len(digits[0]) if digits else 0
    left_width = max(size.width - (digits_width + 9 if digits else 0), 20)
    left = _words(answer, left_width, size.height)
    top = max((size.height - len(digits)) // 2, 0)
    lines: list[Content] = []
    for row in range(size.height):
        words = left[row] if row < len(left) else Content("")
        if not digits:
            lines.append(words)
            continue
        line = words.truncate(left_width).pad_right(left_width - words.cell_length)
        label = "Table" if row == top else ""
        line += Content.styled(f"  {label:<7}", f"${mood}")
        if top <= row < top + len(digits):
            line += Content.styled(digits[row - top], "$strong")
        lines.append(line)
    return Content("\n").join(lines)


def _named(person: Person, said: Kind) -> Content:
    """The name, and in words what the staff should know of them that was not just said."""
    line = shown(display_name(person), "bold $strong")
    for flag in person.flags:
        if said is Kind.PROBLEM_DESK and flag is PersonFlag.PROBLEM_DESK:
            continue
        sign, words, colour = FLAGS[flag]
        line += Content.styled(f"   {sign} {words}", f"bold {colour}")
    return line


def _card_line(person: Person) -> Content:
    """Where somebody is from, and that they don't want to be photographed: another lanyard."""
    line = shown(where_from(person))
    if person.photo is False:
        line += Content(" · " if line.plain else "") + Content.styled("no photo", "bold $look")
    return line


def company_lines(answer: Answer, width: int, height: int) -> list[Content]:
    """Who of a group sits where: a line a table, or all of it run on where there is less room."""
    tables: dict[int | None, list[str]] = {}
    for table, person in sorted(answer.company, key=lambda seat: (seat[0] is None, seat[0] or 0)):
        tables.setdefault(table, []).append(display_name(person))
    parts = [
        Content.styled("no table" if table is None else f"T{table}", "bold $accent")
        + Content("  ")
        + shown(", ".join(names), "bold $strong")
        for table, names in tables.items()
    ]
    lines = [line for part in parts for line in part.wrap(width)]
    room = max(height - 3, 1)
    if len(lines) > room:
        lines = Content(" · ").join(parts).wrap(width)
    if len(lines) > room:
        lines = [*lines[: room - 1], Content.styled("... all of them are in the roster.", "$quiet")]
    return lines


def _words(answer: Answer, width: int, height: int) -> list[Content]:
    """The words of an answer in at most `height` lines: the staff's next step never drops out."""
    mood = answer_look(answer)[2]
    head: list[Content] = []
    if answer.person is not None:
        head += _named(answer.person, answer.kind).wrap(width)[:2]
        head += _card_line(answer.person).wrap(width)[:2]
    if answer.company:
        head += company_lines(answer, width, height)
    said = [shown(answer.say, "" if head else "bold $strong")] if answer.say else []
    if answer.why_table and answer.why_table not in answer.say:
        said.append(shown(answer.why_table))
    body = [line for content in said for line in content.wrap(width)]
    step = shown(f"→ {answer.next}", f"bold ${mood}").wrap(width) if answer.next else []
    room = height - len(head) - len(step)
    airy = room - len(body) >= 2
    lines = [Content("")] if airy and room - len(body) >= 3 else []
    lines += head
    if airy and head:
        lines.append(Content(""))
    lines += body[: max(room, 0)]
    return [*lines, *step][:height]
