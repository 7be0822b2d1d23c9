"""What the pages of an office refuse, said before a button is pressed and in plain words."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.portal.office import make_account, opened, send, sign_in
from tests.portal.test_publishing_pages import csv_table, hand_in, publish, values

pytestmark = pytest.mark.slow


def test_who_may_not_write_for_its_units_is_offered_no_button_that_takes_a_publication_back(
    office_app: Flask, office: FlaskClient
) -> None:
    publish(office, hand_in(office, csv_table()))
    assert "/undo" in office.get("/office/revisions/1").text
    store = office_app.extensions["portal"].store
    day = store.info.timeline[-1].date
    own = store.units(level="commune", date=day).items[0]
    make_account(office_app, "commune", communes=[own.unit_id])
    editor = office_app.test_client()
    sign_in(editor, "commune")
    page = editor.get("/office/revisions/1").text
    assert "/undo" not in page
    assert "ngoài phạm vi" in page
    refused = send(editor, "/account", "/office/revisions/1/undo", reason="x", restored="8")
    assert refused.status_code == 403
    assert own.full_name.vi in refused.text  # the allowed units by name, and not by id
    assert own.unit_id not in refused.text
    assert len(values(office_app)) == 8


def test_the_form_of_an_indicator_names_the_fields_that_are_missing_once(
    office: FlaskClient,
) -> None:
    path = hand_in(office, csv_table("Số lợn năm 2018 (con)"))
    form = office.get(f"{path}/indicator/0").text
    assert "Định nghĩa tiếng Việt <span" in form
    refused = send(office, f"{path}/indicator/0", name_vi="Số lợn", kind="count").text
    assert "Định nghĩa tiếng Việt: Thiếu văn bản" in refused
    assert refused.count('href="#field-definition_') == 1


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("Tên bản;Số hộ", ["Bản Mới;20", "Bản Cũ;30"]),
        ("Tên điểm;Loại;X;Y", ["Đỉnh;Núi;2456718,92;357756,02", "Hang;Núi;2457718,92;357756,02"]),
        ("Tên điểm;Vĩ độ;Kinh độ", ["Đỉnh;22,3;103,5", "Hang;22,31;103,51"]),
    ],
)
def test_what_must_be_said_about_a_whole_list_is_a_question_in_the_words_of_the_page(
    office: FlaskClient, header: str, rows: list[str]
) -> None:
    path = hand_in(office, "\n".join([header, *rows]).encode(), "danh-sach.csv")
    page = opened(office, path).text
    assert "F09" in page
    assert 'class="severity is-question"' in page
    assert 'href="#about-title"' in page
    assert "--" not in re.sub(r"<!--.*?-->", "", page.partition("<main")[2])


def test_a_button_that_is_pressed_twice_leads_to_the_receipt_of_what_it_did(
    office: FlaskClient,
) -> None:
    path = hand_in(office, csv_table())
    first = publish(office, path)
    assert first.location.startswith("/office/revisions/1")
    again = send(office, "/account", f"{path}/publish", title="Dân số 2018", based_on="0", hash="x")
    assert (again.status_code, again.location) == (303, "/office/revisions/1")
    assert office.get("/office/revisions/2").status_code == 404
