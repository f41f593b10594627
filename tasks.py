"""Set up and run: what `make demo` and `make test` do, for every platform.

Needs only Python 3.11 or later. Makes `.venv` beside this file, installs the pinned requirements
(checked by hash) when they changed, then opens the demo, passes the tests, tells their coverage or
refreshes the lock.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RUN_LOCK = HERE / "requirements.txt"
TEST_LOCK = HERE / "requirements-test.txt"


def ready(lock: Path) -> None:
    """Makes the virtual environment hold what `lock` names; does nothing when it already does."""
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = VENV / f"{lock.stem}.installed"
    if PYTHON.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    print("Setting up .venv (once, a minute or two) ...", flush=True)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    run("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
        "--only-binary=:all:", "-r", str(lock))  # fmt: skip
    stamp.write_text(wanted, encoding="ascii")


def run(*arguments: str) -> None:
    """Runs the environment's Python here and leaves with its exit status when it fails."""
    status = subprocess.run([str(PYTHON), *arguments], cwd=HERE, check=False).returncode
    if status:
        raise SystemExit(status)


def demo() -> None:
    ready(RUN_LOCK)
    run("-m", "checkin", "demo")


def check() -> None:
    ready(TEST_LOCK)
    run("-m", "ruff", "format", "--check", ".")
    run("-m", "ruff", "check", ".")
    run("-m", "mypy")


def test() -> None:
    check()
    run("-m", "pytest", "-n", "auto")


def coverage() -> None:
    """Passes the tests and tells which lines none of them ran; takes twice as long."""
    ready(TEST_LOCK)
    run("-m", "pytest", "-n", "auto", "--cov", "--cov-report=term")


def lock() -> None:
    """Pins every requirement again (needs `uv` on the path); the lock names no host."""
    for target, extra in ((RUN_LOCK, []), (TEST_LOCK, ["--extra", "test"])):
        command = ["uv", "pip", "compile", "--upgrade", "--universal", "--python-version", "3.11",
                   "--generate-hashes", "--no-header", "--no-annotate", *extra,
                   "-o", target.name, "pyproject.toml"]  # fmt: skip
        subprocess.run(command, cwd=HERE, check=True, stdout=subprocess.DEVNULL)


TASKS = {"demo": demo, "test": test, "check": check, "coverage": coverage, "lock": lock}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in TASKS:
        raise SystemExit("usage: python -m tasks " + "|".join(TASKS))
    TASKS[sys.argv[1]]()
