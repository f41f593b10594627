"""What a device remembers: it comes back, and nothing in it keeps the doors shut."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checkin.door.scanner_card import Letters, ScannerHabits
from checkin.event.device import Device, Sounds, change_device, this_device
from checkin.event.remembered import state_folder

HABITS = ScannerHabits(("Belgian",), Letters.CAPITALS, "]Q1", "\r\n")


def test_a_new_device_rings_for_everything_and_never_goes_blank() -> None:
    assert this_device() == Device(Sounds.ALL, blank=False, scanner=None, layouts_told=())


def test_what_is_remembered_comes_back() -> None:
    device = Device(Sounds.LOOK, blank=True, scanner=HABITS, layouts_told=("Greek",))
    assert change_device(lambda _: device) == (device, True)
    assert this_device() == device


def test_two_windows_do_not_forget_each_others_changes() -> None:
    change_device(lambda device: replace(device, sounds=Sounds.NONE))
    change_device(lambda device: replace(device, scanner=HABITS))
    assert this_device() == Device(Sounds.NONE, scanner=HABITS)


@pytest.mark.parametrize(
    "found",
    [b"", b"\xff\xfe", b"[]", b"null", b'{"sounds": "loud"}', b'{"scanner": {"layouts": 1}}',
     b'{"scanner": 7}', b'{"layouts_told": 5}', b"[" * 50_000],
)  # fmt: skip
def test_a_file_that_makes_no_sense_gives_the_defaults(found: bytes) -> None:
    (state_folder() / "this-device.json").write_bytes(found)
    assert this_device() == Device()


def test_a_place_that_can_not_be_written_is_said_and_no_failure() -> None:
    (state_folder() / "this-device.json").mkdir()
    device, kept = change_device(lambda device: replace(device, blank=True))
    assert device.blank
    assert not kept
