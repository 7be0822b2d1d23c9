"""What a person meets on the review page: what is asked first, in the reader's words, once."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.i18n import Language
from geodata.ledger.database import reading
from geodata.ledger.submissions import Submission, read_submission
from portal.config import read_settings
from portal.ledger_engine import ledger_of
from portal.publications import PublicationService
from portal.publishing.draft_reading import read_draft
from tests.portal.office import opened, send
from tests.portal.test_publishing_pages import (
    LAYER,
    OLD,
    PEOPLE,
    csv_table,
    hand_in,
    publish,
)

SHARES = (70.2, 75.25, 77.0, 64.5, 33.5, 12.5, 41.0, 88.8)


def workbook(*rows: list[Any], merged: tuple[str, ...] = ()) -> bytes:
    sheet = openpyxl.Workbook().active
    sheet.title = "Biểu 01"
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    file = io.BytesIO()
    sheet.parent.save(file)
    return file.getvalue()


def fields_of(page: str) -> dict[str, str]:
    """The fields of the columns' cards as a browser would send them."""
    named = re.findall(r'<input[^>]*\bname="([^"]+)"[^>]*\bvalue="([^"]*)"', page)
    pairs = [(html.unescape(name), html.unescape(value)) for name, value in named]
    fields = {name: value for name, value in pairs if "pick" not in name}
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[html.unescape(name)] = chosen[1] if chosen else ""
    wanted = ("path-", "shown-", "use-", "indicator-", "period-", "status-", "measure-", "scale-",
              "same-", "of-", "word-", "written-")  # fmt: skip
    return {name: value for name, value in fields.items() if name.startswith(wanted)}


def submission_of(office_app: Flask, path: str) -> Submission:
    with reading(ledger_of(office_app).get()) as connection:
        return read_submission(connection, path.rsplit("/", maxsplit=1)[1])


@pytest.mark.slow
def test_a_question_names_sheet_column_and_header(office: FlaskClient) -> None:
    rows = [[name, n] for n, name in enumerate(OLD, 3)]
    path = hand_in(office, workbook(["Tên xã", "Số lợn năm 2018 (con)"], *rows), "lon.xlsx")
    send(office, path, **{"source-title": "Báo cáo"})
    assert "“Biểu 01, B, Số lợn năm 2018 (con)”" in opened(office, f"{path}/preview").text


def test_columns_of_one_heading_are_asked_about_once(
    office_app: Flask, office: FlaskClient
) -> None:
    rows = [[name, n, n + 1, n + 2] for n, name in enumerate(OLD, 3)]
    content = workbook(
        ["Tên xã", "Số lợn (con)", None, None],
        [None, "KH 2018", "TH 2018", "TH 2017"],
        *rows,
        merged=("A1:A2", "B1:D1"),
    )
    path = hand_in(office, content, "lon.xlsx")
    page = office.get(path).text
    assert page.count("Đây là chỉ tiêu nào?") == 1
    fields = fields_of(page)
    place = next(name for name in fields if name.startswith("same-")).removeprefix("same-")
    leader = fields[f"same-{place}"]
    send(office, path, **{**fields, f"indicator-{leader}": "Dân số (người)"})
    said = submission_of(office_app, path).answers.columns
    assert {meaning.indicator for meaning in said.values()} == {"population"}
    assert len(said) == 3


@pytest.mark.slow
def test_an_indicator_is_found_by_its_name_in_either_language(
    office_app: Flask, office: FlaskClient
) -> None:
    for typed in ("dân số", "Population", "population", "Dân  số (người)"):
        path = hand_in(office, csv_table("Người đăng ký năm 2018"))
        send(office, path, **{**fields_of(office.get(path).text), "indicator-0": typed})
        (meaning,) = submission_of(office_app, path).answers.columns.values()
        assert meaning.indicator == "population", typed


def test_a_name_of_no_indicator_is_refused_beside_its_field(office: FlaskClient) -> None:
    path = hand_in(office, csv_table("Người đăng ký năm 2018"))
    fields = fields_of(office.get(path).text)
    refused = send(office, path, **{**fields, "indicator-0": "Số tàu vũ trụ"})
    assert refused.status_code == 400
    assert 'href="#indicator-0"' in refused.text
    assert "Số tàu vũ trụ" in refused.text


