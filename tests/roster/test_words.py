"""Languages, countries, authorities and answers are understood in many languages, or left out."""

from __future__ import annotations

import pytest

from checkin.people import Level, State
from checkin.roster.answers import (
    DateOrder,
    date_order,
    email_in,
    moment_of,
    references,
    says_nothing,
    state_of,
    table_number,
    yes_or_no,
)
from checkin.roster.authorities import (
    guess_level,
    guess_territory,
    is_known_territory,
    level_from_answer,
    territory_from_answer,
)
from checkin.roster.countries import country_of, in_union, name_of
from checkin.roster.languages import is_language, language_of, read_languages
from checkin.roster.matching import table


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("", ("en",)),
        ("anglais", ("en",)),
        ("EN", ("en",)),
        ("fr,en", ("fr", "en")),
        ("Englisch; Französisch", ("en", "fr")),
        ("english, french", ("en", "fr")),
        ("English and French", ("en", "fr")),
        ("angielski i polski", ("en", "pl")),
        ("ελληνικά, αγγλικά", ("el", "en")),
        ("български / английски", ("bg", "en")),
        ('["English","Français"]', ("en", "fr")),
        ("German (fluent), basic Spanish", ("de", "es")),
        ("pt-BR", ("pt",)),
        ("Deutsch, Deutsch", ("de",)),
        ("gaeilge", ("ga",)),
        ("Vlaams", ("nl",)),
    ],
)
def test_languages_are_read_as_people_write_them(cell: str, codes: tuple[str, ...]) -> None:
    assert read_languages(cell).codes == codes


def test_an_unknown_language_is_handed_back_and_means_english() -> None:
    read = read_languages("Klingon, français")
    assert (read.codes, read.unknown) == (("fr",), ("Klingon",))
    assert read_languages("Klingon").codes == ("en",)
    assert not is_language("tlh")
    assert language_of("Polnisch") == "pl"


def test_no_name_of_a_language_or_country_means_two() -> None:
    for name, exceptions in (("languages.tsv", {"romainis"}), ("countries.tsv", set())):
        seen: dict[str, str] = {}
        for code, listed, *_ in table(name):
            for word in listed.split(";"):
                key = word.casefold()
                assert key in exceptions or seen.setdefault(key, code) == code, word


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Belgique", "BE"),
        ("be", "BE"),
        ("UK", "GB"),
        ("EL", "GR"),
        ("Ελλάδα", "GR"),
        ("Česko", "CZ"),
        ("Czech Republic", "CZ"),
        ("Türkei", "TR"),
        ("The Netherlands", "NL"),
        ("Gent, België", "BE"),
        ("FRA", "FR"),
        ("България", "BG"),
        ("France and Spain", ""),
        ("Narnia", ""),
        ("", ""),
    ],
)
def test_countries_are_read_in_any_language(cell: str, code: str) -> None:
    assert country_of(cell) == code


def test_the_union_has_27_members_and_knows_its_neighbours() -> None:
    members = [row[0] for row in table("countries.tsv") if in_union(row[0])]
    assert len(members) == 27
    assert not {"GB", "CH", "NO", "TR", "IS", "UA"} & set(members)
    assert name_of("DE") == "Deutschland"
    assert name_of("??") == "??"


