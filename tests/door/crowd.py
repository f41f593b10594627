"""A crowd of invented people with names as Europe has them, for searches among many."""

from __future__ import annotations

import random
import uuid

from checkin.door.codes import new_code
from checkin.door.matching import Document

# (given names, stems of family names, their endings, towns with the kind of authority they have)
_LANDS: tuple[tuple[str, str, str, str], ...] = (
    (
        "Anna Maria Katarzyna Agnieszka Zofia Jan Piotr Paweł Tomasz Michał Łukasz Grażyna",
        "Kowal Nowa Wiśniew Wójci Kamiń Lewandow Zieliń Szymań Woźnia Dąbrow Kozłow Jankow Mazur"
        " Krawczy Piotrow Grabow Pawłow Michal Królik Wieczor Jabłoń Adam Nowic Majew Stępnie",
        "ski ska owski owska ak czyk ek icz kiewicz ewicz",
        "Urząd Miasta|Gdańsk Poznań Kraków Lublin Szczecin Białystok Katowice Rzeszów Toruń",
    ),
    (
        "Anne Marie Sophie Julien Luc Élodie François Chloé Benoît Céline Hélène Gaël",
        "Dup Mart Bern Rouss Laur Lefè Mor Sim Mich Garni Fauv Bonn Franç Mercie Chevali Guéri"
        " Boye Girar Perri Cléme Gauthi Rivi Renau Gaill Barbi",
        "ont in ard eau ent vre eau on el er et eux ois at ier",
        "Ville de|Lille Amiens Nantes Lyon Toulouse Rennes Besançon Orléans Nîmes Angoulême",
    ),
    (
        "Hans Peter Jörg Ursula Käthe Günther Heike Björn Sabine Wolfgang Anneliese Jens",
        "Müll Schnei Fisch Web Mey Wagn Beck Schäf Koch Bau Richt Kleb Wolf Schröd Neumann Schwarz"
        " Zimmerm Brau Krüg Hofm Hartm Lang Werner Krau Leh",
        "er der mann ner ler inger hoff meier bauer stein",
        "Stadt|Leipzig Dresden Nürnberg Münster Lübeck Würzburg Osnabrück Göttingen Saarbrücken",
    ),
    (
        "Giulia Marco Luca Francesca Alessandro Niccolò Chiara Paolo Elisa Matteo",
        "Ross Bianc Ferrar Espos Roman Colomb Ricc Marin Grec Brun Gall Cont Costant Giord Mancin"
        " Lombard Morett Barbier Fontan Santor Carus Rinald Ferr Leon Long",
        "i o a ini etti oni elli ese ucci ato",
        "Comune di|Torino Bologna Firenze Genova Verona Padova Trieste Forlì Cosenza Bari",
    ),
    (
        "María Carmen Antonio José Lucía Íñigo Begoña Andrés Núria Jordi Martín Sofía",
        "Garc Fernánd Gonzál Rodrígu Lóp Martín Sánch Pér Góm Jimén Ruiz Hernánd Díaz Morén Álvar"
        " Muñ Rome Alons Gutiérr Navarr Torr Domíngu Vázqu Ram Gil",
        "ía ez es az o a as os era ero",
        "Ayuntamiento de|Málaga Zaragoza Gijón Murcia Alicante Cádiz Logroño Vitoria Vigo León",
    ),
    (
        "Maria Eleni Nikos Dimitris Katerina Kostas Sofia Yannis",
        "Παπα Γεωργ Νικολ Ιωανν Βασιλ Αντων Κωνσταντιν Δημητρ Αθανασ Χρηστ Μιχαηλ Καρα Στεφαν",
        "όπουλος οπούλου ίδης ίδου άκης άκη άδης ιάδης ίου",
        "Δήμος|Αθηναίων Πάτρας Ηρακλείου Λάρισας Βόλου Ιωαννίνων Καβάλας Χανίων",
    ),
    (
        "Иван Мария Георги Елена Петър Десислава Николай Радостина",
        "Иван Петр Георги Димитр Никол Стоян Тодор Ангел Колев Атанас Васил Христ Желяз Цвет",
        "ов ова ев ева овски овска чев чева",
        "Община|Пловдив Варна Бургас Русе Плевен Сливен Добрич Шумен Хасково",
    ),
    (
        "Lars Ingrid Sven Åsa Bjørn Søren Märta Jukka Päivi Øystein Kjell Aino",
        "Ander Johan Karl Nil Erik Lar Ol Per Sven Gustaf Peder Jen Christen Rasmus Jørgen Sør"
        " Mäk Virta Korho Niemi Häkkin Lind Berg Ås Strøm",
        "sson sen son qvist ström dal nen lä berg",
        "Kommune|Aarhus Odense Bergen Stavanger Malmö Västerås Tampere Oulu Tromsø Umeå",
    ),
    (
        "Ana Ivan Marko Petra Jan Zuzana László Ágnes Ioana Mihai Jānis Rūta Kristīne Tomáš",
        "Horv Nov Kov Babi Mari Nagy Szab Tót Varg Kiss Pop Ionesc Stan Duma Bērzi Kalni Kazlausk"
        " Petrausk Svobod Dvořá Černý Procház Kučer Krejč",
        "ić ač ák ová escu os a iņš as aitė ienė ec ek",
        "Grad|Zagreb Split Ljubljana Maribor Brno Ostrava Košice Szeged Pécs Cluj Iași Kaunas",
    ),
)


def crowd(number: int, seed: int = 20241009) -> list[Document]:
    """Returns `number` invented people, the same for the same seed."""
    chance = random.Random(seed)
    lands = [tuple(part.split() for part in land[:3]) + _towns(land[3]) for land in _LANDS]
    people = []
    for _ in range(number):
        givens, stems, endings, kind, towns = chance.choice(lands)
        given = chance.choice(givens)
        if chance.random() < 0.1:
            given += chance.choice(" -") + chance.choice(givens)
        family = _family(chance, stems, endings)
        town = chance.choice(towns)
        people.append(
            Document(
                str(uuid.UUID(int=chance.getrandbits(128), version=4)),
                given,
                family,
                organisation=f"{kind} {town}",
                territory=f"{town}-{chance.choice(('Nord', 'Sud', 'Centre', 'Ost'))}",
                email=f"{chance.choice('abcdefghijklm')}{chance.randrange(10**4)}@{town.lower()}.eu",
                code=new_code(chance.randrange),
            )
        )
    return people


def _towns(text: str) -> tuple[str, list[str]]:
    kind, _, towns = text.partition("|")
    return kind, towns.split()


def _family(chance: random.Random, stems: list[str], endings: list[str]) -> str:
    """A family name; a long tail of rare ones, as lists have them."""
    stem = chance.choice(stems)
    if chance.random() < 0.5:
        stem += chance.choice(("al", "en", "ov", "ar", "ink", "el", "ul", "ek", "or", "is"))
    if chance.random() < 0.4:
        stem += chance.choice("aeiou") + chance.choice("bdfgklmnprstvz")
    family = stem + chance.choice(endings)
    if chance.random() < 0.08:
        family += chance.choice("- ") + chance.choice(stems) + chance.choice(endings)
    return family
