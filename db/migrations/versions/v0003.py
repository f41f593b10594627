"""Schema 3: a registration that was made at the door and undone is withdrawn, not cancelled.

No table changes; the folds are filled from the journal anew, because they read it differently.
"""

from __future__ import annotations

revision = "0003"
down_revision = "0002"

refolds = True


def upgrade() -> None:
    """Changes nothing itself."""
