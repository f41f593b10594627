"""What every box at the tables has that tells what an act would do before it is done.

The words stand in `#price`; the act goes through the desk's line, once; the box gives the change.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.content import Content
from textual.widgets import Static

from checkin.errors import CheckinError
from checkin.tables.seating import Change, Price
from checkin.text import clean
from screens.table_more import ListBox
from screens.widgets.shown import joined, shown
from screens.working import begin

LONGEST_SENTENCE = 700
"""Letters of a sentence with several names in it."""


class ForeseenBox(ListBox[Change]):
    """Says what would change, and does it when asked; gives None when nothing was done."""

    CSS_PATH: ClassVar[str] = "foreseen.tcss"

    _doing = False

    def price_line(self) -> Static:
        """Returns the place where the words stand; compose it where it fits."""
        return Static("", id="price", markup=False)

    def say(self, sentence: str) -> None:
        """Says why something is not done, or what is still missing."""
        self.tell_words(shown(sentence, "bold $look"))

    def tell_words(self, words: Content | str) -> None:
        """Shows words in place of those that stood there."""
        self.query_one("#price", Static).update(words)

    def perform(self, act: Callable[[], Change]) -> None:
        """Does the act and closes the box; a second Enter meanwhile does nothing more."""
        if not self._doing:
            self._doing = True
            begin(self, partial(self._perform, act), group="act", exit_on_error=False)

    async def _perform(self, act: Callable[[], Change]) -> None:
        try:
            change = await self.checkin.desk_line.work(act)
        except CheckinError as error:
            self.say(str(error))
            return
        finally:
            self._doing = False
        self.checkin.desk_line.stir()
        self.dismiss(change)


def cost_words(what: str, price: Price) -> Content:
    """Returns what an act costs: `what` it is about, better or worse, and the sentence.

    A rule that would be broken, or what the points are of, stands in place of better or worse.
    """
    if price.refused:
        return shown(f"✕ Not possible: {price.refused}", "bold $stop")
    if price.first:
        return joined(shown(price.first, "bold $look"), "\n", sentence(price.say))
    difference = price.after - price.before
    sign, mood = ("▲ worse", "look") if difference > 0 else ("▼ better", "good")
    if not difference:
        sign, mood = "= the same", "calm"
    return joined(
        shown(f"{what}: {sign}, {price.before} → {price.after}", f"bold ${mood}"),
        "\n",
        sentence(price.say),
    )


def sentence(text: str) -> Content:
    """Returns a sentence with several names in it: cleaned, and longer than one name may be."""
    return Content(clean(text, LONGEST_SENTENCE))
