"""Brings an older event file to today's schema, after a backup beside it.

Alembic does the work and is loaded only here, because almost no start needs it.
"""

from __future__ import annotations

from pathlib import Path

from db.backup import back_up
from db.engine import connect, said
from db.schema import SCHEMA_VERSION


def migrate(path: Path, version: int) -> Path:
    """Migrates the file at `path` from schema `version`; returns the backup made before.

    Raises EventFileError; the file is then as it was, because every step is one transaction.
    """
    from alembic import command
    from alembic.config import Config

    backup = path.with_name(f"{path.name}.before-version-{SCHEMA_VERSION}")
    count = 1
    while backup.exists():
        count += 1
        backup = path.with_name(f"{path.name}.before-version-{SCHEMA_VERSION}-{count}")
    back_up(path, backup)
    config = Config()
    config.set_main_option("script_location", "db:migrations")
    engine = connect(path)
    try:
        with (
            said(path),
            engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            config.attributes["connection"] = connection
            command.stamp(config, f"{version:04}")
            command.upgrade(config, "head")
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")
    finally:
        engine.dispose()
    return backup
