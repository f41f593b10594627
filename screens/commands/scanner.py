"""`checkin doctor --scanner` and `--card`: the test card shown, scanned, and what came of it said.

On a terminal the keys are read raw until they pause, because the shell's own line reading would
hide how a scan ends. Without one, standard input is what the scanner typed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

from checkin.door.scanner_card import CARD, ScannerHabits, learn
from checkin.errors import RefusedError
from checkin.event.device import change_device
from checkin.event.health import scanner_check
from screens.commands.frame import DONE, REFUSED, asked, refuse, tell

PAUSE = 0.4
"""Seconds without a key after which a scan is over; slow scanners type a key every 50 ms."""

_MOST = 4_000
_LEAVE = ("\x03", "\x04", "\x1b")


def write_card(path: Path) -> None:
    """Writes the card as a PDF and says so."""
    from checkin.papers.scanner_card import write_scanner_card

    report = write_scanner_card(path)
    tell(f"{report.file} holds the test card. Scan it in `checkin doctor --scanner`.")


def try_the_scanner() -> int:
    """Listens until the card was read, remembers what it told, says it; gives the exit status."""
    habits = _listened() if sys.stdin.isatty() else learn(_piped())
    _, kept = change_device(lambda device: replace(device, scanner=habits))
    if not kept:
        tell("It can't be remembered here: the disk takes no files. Badges are read all the same.")
    check = scanner_check(habits)
    asked().answer(
        {"checks": [asdict(check)]}, [f"{'✓' if check.ok else '!'} {check.name}  {check.say}"]
    )
    return DONE if check.ok else REFUSED


def _listened() -> ScannerHabits:
    with _raw_keys() as keyboard:
        _show_card()
        tell("Scan the card with this scanner. Esc leaves.")
        while True:
            heard = _until_pause(keyboard)
            if not heard or heard.startswith(_LEAVE):
                raise refuse("The scanner was not tested.")
            try:
                return learn(heard)
            except RefusedError as error:
                tell(str(error))


def _show_card() -> None:
    """The card beside the data: on standard error, in black on white where it is a terminal."""
    from checkin.badges.qr import half_blocks, on_white, text_matrix

    lines = half_blocks(text_matrix(CARD))
    for line in on_white(lines) if sys.stderr.isatty() else lines:
        sys.stderr.write(line + "\n")


def _piped() -> str:
    return sys.stdin.buffer.read(_MOST).decode("utf-8", "replace")


@contextmanager
def _raw_keys() -> Iterator[int]:
    """The keyboard with every key as it is sent: no echo, no line, CR and LF told apart."""
    try:
        import termios
    except ImportError:
        raise refuse("Here the scanner is tested in the app: ctrl+p, “Test the scanner”.") from None
    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    raw = termios.tcgetattr(keyboard)
    # Unlike `tty.setraw`, what is written keeps its line ends.
    raw[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.ISTRIP | termios.IXON)
    raw[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN)
    raw[6][termios.VMIN], raw[6][termios.VTIME] = 1, 0
    try:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, raw)
        yield keyboard
    finally:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)


def _until_pause(keyboard: int) -> str:
    """What is typed, up to the first pause; waits for the first key as long as it takes."""
    import os
    import select

    heard = b""
    seconds = None
    while len(heard) < _MOST and select.select([keyboard], [], [], seconds)[0]:
        more = os.read(keyboard, 1024)
        if not more:
            break
        heard += more
        seconds = PAUSE
    return heard.decode("utf-8", "replace")
