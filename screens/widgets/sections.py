"""The parts of an area on one line, with the key of each; a click opens one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an area: its id, the key that opens it, its word, and a count or a remark."""

    id: str
    key: str
    word: str
    remark: str = ""


class SectionRow(Widget):
    """Names the sections; the open one is marked."""

    DEFAULT_CSS = """
    SectionRow { height: 1; padding: 0 1; }
    """

    @dataclass
    class Asked(Message):
        """A section was clicked."""

        section: str

    def __init__(self, sections: Sequence[Section], current: str) -> None:
        super().__init__()
        self.sections = tuple(sections)
        self.current = current

    def show(self, current: str, remarks: dict[str, str] | None = None) -> None:
        """Marks the section that is open; `remarks` replace those of the sections they name."""
        self.current = current
        if remarks:
            self.sections = tuple(
                Section(each.id, each.key, each.word, remarks.get(each.id, each.remark))
                for each in self.sections
            )
        self.refresh()

    def render(self) -> Content:
        return Content("   ").join(self._word(section) for section in self.sections)

    def _word(self, section: Section) -> Content:
        open_ = section.id == self.current
        word = Content.styled(section.word, "bold underline $accent" if open_ else "")
        remark = Content.styled(f" {section.remark}", "$quiet") if section.remark else Content("")
        return Content.styled(f"{section.key} ", "$quiet") + word + remark

    def on_click(self, event: events.Click) -> None:
        """Opens the section under the pointer."""
        offset = event.get_content_offset(self)
        column = 0
        for section in self.sections:
            width = self._word(section).cell_length
            if offset is not None and column <= offset.x < column + width:
                self.post_message(self.Asked(section.id))
            column += width + 3
