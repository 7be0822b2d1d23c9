"""What a file lists, told with its evidence; and workbooks for lists that come back understood."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from geodata.dataset import Dataset
from geodata.i18n import Text
from geodata.ledger.served_dataset import ServedDataset
from geodata.list_import.list_template import write_list_template
from geodata.list_import.prepare_list import prepare_list, take_in
from geodata.model import PlaceCategory
from geodata.table_import.list_answers import ListAnswers
from geodata.table_import.report_records import Answers

VILLAGES = Path(__file__).parent.parent / "synthetic" / "villages_ung_hoe.csv"
PLACES = "Tên điểm;Loại;Kinh độ;Vĩ độ\nThác;Du lịch;103.05;22.35\n"
FIGURES = "Tên xã;Dân số\nHòa Bình;12\nĐá Đỏ;13\nMường Én;14\n"
COMMUNES_WITH_POSITIONS = "Tên xã;Kinh độ;Vĩ độ;Dân số\nHòa Bình;103.05;22.35;12\n"


@pytest.fixture(scope="module")
def served(toy_dataset: Dataset) -> ServedDataset:
    return ServedDataset(toy_dataset, toy_dataset)


def shapes(kind: str, coordinates: list, **properties: str) -> bytes:
    feature = {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


SQUARE = [[[103.31, 22.01], [103.39, 22.01], [103.39, 22.09], [103.31, 22.09], [103.31, 22.01]]]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("p.csv", PLACES.encode(), "places"),
        ("p.csv", PLACES.replace("Kinh độ;Vĩ độ", "Xã;Năm").encode(), "places"),
        ("v.csv", VILLAGES.read_bytes(), "villages"),
        ("v.csv", "Xã;Tên\nỨng Hòe;Bản A\nỨng Hòe;Thôn B\n".encode(), "villages"),
        ("f.csv", FIGURES.encode(), "figures"),
        ("f.csv", COMMUNES_WITH_POSITIONS.encode(), "figures"),
        ("p.geojson", shapes("Point", [103.05, 22.35], ten="A", loai="Chợ"), "places"),
        ("v.geojson", shapes("Polygon", SQUARE, ten="A", xa="Ứng Hòe"), "villages"),
    ],
)
def test_what_a_file_lists_is_found_with_its_evidence(
    served: ServedDataset, name: str, content: bytes, kind: str
) -> None:
    found = take_in(content, name, served, Answers()).kind
    assert (found.kind, found.said) == (kind, False)
    assert all(reason["vi"] and reason["en"] for reason in found.reasons)
    assert found.reasons


def test_a_person_overrules_what_was_found(served: ServedDataset) -> None:
    answers = Answers(lists=ListAnswers(kind="villages"))
    found = take_in(PLACES.encode(), "p.csv", served, answers).kind
    assert (found.kind, found.said) == ("villages", True)


def test_a_file_that_cannot_be_opened_is_a_report_with_words(served: ServedDataset) -> None:
    answers = Answers(lists=ListAnswers(kind="places"))
    broken = take_in(b"PK\x03\x04 no workbook", "p.xlsx", served, answers)
    report = prepare_list(broken, answers, served)
    assert [(f.code, f.severity) for f in report.findings] == [("F04", "error")]
    assert not report.publishable


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("places", ["Thác Một", "Chợ", "Hòa Bình", 103.05, 22.35, "đẹp"]),
        ("villages", ["Ứng Hòe", "Bản Một", 103.35, 22.06, None, None, None]),
    ],
)
def test_a_template_comes_back_as_the_list_it_is_for(
    served: ServedDataset, kind: str, row: list
) -> None:
    today = [u for u in served.whole.units if u.level == "commune" and u.valid_to is None]
    market = PlaceCategory("market", Text("Chợ", "Markets"))
    book = openpyxl.load_workbook(io.BytesIO(write_list_template(kind, today, [market], "vi")))
    for column, value in enumerate(row, 1):
        book.worksheets[0].cell(2, column, value)
    filled = io.BytesIO()
    book.save(filled)
    handed_in = take_in(filled.getvalue(), "mau.xlsx", served, Answers())
    report = prepare_list(handed_in, Answers(), served)
    assert handed_in.kind.kind == kind
    assert len(report.places) + sum(len(r.record.rows) for r in report.villages) == 1
    assert not [f for f in report.findings if f.severity == "error"]
