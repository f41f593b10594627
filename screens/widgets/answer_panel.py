"""The answer to what just happened: full width, in words, a sign and a colour, with the table.

The largest thing on the door's screen for as long as it is news. It shows one answer, the same
answer as no news any more (small and quiet, its number too), or where somebody sits who was only
looked up; which of them is right is the door's business.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from checkin.door.answers import Answer, Kind
from checkin.people import Person, PersonFlag
from screens.widgets.company import company_lines
from screens.widgets.digits import fitting
from screens.widgets.shown import shown
from screens.widgets.states import FLAGS, answer_look, display_name, in_latin, where_from

MOODS = ("good", "look", "stop", "calm")

LOOKED_UP = "Looked up only: nothing was written."
LOOKED_UP_HINT = "leaves? F5 · F8 takes a wrong check-in back"


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
        self._past = False
        self._looked_up: Person | None = None
        self._mood, self._title = "", ""

    @property
    def hint(self) -> str:
        """The keys that go on from the answer, in words."""
        return self._hint

    def show(self, answer: Answer, hint: str = "") -> None:
        """Shows `answer` in its mood; `hint` names a key that goes on from it."""
        if answer is self.answer:
            # More is known of it: it is no more news than it was.
            self._hint = hint
            self._show_subtitle()
            return
        self.answer = answer
        self._hint = hint
        sign, heading, mood = answer_look(answer)
        self._take(mood, f"{sign} {heading}")

    def show_idle(self, sentence: str) -> None:
        """Shows a quiet sentence of our own instead of an answer."""
        self.answer = None
        self._idle, self._news = sentence, False
        self._take("", "")

    def show_refused(self, sentence: str) -> None:
        """Shows why nothing was done, in place of an answer that would pass for this one's."""
        self.show_said("✕ NOT DONE", sentence, "stop")

    def show_said(self, title: str, sentence: str, mood: str) -> None:
        """Shows a sentence of our own as news, in a mood; the answer before is none any more."""
        self.answer = None
        self._idle, self._news = sentence, True
        self._take(mood, title)

    def show_past(self) -> None:
        """Shows what is shown as no news any more: nobody may take its number for the next."""
        if not self._is_news:
            self.show_again()
            return
        if self._past and self._looked_up is None:
            return
        self._past, self._looked_up = True, None
        self._dress("", Content(f"Before: {self._title}"))

    def show_looked_up(self, person: Person, since: str) -> None:
        """Shows where somebody sits who is here `since` (`20:17`, may be empty); nothing was
        done."""
        if person == self._looked_up:
            return
        self._past, self._looked_up = True, person
        self._dress("calm", Content(f"◆ IN SINCE {since}" if since else "◆ IN"))

    def show_again(self) -> None:
        """Shows what was news as it was: nothing came of what was looked for since."""
        if self._past:
            self._past, self._looked_up = False, None
            self._dress(self._mood, Content(self._title) if self._title else None)

    @property
    def is_past(self) -> bool:
        """Whether the answer is no news any more, and shown small or not at all."""
        return self._past

    @property
    def _is_news(self) -> bool:
        return self.answer is not None or self._news

    def _take(self, mood: str, title: str) -> None:
        self._past, self._looked_up = False, None
        self._mood, self._title = mood, title
        self._dress(mood, Content(title) if title else None)

    def _dress(self, mood: str, title: Content | None) -> None:
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
        if self._past:
            words = LOOKED_UP_HINT if self._looked_up is not None else ""
        if self._waiting > 1:
            words = f"{self._waiting} more to answer"
        self.border_subtitle = Content(words) if words else None

    def render(self) -> Content:
        """The panel's inside, exactly as large as the panel."""
        if self._looked_up is not None:
            return looked_up_lines(self._looked_up, self.content_size)
        if self.answer is None:
            news = self._news and not self._past
            return shown(self._idle, "bold $strong" if news else "$quiet")
        if self._past:
            return past_lines(self.answer, self.content_size)
        return answer_lines(self.answer, self.content_size)


def answer_lines(answer: Answer, size: Size) -> Content:
    """Returns the answer laid out in `size` cells: words on the left, the table on the right."""
    mood = answer_look(answer)[2]
    return _beside(lambda width: _words(answer, width, size.height), answer.table, mood, size)


def looked_up_lines(person: Person, size: Size) -> Content:
    """Returns where somebody sits who is here, laid out as an answer is."""

    def words(width: int) -> list[Content]:
        head = _named(person, Kind.WELCOME).wrap(width)[:2] + _card_line(person).wrap(width)[:2]
        lines = [Content("")] if size.height - len(head) >= 4 else []
        return [*lines, *head, Content(""), *shown(LOOKED_UP, "$quiet").wrap(width)][: size.height]

    return _beside(words, person.table, "calm", size)


def past_lines(answer: Answer, size: Size) -> Content:
    """Returns an answer that is no news any more: its words and its table, small and quiet."""
    lines = _words(answer, size.width, size.height - 1)
    if answer.table is not None:
        lines.append(Content(f"Table {answer.table}"))
    return Content("\n").join(Content.styled(line.plain, "$quiet") for line in lines)


def _beside(
    words: Callable[[int], list[Content]], table: int | None, mood: str, size: Size
) -> Content:
    """Returns words for a width with the giant number of a table on their right."""
    digits: list[str] = []
    if table is not None:
        digits = fitting(str(table), max(size.width // 2, 14), size.height)
    digits_width = len(digits[0]) if digits else 0
    left_width = max(size.width - (digits_width + 9 if digits else 0), 20)
    left = words(left_width)
    top = max((size.height - len(digits)) // 2, 0)
    lines: list[Content] = []
    for row in range(size.height):
        line = left[row] if row < len(left) else Content("")
        if not digits:
            lines.append(line)
            continue
        line = line.truncate(left_width).pad_right(left_width - line.cell_length)
        label = "Table" if row == top else ""
        line += Content.styled(f"  {label:<7}", f"${mood}")
        if top <= row < top + len(digits):
            line += Content.styled(digits[row - top], "$strong")
        lines.append(line)
    return Content("\n").join(lines)


def _named(person: Person, said: Kind) -> Content:
    """The name, and in words what the staff should know of them that was not just said."""
    line = shown(display_name(person), "bold $strong")
    if latin := in_latin(person.full_name):
        line += Content(" · ") + shown(latin, "bold $strong")
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
        line += Content(" · " if line.plain else "")
        line += Content.styled("no photos, please", "bold $look")
    return line


def _words(answer: Answer, width: int, height: int) -> list[Content]:
    """The words of an answer in at most `height` lines: the staff's next step never drops out."""
    mood = answer_look(answer)[2]
    head: list[Content] = []
    if answer.person is not None:
        head += _named(answer.person, answer.kind).wrap(width)[:2]
        head += _card_line(answer.person).wrap(width)[:2]
    elif answer.asked and answer.kind is not Kind.NEEDS_CHOICE:
        head += shown(f"“{answer.asked}”", "bold $strong").wrap(width)[:2]
    if answer.company:
        asides = 1 + (len(answer.next) // max(width, 1) + 1 if answer.next else 0)
        head += company_lines(answer.company, width, height - asides)
    said = []
    heading = answer_look(answer)[1].casefold()
    if answer.say and heading not in (answer.say.casefold(), answer.say.rstrip(".").casefold()):
        said.append(shown(answer.say, "" if head else "bold $strong"))
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
