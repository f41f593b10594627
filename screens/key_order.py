"""Keys and the mouse in their order: what comes early still reaches what it was meant for.

The toolkit sends a key to whatever has the focus when the key comes in, and runs what is bound to
the key before it only later: whoever presses F2 and types on would fill the door's field. It sends
the mouse to whatever is under it, and lets a widget take hold of it only later: what is pulled
quickly would stay behind. Here, after a key or a button that may open, close, hold or move
something, what follows waits until it has done so. A scan into the door's field waits for no other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import events
from textual.dom import DOMNode
from textual.errors import NoWidget
from textual.timer import Timer
from textual.widget import Widget

from screens.widgets.scan_field import ScanField, is_text

if TYPE_CHECKING:
    from screens.app import CheckinApp

Send = Callable[[events.Event], Awaitable[None]]

LONGEST = 1.0
"""Seconds after which keys go on whatever happens: none may be lost to a screen that hangs."""

_PASSES = 4
"""How often the way up from the focus is walked at most: twice, and again for a new screen."""

_ORDERED = events.Key | events.Paste | events.MouseEvent

_EDITING = frozenset({"backspace", "delete", "left", "right", "home", "end"})
_OF_THE_FIELD = _EDITING | {"enter", "ctrl+j", "tab", "up", "down", "pageup", "pagedown"}


class KeyOrder:
    """Holds keys back for one app, for as long as the key before them is still at work."""

    def __init__(self, app: CheckinApp) -> None:
        self._app = app
        self._held: deque[tuple[events.Event, Send]] = deque()
        self._working = 0
        self._pressed: DOMNode | None = None
        self._last_resort: Timer | None = None

    async def send(self, event: events.Event, send: Send) -> None:
        """Sends `event` on its way, now or when it is its turn."""
        if not isinstance(event, _ORDERED) or event.is_forwarded:
            await send(event)
        elif self._last_resort is not None and not _of_a_widget(event):
            self._held.append((event, send))
        else:
            await self._send(event, send)

    async def _send(self, event: events.Event, send: Send) -> None:
        at = self._meant(event)
        moves = _may_move(event, at)
        if moves:
            self._pressed = at if isinstance(event, events.MouseEvent) else None
            self._working += 1
            if self._last_resort is not None:
                self._last_resort.stop()
            # Before it is sent: what it does may itself wait.
            self._last_resort = self._app.set_timer(LONGEST, self._release)
        await send(event)
        if moves:
            self._climb(at, self._working, _PASSES)

    def _meant(self, event: events.Event) -> DOMNode:
        """What the event is sent to: what holds the mouse or is under it, or the focus."""
        app = self._app
        if isinstance(event, events.MouseEvent):
            if app.mouse_captured is not None:
                return app.mouse_captured
            try:
                return app.screen.get_widget_at(event.x, event.y)[0]
            except NoWidget:
                return app.screen
        return app.focused or app.screen

    def _climb(self, node: DOMNode, turn: int, passes: int) -> None:
        """Follows the key up: each node calls back when it has seen all that came before."""
        above = node if node is self._app else node.parent
        if turn != self._working:
            return
        if node is not self._app and above is not None:
            if not node.call_later(self._climb, above, turn, passes):
                self._app.call_later(self._climb, self._app, turn, passes)
            return
        self._app.call_later(self._arrived, turn, passes - 1)

    async def _arrived(self, turn: int, passes: int) -> None:
        if turn != self._working or self._last_resort is None:
            return
        at: DOMNode = self._app.focused or self._app.screen
        if self._pressed is not None:
            # What the widget itself asked for goes up from there, whatever has the focus.
            at, self._pressed = self._pressed, None
        # Once more for what the key's own messages asked for, and until a new screen is ready.
        if passes > 0 and (passes >= _PASSES - 2 or at is self._app.screen):
            self._climb(at, turn, passes)
        else:
            await self._release()

    async def _release(self) -> None:
        if self._last_resort is not None:
            self._last_resort.stop()
            self._last_resort = None
        while self._held and self._last_resort is None:
            await self._send(*self._held.popleft())


def _of_a_widget(event: events.Event) -> bool:
    """Whether a widget pressed the key, as a clicked word of the last row does: it is no news."""
    return isinstance(event._sender, Widget)


def _may_move(event: events.Event, at: DOMNode) -> bool:
    """Whether the event may open, close or move something, so that the next one goes elsewhere."""
    if not isinstance(event, events.Key):
        return isinstance(event, events.MouseDown | events.MouseUp)
    if is_text(event):
        return False
    return event.key not in (_OF_THE_FIELD if isinstance(at, ScanField) else _EDITING)
