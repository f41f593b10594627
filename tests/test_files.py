"""Whole files or nothing: on success, on failure, on a full disk, in odd places."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from checkin.errors import CheckinError
from checkin.files import whole_file


def write(path: Path, content: bytes) -> None:
    with whole_file(path) as file:
        file.write(content)


def test_the_file_is_there_when_the_block_ends_well(tmp_path: Path) -> None:
    write(tmp_path / "out.pdf", b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["out.pdf"]
    assert (tmp_path / "out.pdf").read_bytes() == b"new"


def test_what_was_there_stays_when_the_block_fails(tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(b"old")
    with pytest.raises(TypeError), whole_file(out) as file:
        file.writelines([b"half", "not bytes"])  # type: ignore[list-item]
    assert [file.name for file in tmp_path.iterdir()] == ["out.pdf"]
    assert out.read_bytes() == b"old"


def test_a_full_disk_is_one_sentence_and_leaves_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(CheckinError, match="no room on the disk"):
            write(out, bytes(100_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [file.name for file in tmp_path.iterdir()] == ["out.pdf"]
    assert out.read_bytes() == b"old"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CheckinError, match=r"folder .*nowhere is not there"):
        write(tmp_path / "nowhere" / "out.pdf", b"")
    with pytest.raises(CheckinError, match="is not there"):
        write(Path(__file__) / "out.pdf", b"")


def test_a_folder_or_a_device_is_not_overwritten(tmp_path: Path) -> None:
    with pytest.raises(CheckinError, match="is a folder"):
        write(tmp_path, b"")
    with pytest.raises(CheckinError, match="not a plain file"):
        write(Path("/dev/null"), b"")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.pdf").symlink_to(tmp_path / "real.pdf")
    write(tmp_path / "link.pdf", b"new")
    assert (tmp_path / "link.pdf").is_symlink()
    assert (tmp_path / "real.pdf").read_bytes() == b"new"
