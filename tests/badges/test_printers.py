"""What `lpstat` tells, in words; tests/printing asks a real print system."""

from __future__ import annotations

import pytest

from checkin.badges.printers import PrintSystem, Queue, read_queues, short

TOLD = """\
printer Badges is idle.  enabled since Tue 09 Mar 2027 08:00:00 CET
printer Office disabled since Tue 09 Mar 2027 07:00:00 CET -
\tOut of paper.
printer Hall now printing Hall-12.  enabled since Tue 09 Mar 2027 08:00:00 CET
system default destination: Office
"""


def test_each_queue_is_told_in_words_the_usual_one_first() -> None:
    assert read_queues(TOLD) == (
        Queue(
            "Office",
            False,
            "Office is stopped: Out of paper.",
            usual=True,
            stopped=True,
            reason="Out of paper",
        ),
        Queue("Badges", True, "Badges is ready."),
        Queue("Hall", True, "Hall is printing."),
    )


@pytest.mark.parametrize("told", ["", "lpstat: No destinations added.\n", "no system default\n\t"])
def test_no_queue_is_none(told: str) -> None:
    assert read_queues(told) == ()


def test_a_reason_can_style_nothing() -> None:
    (queue,) = read_queues("printer A disabled since x -\n\t\x1b[31mjam\x07\n")
    assert queue.say == "A is stopped: [31mjam."


def test_a_long_name_keeps_its_start_and_its_end() -> None:
    name = "Brother_QL-820NWB_" + "x" * 100 + "_second_floor"
    assert short(name) == "Brother_QL-820NWB_xxx…cond_floor"
    assert short("\x1b[31mBadges\u202e") == "[31mBadges"


def test_one_queue_is_told_as_it_is_and_of_many_the_first_are_named() -> None:
    assert PrintSystem((Queue("A", True, "A is ready."),)).in_words == "A is ready."
    many = tuple(Queue(f"Hall-{number}", True, "") for number in range(200))
    words = "Queues here: Hall-0, Hall-1, Hall-2 and 197 more."
    assert PrintSystem(many).in_words == words
