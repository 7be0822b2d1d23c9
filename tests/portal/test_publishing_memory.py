"""What is kept of tables that were published: receipts, spellings, recipes, states compared."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.ledger.saved_aliases import remember_alias, saved_aliases
from geodata.table_import.units import UnitAlias
from portal.ledger_engine import ledger_of
from tests.portal.office import opened, send
from tests.portal.test_publishing_pages import PEOPLE, csv_table, hand_in, publish

pytestmark = pytest.mark.slow


@pytest.fixture
def app(office_app: Flask) -> Flask:
    return office_app


def test_a_published_table_leads_to_its_receipt_and_its_file_is_known_again(
    office: FlaskClient,
) -> None:
    publish(office, hand_in(office, csv_table()))
    assert re.search(r'href="/office/revisions/1">\s*dan-so.csv', office.get("/office").text)
    again = opened(office, hand_in(office, csv_table(), "ten-khac.csv")).text
    assert 'href="/office/revisions/1"' in again
    other = opened(office, hand_in(office, csv_table(cells=(9, *PEOPLE[1:])))).text
    assert 'href="/office/revisions/1"' not in other


def test_two_publications_are_compared_cell_by_cell(office: FlaskClient) -> None:
    publish(office, hand_in(office, csv_table()))
    publish(office, hand_in(office, csv_table(cells=(600, *PEOPLE[1:]))))
    page = office.get("/office/revisions/compare?before=1&after=2").text
    cells = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL)[1]
    assert cells.count("<tr>") == 1
    assert "511" in cells
    assert "600" in cells
    assert office.get("/office/revisions/compare?before=0&after=2").text.count("<tr>") == 9


@pytest.mark.parametrize("query", ["before=2&after=1", "before=x&after=1", "before=0&after=77"])
def test_states_that_are_none_are_told_beside_the_form(office: FlaskClient, query: str) -> None:
    publish(office, hand_in(office, csv_table()))
    page = office.get(f"/office/revisions/compare?{query}")
    assert page.status_code in (400, 404)
    assert 'class="wrong"' in page.text


def test_a_recipe_is_listed_with_who_kept_it_and_revoked(office: FlaskClient) -> None:
    publish(office, hand_in(office, csv_table()), recipe="Dân số <hằng năm>")
    page = office.get("/office/memory").text
    assert "Dân số &lt;hằng năm&gt;" in page
    assert "office" in page
    send(office, "/office/memory", "/office/memory/recipes/forget", name="Dân số <hằng năm>")
    assert "hằng năm" not in office.get("/office/memory").text


def test_a_spelling_is_revoked_and_asked_about_again(app: Flask, office: FlaskClient) -> None:
    engine = ledger_of(app).get()
    unit = app.extensions["portal"].store.units(level="commune").items[0].unit_id
    alias = UnitAlias("Xóm Chợ", "", unit, None, "Báo cáo", "Phòng Thống kê", "")
    kept = remember_alias(engine, alias)
    assert "Xóm Chợ" in office.get("/office/memory").text
    send(office, "/office/memory", "/office/memory/aliases/forget", alias=kept)
    assert saved_aliases(engine) == ()
    assert "Xóm Chợ" not in office.get("/office/memory").text


def test_findings_alike_are_folded_away_from_the_sixth_on(office: FlaskClient) -> None:
    table = csv_table().decode()
    doubled = "\n".join([table, *table.splitlines()[1:]])
    page = opened(office, hand_in(office, doubled.encode())).text
    shown, folded = page.split('<ul class="findings">')[1:3]
    assert shown.count("U04") == 5
    assert folded.count("U04") == 3


def test_a_control_character_is_refused_beside_its_field_and_spoils_no_draft(
    office: FlaskClient,
) -> None:
    path = hand_in(office, csv_table())
    fields = {"source-title": "Báo cáo", "source-page": "a\x00b", "unit:|x\x01": "90001-20130101"}
    answer = send(office, path, **fields)
    assert answer.status_code == 400
    assert "ký tự điều khiển" in answer.text
    assert "source-page" in answer.text
    page = office.get(path)
    assert page.status_code == 200
    assert "Báo cáo" in page.text
    assert office.get("/office").status_code == 200
    assert publish(office, path, title="Dân số\x00").status_code == 400
    assert send(office, path, f"{path}/discard").status_code == 303