@pytest.mark.slow
def test_the_list_of_indicators_is_sent_once_however_many_columns_there_are(
    office: FlaskClient,
) -> None:
    header = ["Tên xã", *(f"Nhóm {n} năm 2018 (con)" for n in range(49))]
    rows = [[name, *range(49)] for name in OLD]
    page = office.get(hand_in(office, workbook(header, *rows), "rong.xlsx")).text
    assert page.count('<option value="Dân số (người)">') == 1
    assert page.count('name="path-') == 49
    # Of many open columns the first stand open, the others are a line each.
    assert page.count('<details class="folded"><summary><b>') == 44


@pytest.mark.parametrize(
    ("language", "number", "period"),
    [("vi", "75,25", "6 tháng đầu năm 2018"), ("en", "75.25", "first half of 2018")],
)
def test_samples_and_periods_are_told_in_the_readers_language(
    office: FlaskClient, language: Language, number: str, period: str
) -> None:
    rows = [[name, value] for name, value in zip(OLD, SHARES, strict=True)]
    path = hand_in(office, workbook(["Tên xã", "Dân số 6 tháng 2018 (người)"], *rows), "a.xlsx")
    page = office.get(f"{path}?lang={language}").text
    assert f"· {number} ·" in page
    assert f'value="{period}"' in page
    assert "2018-H1" not in page


def test_a_period_left_as_shown_is_no_answer_in_any_language(
    office_app: Flask, office: FlaskClient
) -> None:
    path = hand_in(office, csv_table("Dân số tháng 6 năm 2018 (người)"))
    fields = fields_of(office.get(f"{path}?lang=en").text)
    assert fields["period-0"] == "June 2018"
    send(office, path, **fields)
    assert submission_of(office_app, path).answers.columns == {}


def test_one_period_answers_for_all_columns_without_one(
    office_app: Flask, office: FlaskClient
) -> None:
    rows = [[name, n, 2 * n] for n, name in enumerate(OLD, 3)]
    path = hand_in(
        office, workbook(["Tên xã", "Dân số (người)", "Diện tích (km²)"], *rows), "a.xlsx"
    )
    page = office.get(path).text
    assert 'name="period-all"' in page
    send(office, path, **{**fields_of(page), "period-all": "quý I/2018"})
    said = submission_of(office_app, path).answers.columns
    assert {meaning.period for meaning in said.values()} == {"2018-Q1"}


def test_rows_of_different_times_are_one_question_with_a_table(office: FlaskClient) -> None:
    rows = [
        [name, n]
        for n, name in enumerate((*OLD[1:], "Hòa Bình", "Mường Én", "Tà Hừa", "Quảng Lâm"), 3)
    ]
    page = office.get(
        hand_in(office, workbook(["Tên xã", "Dân số năm 2018 (người)"], *rows), "a.xlsx")
    ).text
    assert page.count('id="units-title"') == 1
    assert "từ ?" not in page


@pytest.mark.slow
def test_a_share_of_what_the_portal_does_not_know_is_published(
    office_app: Flask, office: FlaskClient
) -> None:
    cells = tuple(f"{value}".replace(".", ",") for value in SHARES)
    path = hand_in(office, csv_table("Tỷ lệ đường cứng hóa năm 2018 (%)", cells))
    form = f"{path}/indicator/0"
    page = office.get(form).text
    assert "Mẫu số là" in page
    fields = {
        "name_vi": "Tỷ lệ đường cứng hóa", "name_en": "Paved roads", "definition_vi": "Phần đường",
        "theme": "population", "measure_unit_name_vi": "%", "kind": "ratio", "decimals": "1",
        "direction": "up", "minimum": "0", "maximum": "100",
    }  # fmt: skip
    refused = send(office, form, **fields)
    assert refused.status_code == 400
    assert 'id="wrong-denominator"' in refused.text
    made = send(office, form, **fields, denominator_pick="-",
                denominator_name_vi="Chiều dài đường", denominator_unit="km")  # fmt: skip
    assert made.status_code == 303, made.text
    assert publish(office, path).status_code == 303
    values = office_app.test_client().get(LAYER.replace("population", "paved_roads")).get_json()
    assert sorted(c[0] for c in values["units"].values() if c[0] is not None) == sorted(SHARES)


def test_the_wholes_in_the_table_itself_are_offered_as_denominators(office: FlaskClient) -> None:
    rows = [[name, n, 2 * n] for n, name in enumerate(OLD, 3)]
    header = ["Tên xã", "Dân số năm 2018 (người)", "Tỷ lệ đường năm 2018 (%)"]
    path = hand_in(office, workbook(header, *rows), "a.xlsx")
    column = re.search(r'value="indicator-(\d+)" class="button"', office.get(path).text)[1]
    page = office.get(f"{path}/indicator/{column}").text
    assert 'name="denominator_pick" value="population"' in page
    assert "cột B của bảng này" in page


