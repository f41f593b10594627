"""The front door: hands the command line over to the screens."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the program and leaves with its exit status."""
    from screens.opening import main as run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
