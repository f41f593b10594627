"""`checkin doctor --scanner`: the card is shown, read raw, learnt from and remembered."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import zxingcpp

from checkin.door.scanner_card import CARD, Letters
from checkin.event.device import this_device
from tests.day import command
from tests.terminal import Terminal


def test_a_scan_of_the_card_on_a_terminal_is_learnt_and_remembered() -> None:
    with Terminal.python("-m", "checkin", "doctor", "--scanner", lines=40) as terminal:
        screen = terminal.wait_for("Scan the card with this scanner.")
        assert screen.count("█") > 50
        terminal.send(CARD[:9])
        terminal.wait_for("not all of it")
        terminal.send(CARD.lower() + "\r\n")
        terminal.wait_for("CR LF. Handled")
        assert terminal.wait_end() == 0
    learnt = this_device().scanner
    assert learnt is not None
    assert (learnt.letters, learnt.suffix) == (Letters.SMALL, "\r\n")


def test_esc_leaves_and_the_terminal_is_as_it_was() -> None:
    shell = "import subprocess,sys; subprocess.run([sys.executable, '-m', 'checkin', 'doctor',"
    shell += " '--scanner']); print('line', repr(input()))"
    with Terminal.python("-c", shell, lines=40) as terminal:
        terminal.wait_for("Scan the card with this scanner.")
        terminal.press("esc")
        terminal.wait_for("not tested")
        terminal.send("abc\r")
        terminal.wait_for("line 'abc'")
    assert this_device().scanner is None


def test_what_is_piped_in_is_what_the_scanner_typed() -> None:
    done = command("doctor", "--scanner", "--json", given=(CARD + "#").encode())
    (check,) = json.loads(done.out)["checks"]
    assert (check["name"], check["ok"]) == ("scanner", False)
    assert "end each code with Enter" in check["say"]
    assert done.status == 1


def test_what_is_not_the_card_is_refused_in_one_sentence() -> None:
    done = command("doctor", "--scanner", given=b"Anna\n")
    assert done.status == 1
    assert "not the test card" in done.err
    assert done.out == ""


def test_doctor_says_what_was_learnt_of_the_scanner(demo: Path) -> None:
    def said() -> str:
        checks = command("--event", demo, "--json", "doctor").json["checks"]
        return str(next(check["say"] for check in checks if check["name"] == "scanner"))

    assert "checkin doctor --scanner" in said()
    command("doctor", "--scanner", given=(CARD + "\t").encode())
    assert "ends with TAB" in said()


def test_the_card_on_paper_is_read_by_a_decoder(tmp_path: Path) -> None:
    out = tmp_path / "card.pdf"
    done = command("doctor", "--card", out)
    assert done.status == 0
    document = pypdfium2.PdfDocument(out)
    page = document[0].render(scale=2).to_pil()
    assert [found.text for found in zxingcpp.read_barcodes(page)] == [CARD]
    document.close()
