"""By which concept an office's figures are counted: stated at every door, told by every view."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.portal.office import send
from tests.portal.test_publications_api import TITLE, post, token_of
from tests.portal.test_publishing_breakdowns import FORM as HARVEST
from tests.portal.test_publishing_pages import PEOPLE, csv_table, hand_in, publish

pytestmark = pytest.mark.slow

CENSUS = {
    "concept": "+",
    "concept_name_vi": "Tổng điều tra dân số",
    "concept_name_en": "Population census",
    "concept_definition_vi": "Nhân khẩu thực tế thường trú.",
    "concept_comparable": "0",
}
REGISTER = CENSUS | {
    "concept_name_vi": "Sổ đăng ký cư trú", "concept_name_en": "Register of residents",
}  # fmt: skip


@pytest.fixture
def app(office_app: Flask) -> Flask:
    return office_app


def figures(app: Flask, indicator: str, period: str = "2018") -> list[dict[str, Any]]:
    address = f"/api/v1/observations?indicator={indicator}&period={period}&lang=en"
    items: list[dict[str, Any]] = app.test_client().get(address).get_json()["items"]
    return [each for each in items if each["source"].startswith("publication")]


def test_a_concept_made_with_a_table_is_stated_by_its_figures_and_told_of_its_series(
    app: Flask, office: FlaskClient
) -> None:
    path = hand_in(office, csv_table())
    refused = send(office, path, concept="+")
    assert refused.status_code == 400
    made = send(office, path, **CENSUS)
    assert made.status_code == 303, made.text
    assert '<option value="population-census" selected>' in office.get(path).text
    assert publish(office, path).status_code == 303
    second = hand_in(office, csv_table("Dân số năm 2017 (người)"), "2017.csv")
    assert "Tổng điều tra dân số" in office.get(second).text, "it can be chosen from now on"
    send(office, second, **REGISTER)
    assert publish(office, second).status_code == 303
    unit = figures(app, "population")[0]["unit_id"]
    series = app.test_client().get(f"/units/{unit}?lang=en").text
    assert "follow concepts that cannot be compared" in series
    assert "Population census" in series
    assert "Register of residents" in series


def test_what_was_typed_for_a_new_concept_stands_again_where_it_is_refused(
    office: FlaskClient,
) -> None:
    path = hand_in(office, csv_table())
    refused = send(office, path, **(CENSUS | {"concept_name_vi": ""}))
    assert refused.status_code == 400
    assert _value(refused.text, "concept_definition_vi") == CENSUS["concept_definition_vi"]
    assert _value(refused.text, "concept_name_en") == CENSUS["concept_name_en"]
    assert '<option value="+" selected>' in refused.text
    assert '<option value="0" selected>' in refused.text
    assert 'value=""' in re.search('<input id="concept_name_vi"[^>]*>', office.get(path).text)[0]


def test_a_column_states_a_concept_of_its_own(app: Flask, office: FlaskClient) -> None:
    path = hand_in(office, csv_table())
    send(office, path, **CENSUS)
    send(office, path, concept="")
    page = office.get(path).text
    fields = {name: _value(page, f"{name}-0") for name in ("path", "shown")}
    said = send(office, path, **{
        "path-0": fields["path"], "shown-0": fields["shown"], "use-0": "value",
        "indicator-0": _value(page, "indicator-0"), "period-0": _value(page, "period-0"),
        "status-0": "actual", "measure-0": _value(page, "measure-0"),
        "scale-0": _value(page, "scale-0"), "concept-0": "population-census",
    })  # fmt: skip
    assert said.status_code == 303, said.text
    assert publish(office, path).status_code == 303
    assert {each["concept"] for each in figures(app, "population")} == {"population-census"}


def test_a_new_indicator_states_by_what_concept_it_is_counted(
    app: Flask, office: FlaskClient
) -> None:
    path = hand_in(office, csv_table("Sản lượng năm 2018 (tấn)"))
    form = HARVEST | {"breakdown": "", "codes": ""}
    refused = send(office, f"{path}/indicator/0", **form, concept="+")
    assert refused.status_code == 400
    assert 'href="#field-concept_name_vi"' in refused.text
    assert send(office, f"{path}/indicator/0", **form, **CENSUS).status_code == 303
    assert publish(office, path).status_code == 303
    assert {each["concept"] for each in figures(app, "harvest")} == {"population-census"}


def test_a_program_names_a_concept_by_its_id(app: Flask) -> None:
    token = token_of(app, "writer")
    unknown = post(app, token, csv_table(), answers=TITLE, concept="census")
    assert "K01" in {each["code"] for each in unknown.get_json()["report"]["findings"]}
    new = TITLE.replace(
        '{"version": 1,',
        '{"version": 1, "new_concepts": [{"id": "census", "name": {"vi": "Tổng điều tra", '
        '"en": "Census"}, "definition": {"vi": "Dân", "en": "People"}}],',
    )
    answer = post(app, token, csv_table(), answers=new, concept="census", write="1")
    assert answer.status_code == 201, answer.text
    assert answer.get_json()["report"]["columns"][0]["concept"] == "census"
    assert [each["concept"] for each in figures(app, "population")] == ["census"] * len(PEOPLE)


def _value(page: str, field: str) -> str:
    found = re.search(rf'name="{field}"[^>]* value="([^"]*)"', page)
    return html.unescape(found[1])
