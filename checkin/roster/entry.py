"""One row of a registration list, read, cleaned and ready to be stored.

An entry holds what the program's own list format holds (CONTRACT.md) and says which of it is a
guess. It knows nothing of files, columns or the event file: `rows` makes it, the roster stores it.
"""

from __future__ import annotations

from dataclasses import dataclass

from checkin.people import Level, State

FIELDS: tuple[str, ...] = (
    "given_name",
    "family_name",
    "email",
    "organisation",
    "level",
    "territory",
    "country",
    "languages",
    "role",
    "title",
    "badge_name",
    "host",
    "step_free",
    "pin",
    "together",
    "apart",
    "photo",
    "listed",
    "diet",
    "access",
    "external_id",
)
"""The columns of the program's own list format, in its order."""

PRIVATE_FIELDS = frozenset({"diet", "access"})
"""Fields that are kept apart and never leave on a badge, board, export or log."""


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One registered person as a list names them. Every text is cleaned; absent text is empty.

    `country` is an ISO 3166 two-letter code, `languages` are ISO 639-1 codes (never empty: no
    answer means English), `registered_at` is an ISO 8601 date or time, or empty.
    `together` and `apart` name other people by e-mail or external id. `photo` and `listed` are
    `None` where nobody asked. `status` is expected, cancelled or waitlisted. `vip` and `note` are
    what the organiser says of them to the staff.
    """

    given_name: str
    family_name: str
    email: str = ""
    organisation: str = ""
    level: Level = Level.OTHER
    territory: str = ""
    country: str = ""
    languages: tuple[str, ...] = ("en",)
    role: str = ""
    title: str = ""
    badge_name: str = ""
    host: bool = False
    step_free: bool = False
    pin: int | None = None
    together: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    photo: bool | None = None
    listed: bool | None = None
    diet: str = ""
    access: str = ""
    external_id: str = ""
    status: State = State.EXPECTED
    registered_at: str = ""
    vip: bool = False
    note: str = ""
    level_guessed: bool = False
    territory_guessed: bool = False
    name_guessed: bool = False

    @property
    def full_name(self) -> str:
        """Given name, then family name, on one line."""
        return f"{self.given_name} {self.family_name}".strip()
