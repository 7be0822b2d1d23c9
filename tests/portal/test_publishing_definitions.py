"""An indicator that a table made is changed on the page and at the command line, and taken back."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from ledger_helpers import FARMING
from ledger_helpers import PIGS as PIG_HERD

from geodata.table_import.answers_json import answers_document
from geodata.table_import.column_records import ColumnMeaning, NewIndicator
from geodata.table_import.report_records import Answers
from tests.portal.office import make_account, send, sign_in
from tests.portal.test_ledger_commands import NAMES, PEOPLE, Terminal, terminal
from tests.portal.test_publishing_pages import csv_table, hand_in, publish

__all__ = ["terminal"]
pytestmark = pytest.mark.slow

PAGE = "/office/indicators/pigs"
PIGS = {
    "name_vi": "Số lợn", "name_en": "Pigs", "definition_vi": "Số lợn có đến cuối năm",
    "theme_name_vi": "Chăn nuôi", "measure_unit_name_vi": "con", "kind": "count",
    "direction": "neutral", "decimals": "0", "minimum": "0",
}  # fmt: skip


@pytest.fixture
def app(office_app: Flask, office: FlaskClient) -> Flask:
    path = hand_in(office, csv_table("Số lợn năm 2018 (con)"))
    assert send(office, f"{path}/indicator/0", **PIGS).status_code == 303
    assert publish(office, path).status_code == 303
    return office_app


def fields_of(page: str) -> dict[str, str]:
    """What the fields of the form hold."""
    inputs = re.findall(r'<input(?=[^>]* name="(\w+)")(?=[^>]* value="([^"]*)")[^>]*>', page)
    chosen = re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL)
    selected = {name: re.search(r'value="([^"]*)" selected', inner) for name, inner in chosen}
    held = dict(inputs) | {name: found[1] for name, found in selected.items() if found}
    return {name: text for name, text in held.items() if name not in ("csrf_token", "figures_stay")}


def test_an_indicator_is_changed_on_its_page_and_taken_back(
    app: Flask, office: FlaskClient
) -> None:
    assert f'href="{PAGE}"' in office.get("/office/indicators").text
    held = fields_of(office.get(PAGE).text)
    assert (held["name_vi"], held["measure_unit"], held["decimals"]) == ("Số lợn", "con", "0")
    changed = held | {"name_vi": "Tổng đàn lợn", "decimals": "1", "reason": "theo Quyết định 4"}
    done = send(office, PAGE, **changed)
    assert done.status_code == 303, done.text
    assert f'href="{PAGE}"' in office.get("/office/revisions/1").text
    receipt = office.get(done.location).text
    assert "Sửa định nghĩa 2" in receipt
    assert "Tổng đàn lợn" in receipt
    assert "theo Quyết định 4" in receipt
    assert "Số lợn → Tổng đàn lợn" in receipt
    assert "Tổng đàn lợn" in app.test_client().get("/indicators/pigs").text
    # Sent again from a page that was opened before, it is a conflict.
    again = send(office, PAGE, **changed | {"name_vi": "Lợn"})
    assert "đã có người khác sửa" in again.text
    number = re.search(r"/revisions/(\d+)", done.location)
    assert number is not None
    path = f"/office/revisions/{number[1]}"
    assert send(office, path, f"{path}/undo", reason="nhầm", restored="1").status_code == 303
    assert "Tổng đàn lợn" not in app.test_client().get("/indicators/pigs").text


def test_a_change_that_would_falsify_figures_is_refused_beside_its_field(
    app: Flask, office: FlaskClient
) -> None:
    held = fields_of(office.get(PAGE).text) | {"reason": "sửa đơn vị"}
    unit = {"measure_unit": "", "measure_unit_name_vi": "đàn"}
    refused = send(office, PAGE, **held | unit)
    assert refused.status_code == 400
    assert 'id="wrong-figures_stay"' in refused.text
    assert "không số nào được quy đổi" in refused.text
    assert send(office, PAGE, **held | unit, figures_stay="1").status_code == 303
    held = fields_of(office.get(PAGE).text) | {"reason": "sửa đơn vị"}
    refused = send(office, PAGE, **held | {"maximum": "300"})
    assert 'id="wrong-maximum"' in refused.text
    assert "Ánh Đào, 2018: 511" in refused.text
    refused = send(office, PAGE, **held | {"name_vi": "", "decimals": "12"})
    assert 'id="wrong-name_vi"' in refused.text
    assert 'id="wrong-decimals"' in refused.text


def test_an_editor_of_one_commune_does_not_define_the_figures_of_others(
    app: Flask, office: FlaskClient
) -> None:
    held = fields_of(office.get(PAGE).text) | {"reason": "x", "name_vi": "Lợn"}
    make_account(app, "minh", communes=["90011-20250701"])
    other = app.test_client()
    sign_in(other, "minh")
    assert send(other, PAGE, **held).status_code == 403
    assert office.get("/office/indicators/population").status_code == 404


def test_the_command_line_defines_an_indicator_by_the_same_rules(terminal: Terminal) -> None:
    path = terminal.folder / "lon.csv"
    rows = [f"{name};{n}" for name, n in zip(NAMES, PEOPLE, strict=True)]
    path.write_text("\n".join(["Tên xã;Số lợn năm 2018 (con)", *rows]), encoding="utf-8")
    header = ("Số lợn năm 2018 (con)",)
    made = Answers(
        new_indicators=(NewIndicator(PIG_HERD, FARMING),),
        columns={header: ColumnMeaning(2, header, "value", "pigs", status="")},
    )
    answers = terminal.folder / "answers.json"
    answers.write_text(json.dumps(answers_document(made)), "utf-8")
    told = terminal.data("publish", str(path), "--title", "Lợn", "--account", "lan",
                         "--answers", str(answers), "--write")  # fmt: skip
    assert told.exit_code == 0, told.output
    assert terminal.document("indicator")["indicators"] == [{"id": "pigs", "name": "Đàn lợn"}]
    assert terminal.document("indicator", "pigs")["measure_unit"] == "head"
    change = ("indicator", "pigs", "--set", "name_vi=Tổng đàn", "--account", "lan")
    assert "lý do" in terminal.data(*change, "--lang", "vi").output
    change = (*change, "--reason", "tên mới")
    assert terminal.document(*change)["would_change"] == {"name_vi": ["Đàn lợn", "Tổng đàn"]}
    assert terminal.document("indicator", "pigs")["name_vi"] == "Đàn lợn"
    number = terminal.document(*change, "--write")["number"]
    assert terminal.document("indicator", "pigs")["name_vi"] == "Tổng đàn"
    assert "name_vi: Đàn lợn → Tổng đàn" in terminal.data("show", str(number)).output
    assert terminal.data(*change, "--set", "colour=red").exit_code == 2
    back = ("undo", str(number), "--reason", "thôi", "--account", "lan", "--write")
    assert terminal.data(*back).exit_code == 0
    assert terminal.document("indicator", "pigs")["name_vi"] == "Đàn lợn"
