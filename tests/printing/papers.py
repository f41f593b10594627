"""What the tests of printing share: reading paper, what happens to queues, who is remembered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import zxingcpp

from checkin.event.device import change_device
from tests.printing.cups import Cups


def codes_on(paper: Path) -> list[str]:
    """The codes that a reader finds on the paper, page by page."""
    found: list[str] = []
    with pypdfium2.PdfDocument(paper) as document:
        for page in document:
            image = page.render(scale=3).to_pil()
            found += [each.text for each in zxingcpp.read_barcodes(image)]
    return found


def remember(queue: str) -> None:
    change_device(lambda device: replace(device, printer=queue))


def vanish(cups: Cups) -> None:
    cups.tell("lpadmin", "-x", "Badges")


def close(cups: Cups) -> None:
    cups.tell("cupsreject", "Badges")


def another_user() -> None:
    """Makes CUPS take us for somebody whom it does not know by the socket."""
    settings = Path.home() / ".cups"
    settings.mkdir()
    (settings / "client.conf").write_text("User doorstaff\n")
