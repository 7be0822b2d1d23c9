"""Lists handed in: what a file lists, its totals, and how the next of its shape is read."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from geodata.closed_periods import ClosedPeriods
from geodata.dataset import Dataset
from geodata.i18n import Text
from geodata.ledger.served_dataset import ServedDataset
from geodata.list_import.list_json import list_document
from geodata.list_import.list_recipe import list_recipe_of
from geodata.list_import.list_report import ListReport
from geodata.list_import.list_template import write_list_template
from geodata.list_import.prepare_list import prepare_list, take_in
from geodata.model import PlaceCategory
from geodata.table_import.checks.file_checks import EarlierPublication
from geodata.table_import.column_records import TableSource
from geodata.table_import.list_answers import ListAnswers, NewPlaceCategory
from geodata.table_import.prepare import TableReading
from geodata.table_import.recipe import Recipe
from geodata.table_import.report_records import Answers

VILLAGES = Path(__file__).parent.parent / "synthetic" / "villages_ung_hoe.csv"
PLACES = "Tên điểm;Loại;Kinh độ;Vĩ độ\nThác;Du lịch;103.05;22.35\n"
FIGURES = "Tên xã;Dân số\nHòa Bình;12\nĐá Đỏ;13\nMường Én;14\n"
COMMUNES_WITH_POSITIONS = "Tên xã;Kinh độ;Vĩ độ;Dân số\nHòa Bình;103.05;22.35;12\n"


def positions_of(*names: str) -> bytes:
    rows = [f"{name};103.05;22.35;{number}" for number, name in enumerate(names, 1)]
    return "\n".join(("Tên;Kinh độ;Vĩ độ;Dân số", *rows)).encode()


def names_of(*names: str) -> bytes:
    return "\n".join(("Xã;Tên", *(f"Ứng Hòe;{name}" for name in names))).encode()


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
        ("p.csv", positions_of("Hòa Bình", "Đá Đỏ", "Thác", "Chợ", "Đồi"), "places"),
        ("f.csv", positions_of("Hòa Bình", "Đá Đỏ", "Mường Én", "Thác", "Chợ"), "figures"),
        ("v.csv", names_of("Bản A", "Thôn B", "Bản C", "Thác", "Chợ"), "villages"),
        ("f.csv", names_of("Bản A", "Thôn B", "Đồi", "Thác", "Chợ"), "figures"),
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


def test_a_template_holds_names_as_texts_whatever_they_begin_with(served: ServedDataset) -> None:
    name = '=HYPERLINK("http://x.example","y")'
    odd = PlaceCategory("odd", Text(name, name))
    book = openpyxl.load_workbook(io.BytesIO(write_list_template("places", [], [odd], "vi")))
    cell = book.worksheets[1]["B1"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (name, "s", True)


UNSAID = Answers()
SOURCE = TableSource("Danh sách thôn bản", "7/BC", "UBND xã")


def report_of(
    served: ServedDataset, text: str, answers: Answers = UNSAID, **reading: object
) -> ListReport:
    handed_in = take_in(text.encode(), "danh-sach.csv", served, answers)
    return prepare_list(handed_in, answers, served, TableReading(**reading))


COUNTED = (
    "STT;Tên bản;Xã;Số hộ;Nhân khẩu;Kinh độ;Vĩ độ\n"
    "1;Bản A;Ứng Hòe;48;210;103.35;22.06\n2;Bản B;Ứng Hòe;139;1.640;103.36;22.04\n"
)


@pytest.mark.parametrize(("people", "severities"), [("1.850", []), ("1.851", ["confirm"])])
def test_a_total_that_a_list_states_is_held_against_its_rows(
    served: ServedDataset, people: str, severities: list[str]
) -> None:
    report = report_of(served, f"{COUNTED};Tổng cộng;;187;{people};;\n")
    totals = list_document(report, "vi")["totals"]
    assert [(t["column"], t["cell"], t["stated"], t["sum"]) for t in totals] == [
        ("Số hộ", "D4", 187, 187), ("Nhân khẩu", "E4", float(people.replace(".", "")), 1850),
    ]  # fmt: skip
    assert [f.severity for f in report.findings if f.code == "R03"] == severities


def test_rates_years_and_several_totals_are_not_added(served: ServedDataset) -> None:
    own = "Tên điểm;Loại;Kinh độ;Vĩ độ;Tỷ lệ;Lượt\nA;Chợ;103.05;22.35;1,5;3\n"
    (total,) = list_document(report_of(served, f"{own}Tổng cộng;;;;1,5;3\n"), "en")["totals"]
    assert (total["column"], total["sum"]) == ("Lượt", 3)
    totals = list_document(report_of(served, f"{own}Cộng;;;;;3\nTổng cộng;;;;;3\n"), "en")["totals"]
    assert [(each["stated"], each["sum"]) for each in totals] == [(3, None), (3, None)]


MARKETS = "Tên điểm;Loại;Kinh độ;Vĩ độ;Số quầy năm 2025\nA;Chợ to;103.05;22.35;3\n"
ANSWERED = Answers(
    source=TableSource("Danh sách chợ", "15/BC", "Sở Công Thương"),
    confirmed={"D05": "khác nhau"},
    lists=ListAnswers(
        categories={"chợ to": ""},
        new_categories={"chợ to": NewPlaceCategory(id="market", name=Text("Chợ", "Markets"))},
        scope="communes",
        as_of="2025",
    ),
)


def with_market(served: ServedDataset) -> ServedDataset:
    """The dataset after the market was published."""
    market = PlaceCategory("market", Text("Chợ", "Markets"))
    catalogue = replace(served.whole.catalogue, place_categories={"market": market})
    return replace(served, whole=replace(served.whole, catalogue=catalogue))


@pytest.fixture(scope="module")
def recipe(served: ServedDataset) -> Recipe:
    return list_recipe_of(report_of(served, MARKETS, ANSWERED), "Chợ hằng năm")


def test_the_next_list_of_the_shape_goes_in_without_questions(
    served: ServedDataset, recipe: Recipe
) -> None:
    known = with_market(served)
    following = MARKETS.replace("2025", "2026").replace("A;", "B;")
    asked = report_of(known, following)
    assert (asked.recipe, asked.count("question")) == ("", 2)
    report = report_of(known, following, recipes=[recipe])
    assert (report.recipe, report.publishable) == ("Chợ hằng năm", True)
    assert report.content.recipe == "Chợ hằng năm"
    assert [place.category for place in report.places] == ["market"]
    said = report.answers
    assert (said.lists.scope, said.lists.as_of, said.confirmed) == ("communes", "", {})
    assert said.source == TableSource("Danh sách chợ", issuer="Sở Công Thương")


def test_a_recipe_fills_in_only_where_nobody_said_anything(
    served: ServedDataset, recipe: Recipe
) -> None:
    known = with_market(served)
    partly = Answers(lists=ListAnswers(as_of="2026"))
    assert report_of(known, MARKETS, partly, recipes=[recipe]).answers.lists.scope == "communes"
    form = Answers(lists=ListAnswers(scope="adds", complete=True))
    report = report_of(known, MARKETS, form, recipes=[recipe])
    assert (report.recipe, report.answers.lists.scope) == ("Chợ hằng năm", "adds")


def test_what_a_recipe_names_and_there_is_no_more_is_asked_again(
    served: ServedDataset, recipe: Recipe
) -> None:
    report = report_of(served, MARKETS, recipes=[recipe])
    assert [(q.kind, q.answer) for q in report.questions] == [("category", None)]


def test_a_recipe_of_another_list_or_of_a_table_is_refused(
    served: ServedDataset, recipe: Recipe
) -> None:
    table = Recipe("Biểu", 1, recipe.headers)
    for text, chosen in ((PLACES.replace("Loại", "Nhóm"), recipe), (MARKETS, table)):
        assert report_of(served, text, recipes=[chosen]).recipe == ""
        codes = {f.code for f in report_of(served, text, recipe=chosen).findings}
        assert "H07" in codes


@pytest.mark.parametrize(("until", "closed"), [("2026-05-31", True), ("2026-05-30", False)])
def test_a_list_brings_no_counts_of_a_closed_period(
    served: ServedDataset, until: str, closed: bool
) -> None:
    day = ClosedPeriods(dt.date.fromisoformat(until))
    villages = Answers(source=SOURCE, lists=ListAnswers(period="2026-05"))
    report = report_of(served, COUNTED, villages, closed=day)
    told = [found for found in report.findings if found.code == "P04"]
    assert [found.what["vi"].split(":")[0] for found in told] == ["Số hộ", "Nhân khẩu"] * closed
    assert report.publishable == (not closed)
    market = PlaceCategory("market", Text("Chợ", "Markets"), indicator="number_of_market")
    catalogue = replace(served.whole.catalogue, place_categories={"market": market})
    known = replace(served, whole=replace(served.whole, catalogue=catalogue))
    row = MARKETS.replace("Chợ to", "Chợ")
    counted = report_of(known, row, Answers(lists=ListAnswers(as_of="2026-05")), closed=day)
    assert ("P04" in {found.code for found in counted.findings}) == closed


def test_a_list_without_counts_may_be_of_a_closed_period(served: ServedDataset) -> None:
    names = "Tên bản;Xã;Kinh độ;Vĩ độ\nBản A;Ứng Hòe;103.35;22.06\n"
    said = Answers(source=SOURCE, lists=ListAnswers(kind="villages", period="2020"))
    report = report_of(served, names, said, closed=ClosedPeriods(dt.date(2025, 12, 31)))
    assert "P04" not in {found.code for found in report.findings}


def test_villages_that_a_list_does_not_mention_are_told(lam_khe_dataset: Dataset) -> None:
    served = ServedDataset(lam_khe_dataset, lam_khe_dataset)
    text = "Tên bản;Xã;Kinh độ;Vĩ độ\nBờ Suối;Lam Khê;103.685;21.21\n"
    report = report_of(served, text, Answers(lists=ListAnswers(kind="villages", period="2026")))
    [told] = [found for found in report.findings if found.code == "G08"]
    assert told.severity == "note"
    assert "Cây Sấu" in told.what["vi"]
    assert "Bờ Suối" not in told.what["vi"]


@pytest.mark.parametrize(("text", "kind"), [(COUNTED, "villages"), (PLACES, "places")])
def test_a_list_published_before_is_to_be_confirmed_and_the_reason_is_kept(
    served: ServedDataset, text: str, kind: str
) -> None:
    earlier = EarlierPublication(4, dt.date(2026, 5, 3))
    asked: list[str] = []

    def published(sha256: str) -> list[EarlierPublication]:
        asked.append(sha256)
        return [earlier]

    lists = ListAnswers(period="2026-05", categories={"du lich": ""})
    said = Answers(source=SOURCE, lists=lists)
    report = report_of(served, text, said, published=published)
    assert (report.kind.kind, asked) == (kind, [report.sha256])
    [found] = [each for each in report.findings if each.code == "F05"]
    assert (found.severity, "03/5/2026" in found.what["vi"]) == ("confirm", True)
    assert not report.publishable
    reason = replace(said, confirmed={"F05": "Gửi lại sau khi rút nhầm"})
    again = report_of(served, text, reason, published=published)
    assert again.count("confirm") == 0
    assert again.content.confirmed["F05"] == "Gửi lại sau khi rút nhầm"
