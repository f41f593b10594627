"""A disk that is really full: the act is refused, nothing of it is kept, and room mends it.

Where root or a user may mount in a namespace of their own, the disk is a small file system in
memory. In any case the same is tried with a limit on the size of files, which refuses the same
writes with another error.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from checkin.event.session import make_event
from tests.event.small_events import settings

WORKLOAD = Path(__file__).with_name("fill_the_disk.py")
ROOT = Path(__file__).resolve().parents[2]


def run(*command: str, folder: Path) -> dict[str, object]:
    """Runs the workload in a process of its own and returns what it tells."""
    done = subprocess.run(
        [*command, sys.executable, str(WORKLOAD), str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return told


def held(told: dict[str, object], say: str) -> None:
    """What must be so on every full disk."""
    assert told["acknowledged"] == told["found"]
    assert int(str(told["acknowledged"])) > 10
    refusals = told["refusals"]
    assert isinstance(refusals, list)
    assert refusals
    for sentence in refusals:
        assert say in sentence
        assert "\n" not in sentence
    assert told["after_making_room"] == "done"
    assert told["proof"] == [
        "The file is whole.",
        f"The journal's chain holds over {told['entries']} entries.",
        "What the screens show is what the journal says.",
    ]


LIMIT = ["env", "LIMIT_FILES=700000"]
LIMIT_SAYS = "it is full or fails. Nothing was written"


def test_a_full_disk_refuses_the_act_and_keeps_the_rest(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    command = small_disk(disk)
    told = run(*command or LIMIT, folder=disk)
    held(told, "The disk is full: nothing was written" if command else LIMIT_SAYS)
    if command:
        # No room for another event or for a backup either, and no half of one is left.
        assert "The disk is full" in str(told["new_event"])
        assert "The disk is full" in str(told["backup"])
        assert told["left_behind"] == []


def small_disk(folder: Path) -> list[str]:
    """Returns the command that runs another one with a disk of 1.5 MB mounted at `folder`.

    The mount is in a namespace of the process and goes away with it. Returns nothing where neither
    root nor a user may make one, as in some containers.
    """
    script = f'mount -t tmpfs -o size=1536k tmpfs "{folder}" && exec "$@"'
    for namespace in (["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]):
        if shutil.which("unshare") is None:
            break
        command = [*namespace, "sh", "-c", script, "sh"]
        if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
            return command
    return []


def test_a_limit_on_files_refuses_the_act_and_keeps_the_rest(tmp_path: Path) -> None:
    held(run(*LIMIT, folder=tmp_path), LIMIT_SAYS)


def test_an_event_that_finds_no_room_leaves_nothing(tmp_path: Path) -> None:
    """The same from within: a file size of a few pages does not do for the schema."""
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from checkin.event.session import make_event\n"
        "from checkin.errors import EventFileError\n"
        "from tests.event.small_events import settings\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "for size in range(0, 120_000, 4096):\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))\n"
        "    try: make_event(Path(sys.argv[1]), settings())\n"
        "    except EventFileError as error: assert 'full' in str(error), error\n"
        "    else: raise SystemExit('it fitted')\n"
    )
    target = tmp_path / "event.checkin"
    subprocess.run(
        [sys.executable, "-c", code, str(target)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        timeout=120,
    )
    assert os.listdir(tmp_path) == []
    make_event(target, settings())
    assert os.listdir(tmp_path) == [target.name]
