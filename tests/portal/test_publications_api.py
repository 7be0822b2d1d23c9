"""A program hands a table in: the same checks, the same ledger, the report as JSON."""

from __future__ import annotations

import io
import json
from typing import Any

import jsonschema
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from geodata.ledger.api_tokens import create_token
from geodata.ledger.database import writing
from portal.api.schemas import SCHEMAS
from portal.ledger_engine import ledger_of
from tests.portal.office import make_account
from tests.portal.test_publishing_pages import PEOPLE, csv_table, values

PATH = "/api/v1/publications"
TITLE = '{"version": 1, "source": {"title": "Báo cáo dân số"}}'


@pytest.fixture
def app(office_app: Flask) -> Flask:
    return office_app


def token_of(app: Flask, name: str, **rights: Any) -> str:
    account_id = make_account(app, name, **rights)
    with writing(ledger_of(app).get()) as connection:
        return create_token(connection, account_id, "a program")[1]


def post(app: Flask, token: str, content: bytes | None = None, **fields: str) -> TestResponse:
    form: dict[str, Any] = dict(fields)
    if content is not None:
        form["file"] = (io.BytesIO(content), "dan-so.csv")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return app.test_client().post(PATH, data=form, headers=headers)


def validated(answer: TestResponse, name: str) -> dict[str, Any]:
    strict = {
        key: {
            **each,
            "additionalProperties": each.get("additionalProperties", "properties" not in each),
        }
        for key, each in SCHEMAS.items()
    }
    document = {"components": {"schemas": strict}, "$ref": f"#/components/schemas/{name}"}
    found: dict[str, Any] = answer.get_json()
    jsonschema.Draft202012Validator(document).validate(found)
    return found


def test_nothing_is_written_unless_it_is_asked_for(app: Flask) -> None:
    token = token_of(app, "writer")
    answer = post(app, token, csv_table(), answers=TITLE)
    assert answer.status_code == 200, answer.text
    found = validated(answer, "PublicationReceipt")
    assert (found["written"], found["publication"]) == (False, None)
    assert found["report"]["units"]["matched"] == len(PEOPLE)
    assert found["report"]["publishable"]
    assert values(app) == []


@pytest.mark.slow
def test_a_table_is_published_with_a_receipt_and_listed_without_the_account(app: Flask) -> None:
    empty = app.test_client().get(PATH)
    assert validated(empty, "Publications")["items"] == []
    token = token_of(app, "writer", full_name="Nguyễn Thị Hoa")
    answer = post(app, token, csv_table(), answers=TITLE, write="1", note="Tự động")
    assert answer.status_code == 201, answer.text
    found = validated(answer, "PublicationReceipt")
    assert found["publication"]["number"] == 1
    assert values(app) == sorted(PEOPLE, reverse=True)
    listed = app.test_client().get(PATH)
    assert validated(listed, "Publications")["items"] == [found["publication"]]
    assert "Hoa" not in listed.text
    assert "writer" not in listed.text
    assert "dan-so" not in listed.text


def test_what_the_pages_would_ask_is_not_written(app: Flask) -> None:
    token = token_of(app, "writer")
    answer = post(app, token, csv_table("Số lợn năm 2018 (con)"), answers=TITLE, write="1")
    assert answer.status_code == 422
    found = validated(answer, "PublicationReceipt")
    assert "I01" in {each["code"] for each in found["report"]["findings"]}
    assert values(app) == []


def test_without_a_token_or_for_another_commune_nothing_is_written(app: Flask) -> None:
    assert post(app, "", csv_table(), write="1").status_code == 401
    assert post(app, "no token", csv_table(), write="1").status_code == 401
    store = app.extensions["portal"].store
    day = store.info.timeline[-1].date
    own = store.units(level="commune", date=day).items[0].unit_id
    token = token_of(app, "commune", communes=[own])
    answer = post(app, token, csv_table(), answers=TITLE, write="1")
    assert answer.status_code == 422
    assert "U07" in {each["code"] for each in answer.get_json()["report"]["findings"]}
    assert values(app) == []


