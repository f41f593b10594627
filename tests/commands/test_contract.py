"""Every command's JSON has the keys and types of CONTRACT.md, and its plain text says the same."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from tests.day import Done, command, make_day, who

NONE = type(None)

PERSON = {
    "id": str, "code": str, "given_name": str, "family_name": str, "organisation": str,
    "level": str, "territory": str, "country": str, "languages": list, "role": str, "state": str,
    "table": (int, NONE), "arrived_at": (str, NONE),
}  # fmt: skip
ANSWER = {
    "answer": str, "person": (dict, NONE), "table": (int, NONE), "why_table": (str, NONE),
    "say": str, "next": str, "first_at": (str, NONE), "first_desk": (str, NONE),
    "journal_id": (str, NONE), "choices": list,
}  # fmt: skip
ANSWERS = {
    "welcome", "already_in", "own_repeat", "replaced", "other_event", "foreign_code",
    "unknown_name", "cancelled", "waitlisted", "not_yet", "too_late", "full", "needs_choice",
    "welcome_back", "left", "undone", "nothing_to_undo",
}  # fmt: skip


def of_shape(document: Any, shape: dict[str, Any]) -> None:
    """Asserts that `document` has every key of `shape`, with a value of its type."""
    assert isinstance(document, dict)
    for key, wanted in shape.items():
        assert key in document, key
        assert isinstance(document[key], wanted), (key, document[key])
        assert not (wanted is int and isinstance(document[key], bool)), key


def a_person(document: Any) -> None:
    of_shape(document, PERSON)
    assert set(document) >= set(PERSON)
    assert document["level"] in ("city", "metropolis", "region", "other")
    assert document["state"] in ("expected", "here", "left", "cancelled", "waitlisted")
    assert all(len(language) == 2 for language in document["languages"])
    if document["arrived_at"]:
        assert dt.datetime.fromisoformat(document["arrived_at"]).tzinfo


def an_answer(document: Any) -> None:
    of_shape(document, ANSWER)
    assert document["answer"] in ANSWERS
    assert document["say"]
    if document["person"]:
        a_person(document["person"])
    for person in document["choices"]:
        a_person(person)


def run(path: Path, *arguments: str | Path, given: bytes = b"") -> Done:
    done = command("--event", path, "--json", *arguments, given=given)
    assert "Something went wrong" not in done.err
    return done


# ---- the event


def test_demo_tells_its_file_and_its_registrations(tmp_path: Path) -> None:
    done = command("demo", "--no-open", "--json", tmp_path / "d.checkin")
    assert done.json == {"event": str(tmp_path / "d.checkin"), "registered": 62}
    assert done.status == 0


def test_demo_without_a_file_finds_a_place_of_its_own(a_home_of_its_own: Path) -> None:
    done = command("demo", "--no-open", "--json")
    assert Path(done.json["event"]).is_file()
    assert str(a_home_of_its_own) in done.json["event"]
    assert command("status", "--json").json["registered"] == 62


def test_new_tells_what_was_made(tmp_path: Path) -> None:
    done = command(
        "new", tmp_path / "n.checkin", "--title", "Łódź & Œuvre", "--date", "2027-03-10", "--start",
        "10:00", "--end", "15:30", "--timezone", "Europe/Warsaw", "--venue", "EC1", "--tables", "8",
        "--seats", "6", "--minimum", "4", "--capacity", "40", "--no-show", "0.3", "--json",
    )  # fmt: skip
    assert done.status == 0, done.err
    assert done.json["event"] == str(tmp_path / "n.checkin")
    status = run(tmp_path / "n.checkin", "status").json
    assert (status["title"], status["date"], status["mark"]) == (
        "Łódź & Œuvre",
        "2027-03-10",
        "LIVE",
    )


@pytest.mark.parametrize(
    "wrong",
    [
        ("--date", "10 March"), ("--start", "25:00"), ("--timezone", "Mars/Olympus"),
        ("--tables", "0"), ("--no-show", "1.5"), ("--seats", "many"), ("--capacity", "0"),
        ("--end", "08:00"), ("--title", " \u200b "), ("--minimum", "99"),
    ],
)  # fmt: skip
def test_new_refuses_what_can_not_be_and_makes_nothing(
    tmp_path: Path, wrong: tuple[str, str]
) -> None:
    values = {"--title": "T", "--date": "2027-03-10"} | {wrong[0]: wrong[1]}
    words = [word for pair in values.items() for word in pair]
    done = command("new", tmp_path / "n.checkin", *words)
    assert done.status in (1, 2)
    assert done.out == ""
    assert len(done.err.strip().splitlines()) in (1, 3)
    assert list(tmp_path.iterdir()) == []


def test_status_counts(demo: Path) -> None:
    status = run(demo, "status").json
    of_shape(
        status,
        {"registered": int, "here": int, "left": int, "expected": int, "cancelled": int,
         "waitlisted": int, "per_minute": list, "forecast": dict, "tables_in_use": int,
         "title": str, "mark": str},
    )  # fmt: skip
    assert (status["registered"], status["here"], status["mark"]) == (62, 0, "TEST")
    run(demo, "in", who(demo, "Anna Kowalska").code)
    status = run(demo, "status").json
    assert (status["here"], status["expected"], sum(status["per_minute"])) == (1, 61, 1)


def test_verify_tells_that_the_event_is_whole(demo: Path) -> None:
    done = run(demo, "verify")
    assert done.json == {"ok": True, "entries": 2, "first_bad": None}
    assert done.status == 0


def test_verify_names_the_first_bad_entry(demo: Path) -> None:
    import sqlite3

    anna = who(demo, "Anna Kowalska")
    bad = run(demo, "in", anna.code).json["journal_id"]
    run(demo, "out", anna.code)
    with sqlite3.connect(demo) as connection:
        connection.execute("DROP TRIGGER journal_is_never_updated")
        connection.execute("UPDATE journal SET at='2020-01-01T00:00:00.000Z' WHERE id=?", (bad,))
    connection.close()
    done = run(demo, "verify")
    assert done.status == 1
    assert done.json["ok"] is False
    assert done.json["first_bad"] == bad
    assert bad in command("--event", demo, "verify").out


def test_verify_finds_a_fold_that_lies_and_rebuild_mends_it(demo: Path) -> None:
    import sqlite3

    run(demo, "in", who(demo, "Anna Kowalska").code)
    with sqlite3.connect(demo) as connection:
        connection.execute("UPDATE presence SET state='left'")
    connection.close()
    assert run(demo, "verify").json["ok"] is False
    assert run(demo, "verify", "--rebuild").json["ok"] is True
    assert run(demo, "status").json["here"] == 1


def test_doctor_names_each_check(demo: Path) -> None:
    done = run(demo, "doctor")
    checks = done.json["checks"]
    for check in checks:
        of_shape(check, {"name": str, "ok": bool, "say": str})
    names = {check["name"] for check in checks}
    assert {"clock", "disk", "printer", "scanner", "sqlite", "backup"} <= names
    assert done.status == (0 if all(check["ok"] for check in checks) else 1)


def test_doctor_is_content_after_a_backup(demo: Path, tmp_path: Path) -> None:
    backup = {c["name"]: c["ok"] for c in run(demo, "doctor").json["checks"]}["backup"]
    assert backup is False
    run(demo, "backup", tmp_path / "b.checkin")
    done = run(demo, "doctor")
    wrong = {check["name"] for check in done.json["checks"] if not check["ok"]}
    assert wrong <= {"printer"}, "whether a print system runs is this machine's business"
    assert done.status == (1 if wrong else 0)


def test_a_backup_holds_the_day_and_proves_that_it_restores(demo: Path, tmp_path: Path) -> None:
    run(demo, "in", who(demo, "Anna Kowalska").code)
    done = run(demo, "backup", tmp_path / "b.checkin")
    assert done.json == {"file": str(tmp_path / "b.checkin"), "entries": 3}
    assert run(tmp_path / "b.checkin", "status").json["here"] == 1
    done = command("--json", "restore-test", tmp_path / "b.checkin")
    of_shape(done.json, {"file": str, "entries": int, "ok": bool})
    assert (done.status, done.json["ok"]) == (0, True)
    assert command("backup", tmp_path / "b.checkin", "--event", demo).status != 0


def test_restore_test_needs_no_event_and_refuses_what_is_none(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("hello")
    assert command("restore-test", tmp_path / "x").status == 3
    assert command("restore-test", tmp_path / "nothing").status == 3


# ---- the list


LIST = "given_name,family_name,organisation,email\nIda,Holm,Oslo kommune,ida@oslo.example\n"


def test_import_tells_rows_columns_and_what_is_new(day: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(LIST, encoding="utf-8")
    document = run(day, "import", listed).json
    of_shape(
        document,
        {"rows": int, "new": int, "changed": int, "unchanged": int, "duplicates": list,
         "rejected": list, "columns": dict, "unmapped": list, "encoding": str, "delimiter": str,
         "header_row": int},
    )  # fmt: skip
    assert (document["rows"], document["new"]) == (1, 1)
    assert document["columns"]["email"] == "email"
    again = run(day, "import", listed).json
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 1)


def test_a_dry_run_writes_nothing(day: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(LIST, encoding="utf-8")
    before = run(day, "people").out, run(day, "verify").out
    assert run(day, "import", listed, "--dry-run").json["new"] == 1
    assert (run(day, "people").out, run(day, "verify").out) == before


def test_a_list_imported_again_leaves_arrivals_seats_and_badges(day: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(LIST, encoding="utf-8")
    run(day, "import", listed)
    ida = who(day, "Ida Holm")
    run(day, "in", ida.code)
    seat = who(day, "Ida Holm").table
    listed.write_text(LIST.replace("Oslo kommune", "Bergen kommune"), encoding="utf-8")
    assert run(day, "import", listed).json["changed"] == 1
    after = who(day, "Ida Holm")
    assert after.organisation == "Bergen kommune"
    assert (after.code, after.table, after.state.value) == (ida.code, seat, "here")


def test_somebody_here_who_is_no_longer_listed_stays_and_is_told_of(
    day: Path, tmp_path: Path
) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(LIST, encoding="utf-8")
    run(day, "import", listed)
    run(day, "in", who(day, "Ida Holm").code)
    listed.write_text(LIST.replace("Ida,Holm", "Per,Lie").replace("ida@", "per@"), encoding="utf-8")
    done = run(day, "import", listed)
    assert "Ida Holm is here" in done.err
    assert who(day, "Ida Holm").state.value == "here"


def test_import_prints_its_own_format() -> None:
    done = command("import", "--template")
    assert done.status == 0
    assert done.out.startswith("given_name,family_name,email,organisation,level,territory,country")


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 400, b"%PDF-1.7\n%\xe2\xe3", None])
def test_what_is_no_list_is_status_4_and_one_sentence(
    day: Path, tmp_path: Path, content: bytes | None
) -> None:
    listed = tmp_path / "list.csv"
    if content is not None:
        listed.write_bytes(content)
    done = run(day, "import", listed)
    assert done.status == 4, (done.out, done.err)
    assert done.out == ""
    assert len(done.err.strip().splitlines()) == 1


# ---- people


def test_find_lists_the_best_first(demo: Path) -> None:
    done = run(demo, "find", "kowal")
    assert done.json["query"] == "kowal"
    assert len(done.json["matches"]) == 3
    for person in done.json["matches"]:
        a_person(person)
    assert len(run(demo, "find", "kowal", "--limit", "1").json["matches"]) == 1
    done = run(demo, "find", "zzzqqq")
    assert (done.status, done.json["matches"]) == (1, [])


def test_people_lists_those_who_are_asked_for(demo: Path) -> None:
    anna = who(demo, "Anna Kowalska")
    run(demo, "in", anna.code)
    here = run(demo, "people", "--here").json["people"]
    expected = run(demo, "people", "--expected").json["people"]
    every = run(demo, "people", "--all").json["people"]
    assert [person["id"] for person in here] == [anna.id]
    assert (len(expected), len(every)) == (61, 62)
    assert run(demo, "people").json["people"] == every
    for person in every:
        a_person(person)


def test_roll_call_tells_who_is_inside(day: Path) -> None:
    run(day, "in", who(day, "Marc Lefèvre").code)
    run(day, "in", who(day, "Anna Kowalska").code)
    document = run(day, "roll-call").json
    assert document["inside"] == 2
    for person in document["people"]:
        a_person(person)
    plain = command("--event", day, "roll-call").out
    assert "2 inside" in plain
    assert "wheelchair" not in plain + json.dumps(document)


# ---- the door


def test_acts_at_the_door_answer_with_an_answer(demo: Path) -> None:
    anna, jan = who(demo, "Anna Kowalska"), who(demo, "Jan Kowalczyk")
    for arguments, kind, status in [
        (("in", anna.code), "welcome", 0),
        (("in", anna.id), "own_repeat", 0),
        (("out", "anna", "kowalska"), "left", 0),
        (("undo",), "undone", 0),
        (("undo",), "nothing_to_undo", 1),
        (("in", "kowal"), "needs_choice", 1),
        (("in", "zzz", "qqq"), "unknown_name", 1),
        (("in", "BCDFGHJKLN"), "foreign_code", 1),
        (("walk-in", "--given", "Ada", "--family", "Nováková", "--organisation", "Brno",
          "--territory", "Jihomoravský", "--level", "city", "--languages", "cs,en"), "welcome", 0),
        (("substitute", jan.code, "--given", "Ewa", "--family", "Zając"), "welcome", 0),
        (("in", jan.code), "replaced", 1),
    ]:  # fmt: skip
        done = run(demo, *arguments)
        an_answer(done.json)
        assert (done.json["answer"], done.status) == (kind, status), (arguments, done.out)


def test_a_substitute_is_told_in_whose_place_they_come(day: Path) -> None:
    arguments = ("substitute", "marc", "lefèvre", "--given", "Ewa", "--family", "Zając")
    done = command("--event", day, *arguments)
    assert done.out.splitlines()[0] == "Welcome, Ewa Zając, in place of Marc Lefèvre."


def test_a_text_that_fits_several_lists_them_to_choose_from(demo: Path) -> None:
    done = run(demo, "out", "kowal")
    assert done.json["answer"] == "needs_choice"
    assert len(done.json["choices"]) == 3
    assert done.json["person"] is None


def test_plain_answers_tell_name_table_reason_and_next_step(demo: Path) -> None:
    anna = who(demo, "Anna Kowalska")
    done = command("--event", demo, "in", anna.code)
    say, table, *_ = done.out.splitlines()
    assert say == "Welcome, Anna Kowalska."
    assert table.startswith("Table ")
    done = command("--event", demo, "--desk", "B", "in", anna.code)
    assert "since" in done.out
    assert done.err == ""


def test_walk_in_without_a_name_is_refused_and_registers_nobody(demo: Path) -> None:
    done = run(demo, "walk-in", "--given", "\u200b", "--family", " ")
    assert done.status == 1
    assert run(demo, "status").json["registered"] == 62
    done = run(demo, "walk-in", "--given", "A", "--family", "B", "--level", "planet")
    assert done.status == 1
    assert "planet is no level" in done.err
    assert run(demo, "status").json["registered"] == 62


def test_an_override_needs_who_and_why(day: Path) -> None:
    piet = who(day, "Piet de Vries").code
    for words in (["--override", "why"], ["--by", "who"], ["--override", "", "--by", ""]):
        assert run(day, "in", piet, *words).status == 2
    done = run(day, "in", piet, "--override", "friend", "--by", "Ada")
    assert done.json["answer"] == "welcome"


# ---- badges, papers, tables, exports


def test_badges_tell_file_badges_and_pages(demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "b.pdf"
    assert run(demo, "badges", out).json == {"file": str(out), "badges": 62, "pages": 8}
    done = run(demo, "badges", tmp_path / "none.pdf", "--unprinted")
    assert (done.status, done.json["badges"]) == (1, 0)
    done = run(demo, "badges", out, "kowalska", "--stock", "90x54")
    assert done.json["badges"] == 1
    assert run(demo, "badges", out, "--stock", "a0").status in (1, 2)
    assert run(demo, "badges", out, "kowalska", "--all").status == 2
    assert run(demo, "badges", tmp_path / "no" / "b.pdf", "kowalska").status != 0


def test_qr_tells_the_code(demo: Path) -> None:
    anna = who(demo, "Anna Kowalska")
    assert run(demo, "qr", "anna", "kowalska").json == {"code": anna.code}
    plain = command("--event", demo, "qr", anna.code).out
    assert plain.splitlines()[-1] == anna.code
    assert "\x1b" not in plain


@pytest.mark.parametrize("kind", ["sign-in", "table-cards", "roll-call", "certificates", "pack"])
def test_papers_tell_file_and_pages(demo: Path, tmp_path: Path, kind: str) -> None:
    run(demo, "in", who(demo, "Anna Kowalska").code)
    out = tmp_path / f"{kind}.pdf"
    done = run(demo, "papers", kind, out)
    assert done.status == 0, done.err
    assert done.json["file"] == str(out)
    assert done.json["pages"] >= 1
    assert out.read_bytes().startswith(b"%PDF")


def test_tables_tell_who_sits_where_and_the_score(demo: Path) -> None:
    run(demo, "in", who(demo, "Anna Kowalska").code)
    board = run(demo, "tables").json
    of_shape(board, {"round": int, "kind": str, "score": dict, "tables": list, "unseated": list})
    assert isinstance(board["score"]["total"], int)
    assert len(board["tables"]) == 10
    for table in board["tables"]:
        of_shape(
            table,
            {"table": int, "seats": int, "minimum": int, "open": bool, "host": (str, NONE),
             "people": list, "score": dict, "warnings": list},
        )  # fmt: skip
        for person in table["people"]:
            a_person(person)
    assert sum(len(table["people"]) for table in board["tables"]) == 1


def test_tables_move_tells_the_change_and_the_score_before_and_after(demo: Path) -> None:
    run(demo, "in", who(demo, "Anna Kowalska").code)
    done = run(demo, "tables", "move", "kowalska", "9")
    assert done.status == 0, done.err
    assert done.json["table"] == 9
    assert {"total"} <= set(done.json["before"]) & set(done.json["after"])
    assert who(demo, "Anna Kowalska").table == 9
    assert run(demo, "tables", "move", "kowalska", "99").status == 1


def test_tables_plan_is_advice_until_accepted(demo: Path) -> None:
    done = run(demo, "tables", "plan", "--effort", "quick", "--seed", "7")
    assert done.status == 0, done.err
    assert (done.json["planned"], done.json["accepted"]) == (True, False)
    assert sum(len(table["people"]) for table in done.json["tables"]) > 0


@pytest.mark.parametrize("what", ["attendance", "tables", "journal"])
@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "md"])
def test_exports_tell_file_and_rows(demo: Path, tmp_path: Path, what: str, ending: str) -> None:
    run(demo, "in", who(demo, "Anna Kowalska").code)
    out = tmp_path / f"{what}.{ending}"
    done = run(demo, "export", what, out)
    assert done.status == 0, done.err
    assert done.json["file"] == str(out)
    assert done.json["rows"] == {"attendance": 62, "tables": 1, "journal": 3}[what]
    assert out.stat().st_size > 0
    assert "@" not in out.read_bytes().decode("utf-8", "replace") or ending == "xlsx"


def test_an_export_of_an_unknown_ending_is_refused(demo: Path, tmp_path: Path) -> None:
    done = run(demo, "export", "attendance", tmp_path / "a.docx")
    assert done.status == 1
    assert list(tmp_path.glob("a.*")) == []


# ---- registrations


def test_changes_of_a_registration_tell_the_sentence_and_the_person(tmp_path: Path) -> None:
    path = make_day(tmp_path)
    for arguments in [
        ("cancel", "lefevre"), ("expect", "lefevre"), ("badge-text", "lefevre", "Marco"),
        ("replace-badge", "lefevre", "--reason", "lost"), ("merge", "lefevre", "moreau"),
    ]:  # fmt: skip
        done = run(path, *arguments)
        assert done.status == 0, (arguments, done.err)
        assert done.json["say"]
        a_person(done.json["person"])
    assert run(path, "expect", "lefevre").status == 1
    assert run(path, "replace-badge", "lefevre").status == 2
