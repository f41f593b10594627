"""A disk that loses what was not synced: a recorded run, cut anywhere, with the worst allowed.

Fed with the system calls of a real process (as strace writes them), it knows what POSIX promises to
be on disk: a file's bytes after fsync of the file, its name after fsync of the folder. All else may
be there or not: of every write that was not synced each sector of 512 bytes by itself, of the
changes of names the first few.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512

CALLS = (
    "openat", "open", "creat", "close", "write", "pwrite64", "fsync", "fdatasync", "ftruncate",
    "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat", "dup", "dup2",
    "writev", "pwritev", "fallocate", "sendfile", "copy_file_range",
)  # fmt: skip
"""What has to be recorded."""

_UNTOLD = ("writev", "pwritev", "fallocate", "sendfile", "copy_file_range", "dup", "dup2")
"""Calls that the model does not know; a run that uses one on the event's files is not replayed."""

_LINE = re.compile(r"^(\w+)\((.*)\)\s+= (-?\d+)")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')


@dataclass(slots=True)
class Call:
    """One system call that succeeded: its name, strings, other arguments and result."""

    name: str
    strings: list[bytes]
    rest: list[str]
    result: int


def read_trace(trace: Path) -> Iterator[Call]:
    """Yields the calls of a trace written with `strace -xx`."""
    with trace.open(encoding="ascii") as lines:
        for line in lines:
            found = _LINE.match(line)
            if found is None:
                assert line.startswith(("+++", "---")) or "= ?" in line, f"not understood: {line}"
                continue
            name, arguments, result = found[1], found[2], int(found[3])
            if result < 0:
                continue
            assert "..." not in _STRING.sub("", arguments), "the trace was shortened"
            strings = [
                bytes.fromhex(text[1].replace("\\x", "")) for text in _STRING.finditer(arguments)
            ]
            rest = [part.strip() for part in _STRING.sub("", arguments).split(",")]
            yield Call(name, strings, rest, result)


@dataclass(slots=True)
class _File:
    """What is surely on disk, and what came since: (offset, bytes), or (size, None) for a cut."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def after_a_cut(self, chance: random.Random, keep: float) -> bytes:
        out = bytearray(self.durable)
        for offset, data in self.pending:
            if data is None:
                if chance.random() < keep:
                    _resize(out, offset)
                continue
            for start in range(0, len(data), SECTOR):
                if chance.random() < keep:
                    _write(out, offset + start, data[start : start + SECTOR])
        return bytes(out)

    def sync(self) -> None:
        for offset, data in self.pending:
            if data is None:
                _resize(self.durable, offset)
            else:
                _write(self.durable, offset, data)
        self.pending.clear()


def _write(content: bytearray, offset: int, data: bytes) -> None:
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def _resize(content: bytearray, size: int) -> None:
    del content[size:]
    content.extend(bytes(size - len(content)))


class LossyDisk:
    """The files of one folder while a trace is replayed into them, call by call."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._names: dict[str, _File] = {}
        self._on_disk: dict[str, _File] = {}
        self._renamed: list[tuple[str, _File | None]] = []
        self._handles: dict[int, _File | Path] = {}

    def take(self, call: Call) -> None:
        """Does what `call` did, as far as it is about this folder."""
        handle = int(call.rest[0]) if call.rest[0].isdigit() else -1
        file = self._handles.get(handle)
        if call.name in _UNTOLD:
            assert file is None, f"{call.name} on a file of the event"
        elif call.name in ("openat", "open", "creat"):
            self._open(call)
        elif call.name == "close":
            self._handles.pop(handle, None)
        elif call.name in ("fsync", "fdatasync"):
            self._sync(file)
        elif isinstance(file, _File):
            if call.name == "pwrite64":
                file.pending.append((int(call.rest[-1]), call.strings[0][: call.result]))
            elif call.name == "ftruncate":
                file.pending.append((int(call.rest[-1]), None))
            else:
                assert call.name != "write", "a write without a place on a file of the event"
        elif call.name.startswith(("unlink", "rename", "link")):
            self._rename(call)

    def _open(self, call: Call) -> None:
        path = Path(call.strings[0].decode())
        flags = " ".join(call.rest)
        if path == self.folder:
            self._handles[call.result] = path
        elif path.parent == self.folder and not path.name.endswith("-shm"):
            if path.name not in self._names:
                assert "O_CREAT" in flags
                self._name(path.name, _File())
            self._handles[call.result] = self._names[path.name]
            assert "O_TRUNC" not in flags
        else:
            # A number that was closed unseen may have been one of ours.
            self._handles.pop(call.result, None)

    def _name(self, name: str, file: _File | None) -> None:
        self._renamed.append((name, file))
        _apply(self._names, name, file)

    def _rename(self, call: Call) -> None:
        paths = [Path(text.decode()) for text in call.strings]
        names = [path.name if path.parent == self.folder else None for path in paths]
        if names[0] is None or names[0].endswith("-shm"):
            return
        file = self._names[names[0]]
        if len(names) > 1:
            assert names[1] is not None
            self._name(names[1], file)
        if not call.name.startswith("link"):
            self._name(names[0], None)

    def _sync(self, file: _File | Path | None) -> None:
        if isinstance(file, _File):
            file.sync()
        elif file == self.folder:
            self._on_disk = dict(self._names)
            self._renamed.clear()

    def cut(self, target: Path, chance: random.Random) -> None:
        """Writes to the folder `target` what a power cut at this moment may leave."""
        keep = chance.choice((0.0, 0.5, 0.9, 1.0))
        names = dict(self._on_disk)
        for name, file in self._renamed[: chance.randint(0, len(self._renamed))]:
            _apply(names, name, file)
        for name, file in names.items():
            (target / name).write_bytes(file.after_a_cut(chance, keep))
            if name.endswith("-wal"):
                # What was in shared memory is anything after a cut.
                (target / name.replace("-wal", "-shm")).write_bytes(chance.randbytes(32_768))


def _apply(names: dict[str, _File], name: str, file: _File | None) -> None:
    if file is None:
        names.pop(name, None)
    else:
        names[name] = file