@pytest.mark.parametrize(
    ("fields", "content", "where"),
    [
        ({}, None, "file"),
        ({"answers": "{"}, csv_table(), "answers"),
        ({"write": "yes"}, csv_table(), "write"),
        ({"wirte": "1"}, csv_table(), "wirte"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(
    app: Flask, fields: dict[str, str], content: bytes | None, where: str
) -> None:
    answer = post(app, token_of(app, "writer"), content, **fields)
    assert answer.status_code == 400
    assert where in str(answer.get_json()["error"])


def test_a_recipe_nobody_saved_is_not_found(app: Flask) -> None:
    answer = post(app, token_of(app, "writer"), csv_table(), recipe="Mẫu 1")
    assert answer.status_code == 404


@pytest.mark.slow
def test_a_program_makes_a_category_and_says_what_words_mean(app: Flask) -> None:
    heading = "Xếp loại xã năm 2018"
    cells = ("Đạt", "Chưa đạt", "Đạt", "kém", "Chưa đạt", "Đạt", "Đạt", "Đạt")
    both = {"vi": "Đạt", "en": "Met"}, {"vi": "Chưa đạt", "en": "Not met"}
    made = {
        "id": "grade", "theme": "people", "theme_name": {"vi": "Xếp loại", "en": "Grades"},
        "name": {"vi": "Xếp loại xã", "en": "Grade"}, "kind": "category", "ordered": True,
        "definition": {"vi": "Do huyện xếp.", "en": "By the district."}, "direction": "down",
        "levels": ["commune"],
        "categories": [{"id": id_, "name": name} for id_, name in zip("ab", both, strict=True)],
    }  # fmt: skip
    column = {"header": [heading], "use": "value", "indicator": "grade"}
    said = {"version": 1, "source": {"title": "Xếp loại"}, "new_indicators": [made],
            "columns": [column]}  # fmt: skip
    token, content = token_of(app, "writer"), csv_table(heading, cells)
    asked = validated(post(app, token, content, answers=json.dumps(said)), "PublicationReceipt")
    (words,) = [each["classes"] for each in asked["report"]["columns"]]
    assert words[2] == {"written": "kém", "cells": 1, "category": None, "alike": []}
    assert not asked["report"]["publishable"]
    column["classes"] = {"Kém": "nonsense"}
    wrong = post(app, token, content, answers=json.dumps(said), write="1")
    assert wrong.status_code == 422
    column["classes"] = {"Kém": "b"}
    answer = post(app, token, content, answers=json.dumps(said), write="1")
    assert answer.status_code == 201, answer.text
    address = "/api/v1/values?indicator=grade&period=2018&level=commune&date=2013-01-01"
    units = app.test_client().get(address).get_json()["units"]
    assert sorted(cell[0] for cell in units.values() if cell[0]) == ["a"] * 5 + ["b"] * 3


@pytest.mark.slow
def test_a_second_writer_is_told_what_changed_since_the_report_it_checked(app: Flask) -> None:
    token, other = token_of(app, "writer"), token_of(app, "other", full_name="Trần Văn Minh")
    late = csv_table(cells=(9, *PEOPLE[1:]))
    checked = validated(post(app, token, late, answers=TITLE), "PublicationReceipt")
    assert checked["based_on"] == 0
    first = post(app, other, csv_table(), answers=TITLE, write="1").get_json()
    assert first["based_on"] == first["publication"]["number"] == 1
    said = {"answers": TITLE, "write": "1"}
    refused = post(app, token, late, **said, based_on="0")
    assert refused.status_code == 409
    (changed,) = validated(refused, "PublicationConflict")["changed"]
    assert changed["publication"] == first["publication"]
    assert sorted(float(each["after"]) for each in changed["cells"]) == sorted(PEOPLE)
    assert {each["before"] for each in changed["cells"]} == {""}
    assert values(app) == sorted(PEOPLE, reverse=True)
    assert post(app, token, late, **said, based_on="1").status_code == 201
    assert 9 in values(app)


@pytest.mark.parametrize("number", ["-1", "1", "latest", "²", "9" * 30])
def test_a_report_is_based_on_a_publication_that_there_is(app: Flask, number: str) -> None:
    answer = post(app, token_of(app, "writer"), csv_table(), answers=TITLE, based_on=number)
    assert answer.status_code == 400
    assert answer.get_json()["error"]["parameter"] == "based_on"
