"""The event's own settings: a small table of keys and JSON values that the organiser decides."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from db.schema import setting


def read_settings(connection: Connection) -> dict[str, Any]:
    """Returns every setting by its key."""
    return {row.key: json.loads(row.value) for row in connection.execute(select(setting))}


def write_settings(connection: Connection, values: Mapping[str, Any]) -> None:
    """Writes the settings in `values`; others stay as they are."""
    for key, value in values.items():
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        connection.execute(
            insert(setting)
            .values(key=key, value=text)
            .on_conflict_do_update(index_elements=["key"], set_={"value": text})
        )
