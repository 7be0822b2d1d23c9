"""Anybody reports an error; editors of the unit answer; the answer stands beside the figure."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.exc import DatabaseError

from geodata.errors import InvalidInput
from geodata.ledger import error_reports
from geodata.ledger.account_tables import error_reports as reports_table
from geodata.ledger.database import reading, writing
from geodata.ledger.error_reports import Subject, add_report, decide_report, list_reports
from geodata.store import Store
from portal.app import create_app
from portal.ledger_engine import ledger_of
from tests.portal.office import make_account, send, sign_in

TEXT = "Báo cáo 12/BC-UBND ghi số khác ở trang 3.\n<script>alert(1)</script>"
ANSWER = "Đã kiểm tra: số trong báo cáo là số ước tính."


@pytest.fixture(scope="module")
def figure(toy_store: Store) -> dict[str, str]:
    """A figure of a commune of today, as its link names it."""
    day = toy_store.info.timeline[-1].date
    for unit in toy_store.units(level="commune", date=day).items:
        for found in toy_store.observations(unit=unit.unit_id).items:
            return {"unit": unit.unit_id, "indicator": found.indicator,
                    "period": found.period, "status": found.status}  # fmt: skip
    raise LookupError("no figure")


@pytest.fixture
def office(tmp_path, toy_folder, toy_store) -> Flask:
    return create_app({"PORTAL_INSTANCE": tmp_path, "PORTAL_DATASET": toy_folder}, toy_store)


@pytest.fixture
def reader(office: Flask) -> FlaskClient:
    return office.test_client()


def form_of(subject: dict[str, str]) -> str:
    return f"/report?{urlencode(subject)}"


def kept(office: Flask) -> list[error_reports.ErrorReport]:
    with reading(ledger_of(office).get()) as connection:
        return list_reports(connection)


def unit_page(client: FlaskClient, subject: dict[str, str]) -> str:
    return client.get(f"/units/{subject['unit']}").text


@pytest.mark.slow
def test_the_way_of_a_report_from_the_figure_to_the_answer_beside_it(
    office: Flask, reader: FlaskClient, figure: dict[str, str]
) -> None:
    path = form_of(figure)
    before = reader.get(f"/units/{figure['unit']}")
    assert f'href="{path.replace("&", "&amp;")}"' in before.text
    sent = send(reader, path, text=TEXT)
    assert (sent.status_code, sent.location) == (303, f"/report/sent?unit={figure['unit']}")
    assert reader.get(sent.location).status_code == 200
    (report,) = kept(office)
    assert report.state == "open"
    assert report.text == TEXT
    assert report.value_text
    assert unit_page(reader, figure) == before.text, "what readers write is not public"

    make_account(office, "own", communes=[figure["unit"]], full_name="UBND xã <i>")
    editor = office.test_client()
    sign_in(editor, "own")
    assert "Đang chờ trả lời: 1" in editor.get("/office").text
    inbox = editor.get("/office/reports").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in inbox
    assert "<script>alert" not in inbox
    page = f"/office/reports/{report.report_id}"
    fields = {"seen": "0", "decision": "answered", "text": ANSWER}
    assert send(editor, page, **fields).status_code == 303

    after = reader.get(f"/units/{figure['unit']}")
    assert after.text.count(ANSWER) == 1
    assert "UBND xã &lt;i&gt;" in after.text
    assert after.headers["ETag"] != before.headers["ETag"]
    document = reader.get(f"/api/v1/units/{figure['unit']}").get_json()
    (answer,) = document["answers"]
    assert {name: answer[name] for name in ("indicator", "period", "status", "text", "by")} == {
        "indicator": figure["indicator"], "period": figure["period"], "status": figure["status"],
        "text": ANSWER, "by": "UBND xã <i>",
    }  # fmt: skip
    assert TEXT not in str(document)

    send(editor, page, seen="1", decision="reopened")
    assert unit_page(reader, figure) == before.text
    assert reader.get(f"/api/v1/units/{figure['unit']}").get_json()["answers"] == []


@pytest.mark.slow
def test_an_answer_reaches_readers_whatever_they_or_another_process_have_kept(
    office: Flask, toy_store: Store, figure: dict[str, str]
) -> None:
    settings = office.extensions["portal"].settings
    second = create_app(
        {"PORTAL_INSTANCE": settings.instance, "PORTAL_DATASET": settings.dataset}, toy_store
    ).test_client()
    document = f"/api/v1/units/{figure['unit']}"
    tag = {"If-None-Match": second.get(document).headers["ETag"]}
    assert second.get(document, headers=tag).status_code == 304
    assert ANSWER not in unit_page(second, figure)
    account_id = make_account(office, "chief", role="administrator")
    with writing(ledger_of(office).get()) as connection:
        report_id = add_report(connection, Subject(figure["unit"]), "", TEXT)
        decide_report(connection, report_id, account_id, "answered", text=ANSWER, seen=0)
    assert ANSWER in unit_page(second, figure)
    assert ANSWER in second.get(document, headers=tag).text
    other = second.get("/units/99-20130101")
    assert other.status_code == 404 or ANSWER not in other.text


def test_a_border_is_reported_like_a_figure(reader, office, figure) -> None:
    path = form_of({"unit": figure["unit"]})
    assert f'href="{path}"' in unit_page(reader, figure)
    assert send(reader, path, text=TEXT).status_code == 303
    (report,) = kept(office)
    assert (report.subject, report.value_text) == (Subject(figure["unit"]), "")


@pytest.mark.parametrize(
    ("change", "status"),
    [({"unit": "00000-20250701"}, 404), ({"indicator": "nothing"}, 404), ({"period": "1999"}, 404),
     ({"unit": ""}, 400), ({"period": "<b>"}, 400), ({"status": "wrong"}, 400),
     ({"other": "1"}, 400)],
)  # fmt: skip
def test_only_what_the_portal_shows_can_be_reported(reader, figure, change, status) -> None:
    assert reader.get(form_of({**figure, **change})).status_code == status


@pytest.mark.parametrize("text", ["", "short", " " * 50, "x" * 2001, "\u200b\x00" * 20])
def test_a_report_says_something_and_no_novel(reader, office, figure, text) -> None:
    refused = send(reader, form_of(figure), text=text)
    assert refused.status_code == 400
    assert 'id="wrong-text"' in refused.text
    assert kept(office) == []


def test_a_program_that_fills_in_every_field_is_thanked_and_not_heard(
    reader, office, figure
) -> None:
    sent = send(reader, form_of(figure), text=TEXT, website="https://spam.example")
    assert sent.status_code == 303
    assert kept(office) == []


@pytest.mark.slow
def test_one_client_sends_few_reports_and_without_its_token_none(reader, office, figure) -> None:
    path = form_of({"unit": figure["unit"]})
    assert reader.post(path, data={"text": TEXT}).status_code == 400
    codes = [send(reader, path, text=f"{TEXT} {number}").status_code for number in range(11)]
    assert codes == [303] * 10 + [429]
    assert len(kept(office)) == 10


def test_the_reports_that_wait_are_bounded(office: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(error_reports, "MOST_OPEN", 2)
    account_id = make_account(office, "chief", role="administrator")
    with writing(ledger_of(office).get()) as connection:
        first = add_report(connection, Subject("a"), "", TEXT)
        add_report(connection, Subject("b"), "", TEXT)
        with pytest.raises(InvalidInput, match="wait"):
            add_report(connection, Subject("c"), "", TEXT)
        decide_report(connection, first, account_id, "closed", seen=0)
        add_report(connection, Subject("c"), "", TEXT)


@pytest.fixture
def waiting(office: Flask, figure: dict[str, str]) -> str:
    with writing(ledger_of(office).get()) as connection:
        report_id = add_report(connection, Subject(*figure.values()), "1", TEXT)
    return f"/office/reports/{report_id}"


def test_an_editor_sees_and_answers_what_is_about_the_own_units_alone(
    office: Flask, figure: dict[str, str], waiting: str, toy_store: Store
) -> None:
    day = toy_store.info.timeline[-1].date
    communes = toy_store.units(level="commune", date=day).items
    elsewhere = next(unit.unit_id for unit in communes if unit.unit_id != figure["unit"])
    make_account(office, "elsewhere", communes=[elsewhere])
    make_account(office, "all")
    client, of_all = office.test_client(), office.test_client()
    sign_in(client, "elsewhere")
    sign_in(of_all, "all")
    assert client.get("/office/reports").text.count("<article") == 0
    assert of_all.get("/office/reports").text.count("<article") == 1
    assert client.get(waiting).status_code == 403
    fields = {"seen": "0", "decision": "closed"}
    assert send(client, "/account", waiting, **fields).status_code == 403
    assert kept(office)[0].state == "open"
    assert office.test_client().get("/office/reports").status_code == 303


@pytest.mark.slow
def test_of_two_editors_the_second_is_told_what_the_first_decided(
    office: Flask, waiting: str
) -> None:
    make_account(office, "first")
    make_account(office, "second")
    first, second = office.test_client(), office.test_client()
    sign_in(first, "first")
    sign_in(second, "second")
    assert send(first, waiting, seen="0", decision="closed").status_code == 303
    late = send(second, f"{waiting}?lang=en", seen="0", decision="answered", text=ANSWER)
    assert late.status_code == 400
    assert "Somebody else has decided" in late.text
    assert ANSWER in late.text, "what was typed is not lost"
    assert re.search(r'name="seen" value="1"', late.text)
    for wrong in ("", "-1", "x", "9" * 400):
        assert send(second, waiting, seen=wrong, decision="closed").status_code == 400
    assert send(second, waiting, seen="1", decision="nonsense").status_code == 400
    assert [each.state for each in kept(office)] == ["closed"]


def test_reports_and_decisions_are_not_changed_afterwards(office: Flask, waiting: str) -> None:
    engine = ledger_of(office).get()
    for change in (delete(reports_table), reports_table.update().values(text="other")):
        with pytest.raises(DatabaseError, match="inserts only"), writing(engine) as connection:
            connection.execute(change)
    with reading(engine) as connection:
        assert connection.execute(select(reports_table.c.text)).scalar_one() == TEXT


def test_a_ledger_that_cannot_be_read_takes_no_page_from_readers(
    tmp_path, toy_folder, toy_store, figure
) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"no database at all, but long enough for a header")
    app = create_app({"PORTAL_INSTANCE": tmp_path, "PORTAL_DATASET": toy_folder}, toy_store)
    assert app.test_client().get(f"/units/{figure['unit']}").status_code == 200
    assert app.test_client().get(f"/api/v1/units/{figure['unit']}").status_code == 200
