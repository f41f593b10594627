"""Whether a text is badge codes and nothing else: what the fields ask while keys come in."""

from __future__ import annotations

LENGTH = 10
"""Letters of a badge code; shorter texts are not worth a look."""

SHORTEST_CARD = 30
"""Characters that arrive of the test card at least; what is typed is rarely that long."""

# The reader of scans is imported at the first key and not before the first frame.


def is_badge_code(text: str) -> bool:
    """Whether `text` is one badge code or several, through whatever keyboard layout."""
    if len(text) < LENGTH:
        return False
    from checkin.door.scanning import Form, read

    return all(reading.form is Form.CODE for reading in read(text))


def is_test_card(text: str) -> bool:
    """Whether `text` is the scanner's test card, through whatever keyboard layout."""
    if len(text) < SHORTEST_CARD:
        return False
    from checkin.door.scanner_card import learn
    from checkin.errors import RefusedError

    try:
        learn(text)
    except RefusedError:
        return False
    return True


def is_scan(text: str) -> bool:
    """Whether `text` came from a badge, well read or not; anything else was typed."""
    from checkin.door.scanning import read

    readings = read(text)
    return any(reading.looks_scanned for reading in readings)
