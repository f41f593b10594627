"""Migrations of the event file, one module a schema version, run by `db.migrate`."""
