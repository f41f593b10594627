"""When the program itself fails: one line, no names on screen or in the log, all acts on disk."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from screens.crash import described, note
from tests.screens.at_the_door import demo, own_home
from tests.terminal import Terminal

_BREAKS = """
import sys
from pathlib import Path
from screens.app import CheckinApp
from screens.run import run_app

def opener():
    from checkin.event.session import open_event
    return open_event(Path(sys.argv[1]))

def breaks(self):
    name = "Anna Kowalska"
    raise ValueError(name)

CheckinApp.action_roll_call = breaks
sys.exit(run_app(opener))
"""


def test_the_log_tells_where_and_never_who() -> None:
    def inner(person: str) -> None:
        raise ValueError(f"no such person: {person}")

    with pytest.raises(ValueError, match="Kowalska") as caught:
        inner("Anna Kowalska")
    text = described(caught.value)
    assert "ValueError" in text
    assert "inner" in text
    assert "test_crash.py" in text
    assert "Kowalska" not in text


def test_a_home_that_cannot_be_written_does_not_hide_the_failure(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with own_home(blocked):
        assert note(ValueError("x")) is None


def test_a_crash_shows_one_line_and_no_traceback(tmp_path: Path) -> None:
    with own_home(tmp_path) as homes:
        event = demo(tmp_path)
        command = (sys.executable, "-c", _BREAKS, str(event))
        with Terminal(*command, environment=homes) as terminal:
            terminal.wait_for("Ready.")
            terminal.press("f9")
            assert terminal.wait_end() == 1
            written = terminal.raw.decode()
            after = written[written.rindex("\x1b[?1049l") :]
        assert "Checkin had to stop" in after
        assert "Traceback" not in written
        assert "Kowalska" not in written
        log = next(tmp_path.rglob("errors.log")).read_text()
        assert "breaks" in log
        assert "Kowalska" not in log


def test_an_event_that_cannot_be_opened_is_one_sentence_and_status_3(tmp_path: Path) -> None:
    with own_home(tmp_path) as homes:
        broken = tmp_path / "broken.checkin"
        broken.write_bytes(b"no event" * 1000)
        command = ("-m", "checkin", "--event", str(broken))
        with Terminal.python(*command, environment=homes) as terminal:
            assert terminal.wait_end() == 3
            assert "broken.checkin" in terminal.text.replace("\n", "")
            assert "Traceback" not in terminal.raw.decode()
