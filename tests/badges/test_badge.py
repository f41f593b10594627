"""What stands on a badge: which name is large, which role is said, how a code is read out."""

from __future__ import annotations

import pytest

from checkin.badges.badge import BadgeData, badge_text


def badge(**fields: str) -> BadgeData:
    return BadgeData(**{"code": "BCDFGHJKLN", "given_name": "", "family_name": "", **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "family", "wished", "large", "small"),
    [
        ("Anna", "Kowalska", "", "Anna", "Kowalska"),
        ("Katarzyna", "Nowak", "Kasia Nowak", "Kasia", "Nowak"),
        ("Katarzyna", "Nowak", "Kasia NOWAK", "Kasia", "NOWAK"),
        ("Katarzyna", "Nowak", "Kasia", "Kasia", ""),
        ("Katarzyna", "Nowak", "Dr. K", "Dr. K", ""),
        ("Ann", "Lee", "Annlee", "Annlee", ""),
        ("", "Kowalska", "", "Kowalska", ""),
        ("Madonna", "", "", "Madonna", ""),
    ],
)
def test_the_name_is_the_one_its_bearer_asked_for(
    given: str, family: str, wished: str, large: str, small: str
) -> None:
    text = badge_text(badge(given_name=given, family_name=family, badge_name=wished))
    assert (text.large, text.small) == (large, small)


def test_a_badge_without_a_name_shows_the_organisation_large() -> None:
    text = badge_text(badge(organisation="Stadt Köln"))
    assert (text.large, text.organisation) == ("Stadt Köln", "")


@pytest.mark.parametrize(
    ("role", "printed"),
    [("speaker", "Speaker"), ("Participant", ""), ("", ""), ("EU team", "EU team")],
)
def test_a_role_is_printed_when_it_tells_something(role: str, printed: str) -> None:
    assert badge_text(badge(given_name="A", role=role)).role == printed


def test_the_letters_of_the_code_come_in_groups() -> None:
    assert badge_text(badge(given_name="A")).letters == "BCDF GHJK LN"