@pytest.mark.slow
def test_progress_is_told_within_the_stages(office_app: Flask, office: FlaskClient) -> None:
    rows = [[name, *range(9)] for name in OLD for _ in range(300)]
    header = ["Tên xã", *(f"Nhóm {n} năm 2018 (con)" for n in range(9))]
    path = hand_in(office, workbook(header, *rows), "dai.xlsx")
    told: list[int] = []
    state = office_app.extensions["portal"]
    read_draft(
        PublicationService(read_settings({}), ledger_of(office_app).get(), state.store),
        submission_of(office_app, path),
        lambda n, _: told.append(n),
    )
    assert told == sorted(set(told))
    assert told[0] == 0
    assert len(told) >= 12
    assert 80 <= told[-1] < 100


@pytest.mark.slow
def test_the_button_that_publishes_stands_before_the_tables(office: FlaskClient) -> None:
    path = hand_in(office, csv_table())
    send(office, path, **{"source-title": "Báo cáo dân số"})
    page = opened(office, f"{path}/preview").text
    assert page.index('action="' + f"{path}/publish") < page.index("<table")


@pytest.mark.parametrize("path", ["/", "/indicators", "/compare", "/mergers", "/about", "/sources"])
def test_every_page_has_the_door_of_the_offices_at_its_top(toy: FlaskClient, path: str) -> None:
    page = toy.get(path).text
    assert 'href="/office"' in page.partition("</header>")[0]


@pytest.mark.slow
def test_documents_date_is_shown_and_read_in_the_readers_language(
    office_app: Flask, office: FlaskClient
) -> None:
    path = hand_in(office, csv_table())
    for date in ("30/6/2026", "30 June 2026", "2026-06-30"):
        send(office, path, **{"source-title": "Báo cáo", "source-date": date})
        assert submission_of(office_app, path).answers.source.date == "2026-06-30"
    assert 'name="source-date" value="30/6/2026"' in office.get(path).text
    assert 'name="source-date" value="30 June 2026"' in office.get(f"{path}?lang=en").text


def test_a_column_that_the_table_says_to_divide_begins_as_that_share(
    app: Flask, office: FlaskClient
) -> None:
    rows = [f"{name};{cell};{n + 5};{(n + 5) / cell * 100:.2f}"
            for n, (name, cell) in enumerate(zip(OLD, PEOPLE, strict=True))]  # fmt: skip
    head = ["Tên xã;Dân số năm 2018 (người);Người bệnh năm 2018 (người);Tỷ lệ bệnh năm 2018 (%)",
            "A;1;2;3=2/1*100"]  # fmt: skip
    path = hand_in(office, "\n".join([*head, *rows]).encode())
    page = office.get(f"{path}/indicator/2").text
    assert re.search(r'<option value="ratio" selected>', page)
    assert re.search(r'name="denominator_pick" value="population" checked', page)


def test_the_form_for_a_new_indicator_begins_with_title_unit_and_decimals_of_the_table(
    office: FlaskClient,
) -> None:
    rows = [[name, cell / 10, cell / 4] for name, cell in zip(OLD, PEOPLE, strict=True)]
    table = workbook(
        ["TỔNG HỢP THU NGÂN SÁCH NHÀ NƯỚC 2 THÁNG ĐẦU NĂM 2018"], ["Đơn vị tính: Người"],
        ["Tên xã", "Tháng 1", "Tháng 2"], *rows,
    )  # fmt: skip
    page = office.get(f"{hand_in(office, table, 'thu.xlsx')}/indicator/0").text
    assert 'name="name_vi" value="Thu ngân sách nhà nước"' in page
    assert '<option value="person" selected>' in page
    assert 'name="decimals" value="1"' in page


def test_a_number_beyond_all_figures_is_told_short_and_does_not_fail_the_page(
    office: FlaskClient,
) -> None:
    table = workbook(
        ["Tên xã", "Dân số năm 2018"], [OLD[0], 1e308], *zip(OLD[1:], PEOPLE[1:], strict=True)
    )
    page = opened(office, hand_in(office, table, "so.xlsx"))
    assert page.status_code == 200
    assert "1e+308" in page.text
    assert "0000000000" not in page.text
