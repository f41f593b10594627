"""A print system of a test's own: the real cupsd, with queues that write what they get into files.

It has its own folder, socket and queues, needs no rights and starts in some hundredths of a second,
so every test has a fresh one. Nothing of the computer's own print system is seen or touched.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

_SBIN = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
_DAEMONS = ("/usr/lib/cups/daemon", "/usr/libexec/cups/daemon")

_BACKENDS = {
    # Called with job, user, title, copies, options and, for what is not printed raw, the file.
    "keep": """
folder="${DEVICE_URI#keep:}"
made=0
while [ "$made" -lt "$4" ]; do
    made=$((made + 1))
    cp "$6" "$folder/.part" && mv "$folder/.part" "$folder/$PRINTER-$1-$made.pdf"
done""",
    "fire": 'echo "ERROR: The printer is on fire" >&2; exit 1',
    "empty": 'echo "INFO: Waiting for paper" >&2; exec sleep 30',
}

_FILES_CONF = """\
ServerRoot {0}/etc
ServerBin {0}/bin
RequestRoot {0}/spool
TempDir {0}/spool/tmp
CacheDir {0}/cache
StateDir {0}/state
AccessLog {0}/access.log
ErrorLog {0}/error.log
PageLog {0}/page.log
Sandboxing relaxed
"""
_CUPSD_CONF = """\
LogLevel info
Listen {0}/socket
Browsing No
WebInterface No
DefaultAuthType Basic
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
<Policy locked>
<Limit Create-Job Print-Job Send-Document>
AuthType Basic
Require valid-user
Order deny,allow
</Limit>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""


@dataclass(frozen=True, slots=True)
class MadeQueue:
    """One queue to set up. `backend` is one of those above; `message` is why it is not well."""

    name: str
    backend: str = "keep"
    stopped: bool = False
    takes: bool = True
    message: str = ""
    about: str = ""
    usual: bool = False
    policy: str = "default"
    after_failure: str = "stop-printer"

    def lines(self, folder: Path) -> str:
        kind = "DefaultPrinter" if self.usual else "Printer"
        return (
            f"<{kind} {self.name}>\nInfo {self.about}\nDeviceURI {self.backend}:{folder}\n"
            f"State {'Stopped' if self.stopped else 'Idle'}\nStateMessage {self.message}\n"
            f"Accepting {'Yes' if self.takes else 'No'}\nOpPolicy {self.policy}\n"
            f"ErrorPolicy {self.after_failure}\n</{kind}>\n"
        )


USUAL = (
    MadeQueue("Badges"),
    MadeQueue("Office", usual=True, about="Bureau d’accueil · Ευρώπη"),
    MadeQueue("Paused", stopped=True, message="Out of paper."),
    MadeQueue("Closed", takes=False, message="Moved to Office"),
    MadeQueue("Fire", "fire"),
)


@dataclass
class Cups:
    """A running cupsd; `papers` is where its printers lay what they printed."""

    folder: Path
    queues: Sequence[MadeQueue] = USUAL
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def socket(self) -> Path:
        return self.folder / "socket"

    def printed(self, queue: str) -> list[Path]:
        """What the queue has printed so far, in order."""
        return sorted((self.folder / "papers").glob(f"{queue}-*.pdf"))

    def until_printed(self, queue: str, count: int = 1) -> list[Path]:
        """Waits until that much was printed and returns it."""
        until(lambda: len(self.printed(queue)) >= count, f"{count} papers from {queue}")
        return self.printed(queue)

    def prepare(self, tools: Path) -> None:
        """Lays out the folders, programs and settings; `tools` are the daemon's own helpers."""
        for name in ("etc", "bin/backend", "bin/filter", "spool/tmp", "cache", "state", "papers"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "bin/daemon").symlink_to(tools)
        for name, body in _BACKENDS.items():
            program = self.folder / "bin/backend" / name
            program.write_text(f"#!/bin/sh\n{body}\n")
            # For the owner only: then cupsd runs it as whoever runs cupsd.
            program.chmod(0o700)
        etc = self.folder / "etc"
        (etc / "cups-files.conf").write_text(_FILES_CONF.format(self.folder))
        (etc / "cupsd.conf").write_text(_CUPSD_CONF.format(self.folder))
        papers = self.folder / "papers"
        lines = "".join(queue.lines(papers) for queue in self.queues)
        (etc / "printers.conf").write_text(lines, encoding="utf-8")

    def start(self) -> None:
        """Starts cupsd and waits until it answers."""
        etc = self.folder / "etc"
        cupsd = shutil.which("cupsd", path=_SBIN)
        assert cupsd is not None
        self._process = subprocess.Popen(
            [cupsd, "-f", "-c", str(etc / "cupsd.conf"), "-s", str(etc / "cups-files.conf")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            until(self._answers, "cupsd")
        except AssertionError:
            log = self.folder / "error.log"
            raise AssertionError(log.read_text() if log.exists() else "no cupsd, no log") from None

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as asked:
            return asked.connect_ex(str(self.socket)) == 0

    def stop(self) -> None:
        """Ends cupsd, also one that was held, with its printers."""
        if self._process is not None:
            self.go_on()
            self._process.kill()
            self._process.wait()
            self._process = None
            self.socket.unlink(missing_ok=True)

    def hold(self) -> None:
        """Makes cupsd deaf: it is called, and never answers."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Lets it answer again."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def tell(self, program: str, *arguments: str) -> None:
        """Runs one of CUPS's own tools: `cupsenable`, `cupsreject`, `lpadmin` ..."""
        found = shutil.which(program, path=_SBIN)
        assert found is not None, program
        # Some of these wait for a password on a terminal.
        subprocess.run(
            [found, *arguments],
            env={**os.environ, "CUPS_SERVER": str(self.socket)},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            check=True,
            capture_output=True,
            timeout=20,
        )


def until(condition: Callable[[], bool], what: str) -> None:
    """Waits until `condition` holds; fails after ten seconds."""
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, f"waited for {what}"
        time.sleep(0.005)


@contextmanager
def running(queues: Sequence[MadeQueue] = USUAL) -> Iterator[Cups]:
    """A cupsd with these queues; skips the test where CUPS is not installed."""
    tools = next((Path(each) for each in _DAEMONS if Path(each).is_dir()), None)
    programs = [shutil.which(name, path=_SBIN) for name in ("cupsd", "lp", "lpstat", "lpadmin")]
    if tools is None or not all(programs) or sys.platform != "linux":
        pytest.skip("CUPS is not installed (apt-get install cups-daemon cups-client)")
    # The path of a socket has to be short.
    with tempfile.TemporaryDirectory(prefix="cups-", ignore_cleanup_errors=True) as folder:
        cups = Cups(Path(folder), queues)
        cups.prepare(tools)
        try:
            cups.start()
            yield cups
        finally:
            cups.stop()
