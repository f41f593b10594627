"""Brings an older event file to today's schema, after a backup beside it.

Alembic's operations do the work and are loaded only here, because almost no start needs them. The
version stands in the file's header alone; there is no table of versions.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from db.backup import back_up
from db.engine import connect, one_write, said
from db.errors import EventFileError
from db.folds import rebuild
from db.schema import SCHEMA_VERSION

STEPS: Final = Path(__file__).with_name("migrations")
"""The folder of Alembic's script directory: one module in `versions/` for each schema version."""


def migrate(path: Path, version: int, *, to: int = SCHEMA_VERSION, steps: Path = STEPS) -> Path:
    """Migrates the file at `path` from schema `version` to `to`; returns the backup made before.

    On an error the file is as it was, because all steps are one transaction, and no backup is left.
    """
    backup = path.with_name(f"{path.name}.before-version-{to}")
    count = 1
    while backup.exists():
        count += 1
        backup = path.with_name(f"{path.name}.before-version-{to}-{count}")
    back_up(path, backup)
    engine = connect(path)
    try:
        with said(path), engine.connect().execution_options(writes=True) as connection:
            # A table that others refer to is rebuilt by dropping it; checked before the end.
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA foreign_keys=OFF")
            with one_write(connection):
                # Another program may have been faster while this one waited for its turn.
                now = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
                if now == version:
                    _climb(connection, version, to, steps)
                    _check(connection, path)
                    connection.exec_driver_sql(f"PRAGMA user_version={to}")
    except BaseException:
        backup.unlink(missing_ok=True)
        raise
    finally:
        engine.dispose()
    return backup


def _climb(connection: Connection, version: int, to: int, steps: Path) -> None:
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    scripts = list(ScriptDirectory(str(steps)).walk_revisions(f"{version:04}", f"{to:04}"))
    with Operations.context(MigrationContext.configure(connection)):
        # Newest first, and the last is the version that the file has already.
        for script in reversed(scripts[:-1]):
            script.module.upgrade()
    # Folds are today's reading of the journal: no older step could fill them for good.
    if any(getattr(script.module, "refolds", False) for script in scripts[:-1]):
        rebuild(connection)


def _check(connection: Connection, path: Path) -> None:
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise EventFileError(
            f"{path} can't be brought up to date: parts of it refer to people who are not in it. "
            "It was left as it was."
        )