@pytest.mark.parametrize(
    ("organisation", "level", "territory"),
    [
        ("Stadt Köln", Level.CITY, "Nordrhein-Westfalen"),
        ("Koeln", Level.CITY, "Nordrhein-Westfalen"),
        ("Urząd Miasta Łodzi", Level.CITY, "Łódzkie"),
        ("Urząd Marszałkowski Województwa Łódzkiego", Level.REGION, "Łódzkie"),
        ("Métropole Européenne de Lille", Level.METROPOLIS, "Hauts-de-France"),
        ("Amiens Métropole", Level.METROPOLIS, "Hauts-de-France"),
        ("Région Hauts-de-France", Level.REGION, "Hauts-de-France"),
        ("Landeshauptstadt Stuttgart", Level.CITY, "Baden-Württemberg"),
        ("Verband Region Stuttgart", Level.METROPOLIS, "Baden-Württemberg"),
        ("Land Niederösterreich", Level.REGION, "Niederösterreich"),
        ("Amt der Tiroler Landesregierung", Level.REGION, "Tirol"),
        ("Ministerium des Landes Nordrhein-Westfalen", Level.REGION, "Nordrhein-Westfalen"),
        ("Ministry of Regional Development", Level.OTHER, ""),
        ("Città Metropolitana di Firenze", Level.METROPOLIS, "Toscana"),
        ("Comune di Milano", Level.CITY, "Lombardia"),
        ("Regione Toscana", Level.REGION, "Toscana"),
        ("Ayuntamiento de Málaga", Level.CITY, "Andalucía"),
        ("Junta de Andalucía", Level.REGION, "Andalucía"),
        ("Gobierno de Aragón", Level.REGION, "Aragón"),
        ("Generalitat de Catalunya", Level.REGION, "Cataluña"),
        ("Àrea Metropolitana de Barcelona", Level.METROPOLIS, "Cataluña"),
        ("Câmara Municipal do Porto", Level.CITY, "Norte"),
        ("Δήμος Θεσσαλονίκης", Level.CITY, "Κεντρική Μακεδονία"),
        ("Περιφέρεια Κεντρικής Μακεδονίας", Level.REGION, "Κεντρική Μακεδονία"),
        ("Столична община", Level.CITY, "Югозападен"),
        ("Област Варна", Level.REGION, "Североизточен"),
        ("Grad Rijeka", Level.CITY, "Primorsko-goranska"),
        ("Primorsko-goranska županija", Level.REGION, "Primorsko-goranska"),
        ("Statutární město Brno", Level.CITY, "Jihomoravský kraj"),
        ("Jihomoravský kraj", Level.REGION, "Jihomoravský kraj"),
        ("Banskobystrický samosprávny kraj", Level.REGION, "Banskobystrický kraj"),
        ("Mestna občina Ljubljana", Level.CITY, "Zahodna Slovenija"),
        ("Primăria Municipiului Cluj-Napoca", Level.CITY, "Cluj"),
        ("Consiliul Județean Cluj", Level.REGION, "Cluj"),
        ("Debrecen Megyei Jogú Város Önkormányzata", Level.CITY, "Hajdú-Bihar"),
        ("Somogy Megyei Önkormányzat", Level.REGION, "Somogy"),
        ("Gemeente Rotterdam", Level.CITY, "Zuid-Holland"),
        ("Provincie Zuid-Holland", Level.REGION, "Zuid-Holland"),
        ("Vlaamse Overheid", Level.REGION, "Vlaanderen"),
        ("Stad Gent", Level.CITY, "Vlaanderen"),
        ("Service public de Wallonie", Level.REGION, "Wallonie"),
        ("Københavns Kommune", Level.CITY, "Hovedstaden"),
        ("Göteborgs Stad", Level.CITY, "Västra Götaland"),
        ("Västra Götalandsregionen", Level.REGION, "Västra Götaland"),
        ("Tampereen kaupunki", Level.CITY, "Pirkanmaa"),
        ("Pirkanmaan liitto", Level.REGION, "Pirkanmaa"),
        ("Tallinna Linnavalitsus", Level.CITY, "Harjumaa"),
        ("Rīgas dome", Level.CITY, "Rīgas plānošanas reģions"),
        ("Vilniaus miesto savivaldybė", Level.CITY, "Vilniaus apskritis"),
        ("Kunsill Lokali Mosta", Level.CITY, "Malta"),
        ("Dublin City Council", Level.CITY, "Eastern and Midland"),
        ("Reykjavíkurborg", Level.CITY, "Höfuðborgarsvæðið"),
        ("İzmir Büyükşehir Belediyesi", Level.METROPOLIS, "İzmir"),
        ("Universität Stuttgart", Level.OTHER, "Baden-Württemberg"),
        ("Agence d'urbanisme de Lille", Level.OTHER, "Hauts-de-France"),
        ("Toscana", Level.REGION, "Toscana"),
        ("Eurocities", Level.OTHER, ""),
        ("Acme", None, ""),
        ("", None, ""),
    ],
)  # fmt: skip
def test_an_authority_s_name_tells_its_level_and_territory(
    organisation: str, level: Level | None, territory: str
) -> None:
    assert guess_level(organisation) is level
    assert guess_territory(organisation) == territory


def test_a_name_that_two_countries_share_is_decided_by_the_country() -> None:
    assert guess_territory("Provincie Limburg") == "Limburg"
    assert guess_territory("Limburg") == ""
    assert guess_territory("Limburg", "BE") == "Vlaanderen"
    assert guess_territory("Limburg", "NL") == "Limburg"
    assert guess_level("Cork County Council", "IE") is Level.CITY
    assert guess_level("Cluj County Council", "RO") is Level.REGION


def test_words_that_are_also_cities_are_believed_only_with_their_country() -> None:
    assert guess_territory("A nice association") == ""
    assert guess_territory("Métropole de Nice", "FR") == "Provence-Alpes-Côte d'Azur"
    assert guess_territory("Centre for innovation") == ""


