"""The large card while somebody looks for the next person: the last act's number is not theirs.

From the first typed letter the last answer is no news: it stays, small and quiet. Who is marked and
here already is shown in its place, with their table. The card follows when the keys rest, so that
it costs no keystroke anything and a scanner's burst never dims it.
"""

from __future__ import annotations

from textual.timer import Timer

from checkin.people import Person, State
from screens.door_keys import Standing, words_of
from screens.whom import Whom
from screens.widgets.answer_panel import AnswerPanel
from screens.widgets.scan_field import BURST, ScanField
from screens.widgets.scanned import is_scan


class FollowingCard(Whom):
    """The part of the door's screen that keeps the large card true while somebody searches."""

    def __init__(self) -> None:
        super().__init__()
        self._resting: Timer | None = None
        self._rested = ""
        """What stood in the field when the keys were waited for."""
        self._news_beside = ""
        """What stood in the field when the last answer came."""
        self._standing = Standing()

    @property
    def key_words(self) -> dict[str, str]:
        """The words of the last row: what each key would do now."""
        return words_of(self._standing)

    def standing(self) -> Standing:
        """Returns what stands at the door now."""
        raise NotImplementedError

    def say_keys(self) -> None:
        """Brings the last row to what the keys would do now."""
        if (standing := self.standing()) != self._standing:
            self._standing = standing
            self.refresh_bindings()

    def follow(self) -> None:
        """Brings the card to what is searched for and who is marked, once the keys rest."""
        if self._resting is None:
            self._rested = self.field.value
            self._resting = self.set_timer(BURST, self._keys_rest)

    def take_as_news(self) -> None:
        """What the card says now is news, whatever stands in the field, until the next key."""
        self._news_beside = self.field.value

    def _keys_rest(self) -> None:
        self._resting = None
        if self.field.value != self._rested:
            self.follow()
        else:
            self._follow_now()

    def _follow_now(self) -> None:
        panel, typed = self.query_one(AnswerPanel), self.field.value.strip()
        looked_up = self._looked_up()
        self.say_keys()
        if typed and self.field.value == self._news_beside:
            return
        if looked_up is not None:
            at, zone = looked_up.arrived_at, self.results.zone
            panel.show_looked_up(looked_up, f"{at.astimezone(zone):%H:%M}" if at and zone else "")
        elif typed and not self._choosing and not is_scan(typed):
            panel.show_past()
        elif not self.checkin.desk_line.busy:
            # What was asked for meanwhile will be answered; the answer before must not flash up.
            panel.show_again()

    def _looked_up(self) -> Person | None:
        """The marked person when they are here; nobody where a sentence is about the marked one."""
        person = self.results.highlighted
        if person is None or person.state is not State.HERE:
            return None
        if self._choosing and (len(self._choosing) == 1 or not self.results.stepped):
            return None
        return person

    def on_scan_field_stepped(self, _: ScanField.Stepped) -> None:
        """Another row may be marked."""
        self._news_beside = ""
        self.follow()

    def action_choose(self) -> None:
        """Marks the first of those who are asked about."""
        super().action_choose()
        self._news_beside = ""
        self.follow()
