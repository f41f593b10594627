"""The event file: one SQLite file that holds one event. Knows nobody above it."""