@pytest.mark.parametrize(
    ("answer", "level"),
    [
        ("city", Level.CITY),
        ("a city", Level.CITY),
        ("Ville", Level.CITY),
        ("City / municipality", Level.CITY),
        ("Local authority", Level.CITY),
        ("Πόλη", Level.CITY),
        ("Regional authority", Level.REGION),
        ("région", Level.REGION),
        ("wojewódzki", Level.REGION),
        ("metropolitan area", Level.METROPOLIS),
        ("Une métropole", Level.METROPOLIS),
        ("R", Level.REGION),
        ("Other (please specify)", Level.OTHER),
        ("Autre", Level.OTHER),
        ("I don't know", None),
        ("", None),
    ],
)
def test_answers_about_the_level_are_read(answer: str, level: Level | None) -> None:
    assert level_from_answer(answer) is level


@pytest.mark.parametrize(
    ("answer", "territory", "guessed"),
    [
        ("hauts de france", "Hauts-de-France", False),
        ("Région Hauts-de-France", "Hauts-de-France", False),
        ("Tuscany", "Toscana", False),
        ("Judetul Cluj", "Cluj", False),
        ("województwo łódzkie", "Łódzkie", False),
        ("Lille", "Hauts-de-France", True),
        ("City of Lille", "Hauts-de-France", True),
        ("The Shire", "The Shire", False),
        ("", "", False),
    ],
)
def test_a_territory_is_spelled_alike_and_an_unknown_one_is_kept(
    answer: str, territory: str, guessed: bool
) -> None:
    assert territory_from_answer(answer) == (territory, guessed)


def test_every_territory_of_the_table_is_found_by_its_own_name() -> None:
    for country, territory, *_ in table("regions.tsv"):
        name = territory.lstrip("~")
        assert territory_from_answer(name, country) == (name, False)
        assert is_known_territory(name)
    assert not is_known_territory("The Shire")


# Short answers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("yes", True),
        ("Oui", True),
        ("✓", True),
        ("1", True),
        ("да", True),
        ("Yes, I agree to be photographed", True),
        ("no", False),
        ("Nein", False),
        ("Όχι", False),
        ("I do not agree to photographs", False),
        ("perhaps", None),
        ("", None),
    ],
)
def test_yes_and_no_are_read(answer: str, said: bool | None) -> None:
    assert yes_or_no(answer) is said


def test_an_answer_that_says_nothing_is_known() -> None:
    assert all(map(says_nothing, ("none", "N/A", "aucune", "Keine", "brak", "-", "няма")))
    assert not any(map(says_nothing, ("vegan", "no nuts", "")))


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("Attending", State.EXPECTED),
        ("complete", State.EXPECTED),
        ("Cancelled", State.CANCELLED),
        ("Annulé", State.CANCELLED),
        ("storniert", State.CANCELLED),
        ("Liste d'attente", State.WAITLISTED),
        ("Pending", State.WAITLISTED),
        ("purple", None),
    ],
)
def test_states_of_registrations_are_read(answer: str, state: State | None) -> None:
    assert state_of(answer) is state


@pytest.mark.parametrize(
    ("answer", "number"),
    [("4", 4), ("T4", 4), ("Table 12", 12), ("0", None), ("1000", None), ("4 or 5", None)],
)
def test_table_numbers_are_from_1_to_999(answer: str, number: int | None) -> None:
    assert table_number(answer) == number


@pytest.mark.parametrize(
    ("answer", "moment"),
    [
        ("2024-09-19 10:12:44", "2024-09-19T10:12:44"),
        ("2024-09-19T10:12:44Z", "2024-09-19T10:12:44"),
        ("19/09/2024 10:12", "2024-09-19T10:12:00"),
        ("19.09.2024", "2024-09-19"),
        ("2024/09/03 10:00:00 AM MEZ", "2024-09-03T10:00:00"),
        ("31/02/2024", ""),
        ("soon", ""),
    ],
)
def test_moments_become_iso(answer: str, moment: str) -> None:
    assert moment_of(answer) == moment


def test_american_dates_are_known_by_a_month_that_is_none() -> None:
    assert date_order(["9/3/2024", "9/19/2024"]) is DateOrder.MONTH_FIRST
    assert date_order(["9/3/2024"]) is DateOrder.DAY_FIRST
    assert date_order(["19/9/2024"]) is DateOrder.DAY_FIRST
    assert moment_of("9/19/2024 3:05 PM", DateOrder.MONTH_FIRST) == "2024-09-19T15:05:00"


def test_addresses_and_references_are_found_in_what_surrounds_them() -> None:
    assert email_in("Zoë <zoe@example.org>") == "zoe@example.org"
    assert email_in("zoe at example.org") == ""
    assert references("a@example.org; b@example.org c@example.org, R-001") == (
        "a@example.org",
        "b@example.org",
        "c@example.org",
        "R-001",
    )
    assert references("-") == ()
