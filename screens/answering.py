"""Saying things to the staff on whatever screen is open: answers of the door, and sentences.

The door's own panel shows an answer large; on other screens, and under a modal, the same answer
comes as a note at the edge. What rings then is for `sounds`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from checkin.text import clean
from screens.widgets.states import answer_look, display_name
from screens.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from textual.app import App

    from checkin.door.answers import Answer
    from screens.app import CheckinApp

Severity = Literal["information", "warning", "error"]
_SEVERITIES: dict[str, Severity] = {"look": "warning", "stop": "error"}


def tell(
    app: App[int], sentence: str, *, title: str = "", severity: Severity = "information"
) -> None:
    """Shows a sentence at the edge of the screen; people's text in it is harmless."""
    app.notify(clean(sentence), title=clean(title), severity=severity, markup=False, timeout=8)


def refuse(app: CheckinApp, sentence: str) -> None:
    """Says why nothing was done, as large as an answer: the one before is no longer news."""
    from screens.door import DoorScreen

    door_screen = app.door_screen
    if isinstance(door_screen, DoorScreen):
        door_screen.show_refused(sentence)
    app.bells.look()
    _tell_the_small(app, "✕ NOT DONE", sentence)
    if app.screen is not door_screen:
        tell(app, sentence, severity="error")


def _tell_the_small(app: CheckinApp, title: str, words: str) -> None:
    """Brings an answer to the notice that covers a screen on a terminal that is too small."""
    for notice in app.screen.query(TooSmall):
        notice.show_news(title, words)


def announce(app: CheckinApp, answer: Answer) -> None:
    """Brings an answer to the door's screen, and to the screen that covers it."""
    from screens.door import DoorScreen

    door_screen = app.door_screen
    if isinstance(door_screen, DoorScreen):
        door_screen.show_answer(answer)
    sign, heading, mood = answer_look(answer)
    app.bells.answer(mood)
    title = f"{sign} {heading}"
    place = "" if answer.table is None else f"Table {answer.table}. "
    who = "" if answer.person is None else f"{display_name(answer.person)}. "
    _tell_the_small(app, title, f"{who}{place}{answer.next}")
    if app.screen is door_screen:
        # Notes of answers given over another area are older than what stands here now.
        for note in [each for each in app._notifications if each.title]:
            app._unnotify(note)
    else:
        table = f" · table {answer.table}. " if answer.table is not None else ". "
        name = f"{display_name(answer.person)}{table}" if answer.person is not None else ""
        words = "" if mood == "good" else f"{answer.say} {answer.next}"
        # One answer at a time: only the last is news, and a form must not be covered by notes.
        app.clear_notifications()
        tell(
            app,
            f"{name}{words}",
            title=title,
            severity=_SEVERITIES.get(mood, "information"),
        )
