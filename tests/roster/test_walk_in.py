"""Who stands at the door unexpected: the form's words become an entry of the roster."""

from __future__ import annotations

import pytest

from checkin.roster.walk_in import WalkIn


@pytest.mark.parametrize(
    ("authority", "typed", "country"),
    [
        ("Consiliul Județean Cluj", "", "RO"),
        ("Stadt Köln", "", "DE"),
        ("Consiliul Județean Cluj", "Belgium", "BE"),
        ("A consultancy", "", ""),
    ],
)
def test_the_country_is_that_of_the_authority_unless_another_is_named(
    authority: str, typed: str, country: str
) -> None:
    assert WalkIn("Olga", "Marin", authority, country=typed).as_entry().country == country
