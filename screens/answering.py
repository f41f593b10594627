"""Saying things to the staff on whatever screen is open: answers of the door, and sentences.

The door's own panel shows an answer large; on other screens, and under a modal, the same answer
comes as a note at the edge. Sounds are terminal bells: none for a welcome, one for a look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from checkin.text import clean
from screens.widgets.states import ANSWERS, display_name

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


def announce(app: CheckinApp, answer: Answer) -> None:
    """Brings an answer to the door's screen, and to the screen that covers it."""
    from screens.door import DoorScreen

    door_screen = app.door_screen
    if isinstance(door_screen, DoorScreen):
        door_screen.show_answer(answer)
    sign, heading, mood = ANSWERS[answer.kind]
    if app.loud and mood in _SEVERITIES:
        app.bell()
    if app.screen is not door_screen:
        table = f" · table {answer.table}" if answer.table is not None else ""
        name = f"{display_name(answer.person)}{table}. " if answer.person is not None else ""
        tell(
            app,
            f"{name}{answer.say} {answer.next}",
            title=f"{sign} {heading}",
            severity=_SEVERITIES.get(mood, "information"),
        )
