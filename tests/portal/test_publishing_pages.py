"""An office's table through the pages: handed in, answered, previewed, published, taken back."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from geodata.ledger.database import reading
from geodata.ledger.submissions import read_submission
from geodata.readers.pasted import PASTED
from geodata.vietnamese_names import without_diacritics
from portal.ledger_engine import ledger_of
from tests.portal.office import make_account, opened, send, sign_in

pytestmark = pytest.mark.slow

OLD = ("Ánh Đào", "Bản Lầu", "Cốc Pàng", "Đá Đỏ", "Khe Mo", "Lũng Pô", "Nà Hỳ", "Pa Ủ")
PEOPLE = (511, 623, 742, 388, 290, 455, 801, 367)
LAYER = "/api/v1/values?indicator=population&period=2018&level=commune&date=2013-01-01"


def csv_table(header: str = "Dân số năm 2018 (người)", cells: tuple[Any, ...] = PEOPLE) -> bytes:
    rows = [f"{name};{cell}" for name, cell in zip(OLD, cells, strict=True)]
    return "\n".join([f"Tên xã;{header}", *rows]).encode()


@pytest.fixture
def app(office_app: Flask) -> Flask:
    return office_app


def hand_in(client: FlaskClient, content: bytes, name: str = "dan-so.csv") -> str:
    """Hand a file in; the path of its review page."""
    file = (io.BytesIO(content), name)
    answer = send(client, "/office/tables/new", file=file)
    assert answer.status_code == 303, answer.text
    return answer.location


def state_of(page: str) -> dict[str, str]:
    """What the form of a preview carries of it."""
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("based_on", "hash")
    }


def publish(client: FlaskClient, path: str, **more: str) -> TestResponse:
    """Name the document, look at the preview and publish."""
    send(client, path, **{"source-title": "Báo cáo dân số"})
    preview = opened(client, f"{path}/preview").text
    fields = {"title": "Dân số 2018", **state_of(preview), **more}
    return send(client, f"{path}/preview", f"{path}/publish", **fields)


def values(app: Flask) -> list[float | None]:
    """The figures that readers see, highest first."""
    units = app.test_client().get(LAYER).get_json().get("units", {})
    return sorted((cell[0] for cell in units.values() if cell[0] is not None), reverse=True)


def test_a_table_is_published_for_every_reader_and_taken_back(
    app: Flask, office: FlaskClient
) -> None:
    path = hand_in(office, csv_table())
    assert "8 đơn vị" in office.get(path).text
    assert values(app) == []
    receipt = publish(office, path)
    assert receipt.status_code == 303, receipt.text
    assert values(app) == sorted(PEOPLE, reverse=True)
    page = office.get(receipt.location).text
    assert "dan-so.csv" in page
    number = receipt.location.split("?")[0]
    taken_back = send(office, number, f"{number}/undo", reason="Nhầm kỳ", restored="8")
    assert values(app) == []
    assert "Đã gỡ 8 số liệu" in office.get(taken_back.location).text


def test_the_preview_shows_what_nobody_else_sees(app: Flask, office: FlaskClient) -> None:
    path = hand_in(office, csv_table())
    send(office, path, **{"source-title": "Báo cáo dân số"})
    page = opened(office, f"{path}/preview").text
    assert "<svg" in page
    assert "742" in page
    assert values(app) == []
    other = app.test_client()
    make_account(app, "neighbour")
    sign_in(other, "neighbour")
    assert other.get(f"{path}/preview").status_code == 404
    assert app.test_client().get(f"{path}/preview").status_code == 303


def test_a_figure_changed_since_the_preview_stops_the_publication(
    app: Flask, office: FlaskClient
) -> None:
    first, second = hand_in(office, csv_table()), hand_in(office, csv_table(cells=(9, *PEOPLE[1:])))
    for path in (first, second):
        send(office, path, **{"source-title": "Báo cáo"})
    stale = state_of(office.get(f"{second}/preview").text)
    assert publish(office, first).status_code == 303
    fields = {"title": "Lần hai", **stale}
    late = send(office, f"{second}/preview", f"{second}/publish", **fields)
    assert late.status_code == 409
    assert "L03" in late.text
    assert values(app) == sorted(PEOPLE, reverse=True)


def test_a_table_with_an_open_question_is_not_published(app: Flask, office: FlaskClient) -> None:
    path = hand_in(office, csv_table("Số lợn năm 2018 (con)"))
    page = office.get(path).text
    assert "Đây là chỉ tiêu nào?" in page
    send(office, path, **{"source-title": "Báo cáo"})
    refused = office.get(f"{path}/preview")
    assert refused.status_code == 400
    assert "I01" in refused.text
    summary = re.search(r'id="blocked" autofocus>(.*?)</div>', refused.text, re.DOTALL)[1]
    assert 'href="#column-0"' in summary
    assert 'id="column-0"' in refused.text


def test_signs_of_a_table_stand_in_the_legend_as_what_they_say(
    app: Flask, office: FlaskClient
) -> None:
    path = hand_in(office, csv_table(cells=(*PEOPLE[:5], "x", "mật", "…")))
    assert "V12" in office.get(path).text
    assert publish(office, path).status_code == 303
    shown = app.test_client().get(LAYER).get_json()
    kinds = [cell[1] for cell in shown["units"].values() if cell[0] is None]
    assert (kinds.count("not_applicable"), kinds.count("not_published")) == (1, 1)
    legend = {row["kind"]: row["count"] for row in shown["legend"]["missing"]}
    assert (legend["not_applicable"], legend["not_published"]) == (1, 1)


def test_the_preview_opens_on_a_map_that_colours_the_units(office: FlaskClient) -> None:
    rows = [f"{name};{n};{n // 10}" for name, n in zip(OLD, PEOPLE, strict=True)]
    head = "Tên xã;Dân số năm 2018 (người);Mật độ dân số năm 2018 (người/km²)"
    path = hand_in(office, "\n".join([head, *rows]).encode())
    asked = re.findall(r'name="(reason-\w+)"', office.get(path).text)
    send(office, path, **{"source-title": "Báo cáo", **dict.fromkeys(asked, "Bảng thử")})
    page = opened(office, f"{path}/preview").text
    assert re.search(r'map=1"[^>]*aria-current="true"', page), page


def test_a_new_indicator_is_made_in_the_form_and_drawn(app: Flask, office: FlaskClient) -> None:
    path = hand_in(office, csv_table("Số lợn năm 2018 (con)"))
    form = f"{path}/indicator/0"
    assert "Số lợn" in office.get(form).text
    refused = send(office, form, name_vi="Số lợn", kind="count", direction="up")
    assert refused.status_code == 400
    assert 'aria-invalid="true"' in refused.text
    made = send(
        office, form, name_vi="Số lợn", name_en="Pigs", definition_vi="Số lợn có đến cuối năm",
        theme_name_vi="Chăn nuôi", measure_unit_name_vi="con", kind="count", direction="neutral",
        decimals="0", minimum="0",
    )  # fmt: skip
    assert made.status_code == 303, made.text
    assert publish(office, path).status_code == 303
    address = LAYER.replace("population", "pigs")
    units = app.test_client().get(address).get_json()["units"]
    assert sum(cell[0] is not None for cell in units.values()) == 8


def test_the_next_table_of_the_same_shape_goes_in_without_questions(
    app: Flask, office: FlaskClient
) -> None:
    path = hand_in(office, csv_table("Người đăng ký năm 2018"))
    page = office.get(path).text
    column = re.search(r'name="path-(\d+)" value="([^"]*)"', page)
    shown = re.search(r'name="shown-0" value="([^"]*)"', page)[1].replace("&#34;", '"')
    answered = {
        "path-0": column[2].replace("&#34;", '"'), "shown-0": shown, "use-0": "value",
        "indicator-0": "population", "period-0": "2018", "status-0": "actual", "measure-0": "",
        "scale-0": "1", "source-title": "Báo cáo",
    }  # fmt: skip
    send(office, path, **answered)
    assert publish(office, path, recipe="Dân số đăng ký").status_code == 303
    again = hand_in(office, csv_table("Người đăng ký năm 2019"), "sau.csv")
    page = office.get(again).text
    assert "Dân số đăng ký" in page
    assert "I01" not in page


def test_what_was_left_as_found_is_no_answer(app: Flask, office: FlaskClient) -> None:
    path = hand_in(office, csv_table())
    page = office.get(path).text
    hidden = {
        name: re.search(rf'name="{name}-0" value="([^"]*)"', page)[1].replace("&#34;", '"')
        for name in ("path", "shown")
    }
    use, indicator, period, status, measure, scale, _ = json.loads(hidden["shown"])
    send(
        office, path, **{
            "path-0": hidden["path"], "shown-0": hidden["shown"], "use-0": use,
            "indicator-0": indicator, "period-0": period, "status-0": status,
            "measure-0": measure, "scale-0": scale, "source-title": "Báo cáo",
        },
    )  # fmt: skip
    with reading(ledger_of(app).get()) as connection:
        kept = read_submission(connection, path.rsplit("/", maxsplit=1)[1])
    assert kept.answers.columns == {}
    assert kept.answers.source.title == "Báo cáo"


def test_pasted_cells_are_a_table(office: FlaskClient) -> None:
    pasted = "Tên xã\tDân số năm 2018 (người)\n" + "\n".join(
        f"{name}\t{n}" for name, n in zip(OLD, PEOPLE, strict=True)
    )
    answer = send(office, "/office/tables/new", pasted=pasted)
    page = office.get(answer.location).text
    assert PASTED not in page
    assert "bảng dán từ bảng tính" in page
    assert "pasted table" in office.get(f"{answer.location}?lang=en").text
    assert "8 đơn vị" in page


def test_a_name_of_signs_that_are_not_shown_or_without_end_is_told_short_and_plain(
    office: FlaskClient,
) -> None:
    path = hand_in(office, csv_table(), "bao-cao\u202egpj\u200b" + "x" * 150 + "-2026.csv")
    page = office.get(path).text
    assert "\u202e" not in page
    assert "\u200b" not in page
    assert re.search(r"<h1><bdi>bao-cao gpj x+…x+\.csv</bdi></h1>", page)


def test_a_workbook_that_unpacks_to_too_much_is_refused_at_the_door(office: FlaskClient) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 130_000_000)
    file.seek(0)
    answer = send(office, "/office/tables/new", file=(file, "a.xlsx"))
    assert answer.status_code == 400
    assert "≤ 120 MB" in answer.text
    assert 'id="wrong-file"' in answer.text
    assert "a.xlsx" not in office.get("/office").text


def test_a_refused_form_keeps_what_was_typed_and_nothing_else(office: FlaskClient) -> None:
    form = f"{hand_in(office, csv_table('Số lợn năm 2018 (con)'))}/indicator/0"
    refused = send(
        office, form, name_vi="Số lợn", definition_vi="Lợn có đến cuối năm", kind="count"
    )
    assert refused.status_code == 400
    typed = dict(re.findall(r'name="(\w+_(?:vi|en))" value="([^"]*)"', refused.text))
    assert typed["name_vi"] == "Số lợn"
    assert (typed["name_en"], typed["definition_en"]) == ("", "")


def test_the_receipt_leads_to_the_very_layer_that_was_published(
    app: Flask, office: FlaskClient
) -> None:
    receipt = publish(office, hand_in(office, csv_table()))
    page = office.get(receipt.location).text
    address = html.unescape(re.search(r'href="(/\?indicator=population[^"]*)"', page)[1])
    assert "level=commune" in address
    api = f"/api/v1/values{address.removeprefix('/')}"
    shown = app.test_client().get(api).get_json()["units"].values()
    assert sorted(c[0] for c in shown if c[0] is not None) == sorted(PEOPLE)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"MZ"),
        ("a.xlsx", b""),
        ("../../etc/passwd.csv", b""),
    ],
)
def test_what_is_no_table_is_refused_at_the_door(
    office: FlaskClient, name: str, content: bytes
) -> None:
    answer = send(office, "/office/tables/new", file=(io.BytesIO(content), name))
    assert answer.status_code == 400
    assert 'id="wrong-file"' in answer.text


def test_a_damaged_file_is_told_in_words(office: FlaskClient) -> None:
    path = hand_in(office, b"PK\x03\x04 no workbook", "hong.xlsx")
    page = office.get(path)
    assert page.status_code == 200
    assert "hong.xlsx" in page.text
    assert "is-error" in page.text


def test_words_of_a_table_are_never_markup(office: FlaskClient) -> None:
    evil = "<script>alert(1)</script>"
    path = hand_in(office, csv_table(f"{evil} năm 2018"), f"{evil}.csv")
    page = office.get(path).text
    assert evil not in page
    assert "&lt;script&gt;" in page


def test_a_template_comes_back_without_questions(office: FlaskClient) -> None:
    answer = send(
        office, "/office/template", indicator="population", level="commune", date="2013-01-01",
        period="Năm 2018", status="actual",
    )  # fmt: skip
    assert answer.mimetype.endswith("sheet")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    sheet = book.worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    column = next(cell.column for cell in cells if "người" in str(cell.value))
    for row in sheet.iter_rows():
        if any(str(cell.value) in OLD for cell in row):
            sheet.cell(row[0].row, column).value = 500 + row[0].row
    filled = io.BytesIO()
    book.save(filled)
    path = hand_in(office, filled.getvalue(), "mau.xlsx")
    page = office.get(path).text
    assert "severity is-question" not in page
    assert "severity is-error" not in page


def test_one_figure_is_corrected_with_its_reason(app: Flask, office: FlaskClient) -> None:
    assert publish(office, hand_in(office, csv_table())).status_code == 303
    unit = app.test_client().get(LAYER).get_json()["units"]
    first = next(key for key, cell in unit.items() if cell[0] == 511)
    series = {"unit": first, "indicator": "population", "period": "2018", "status": "actual"}
    page = f"/office/correct?unit={first}&indicator=population&period=2018&status=actual"
    refused = send(office, page, "/office/correct", **series, value="512", reason="", seen="511.0")
    assert refused.status_code == 400
    done = send(office, page, "/office/correct", **series, value="1.512", reason="Gõ nhầm",
                seen="511.0")  # fmt: skip
    assert done.status_code == 303, done.text
    assert 1512 in values(app)
    assert "Gõ nhầm" in office.get(page).text


def test_a_figure_is_found_by_names_without_marks_and_periods_as_offices_write_them(
    app: Flask, office: FlaskClient
) -> None:
    store = app.extensions["portal"].store
    unit = store.units(level="commune", date=store.info.timeline[-1].date).items[0]
    plain = without_diacritics(unit.full_name.vi).upper()
    asked = {"indicator": "population", "period": "6 tháng đầu năm 2018", "unit": plain}
    page = office.get("/office/correct", query_string=asked)
    assert f"{unit.full_name.vi}" in re.findall(r"<h2>(.*?)</h2>", page.text)[0]
    for wrong, what in (({"period": "6 tháng"}, "6 tháng"), ({"unit": "Xã Xa Xăm"}, "Xa Xăm")):
        assert what in office.get("/office/correct", query_string={**asked, **wrong}).text
    refused = send(office, "/office/template", indicator="population", level="commune",
                   date="2013-01-01", period="6 tháng", status="actual")  # fmt: skip
    assert refused.status_code == 400


def test_an_editor_of_one_commune_cannot_publish_for_another(app: Flask) -> None:
    store = app.extensions["portal"].store
    day = store.info.timeline[-1].date
    own = store.units(level="commune", date=day).items[0].unit_id
    make_account(app, "commune", communes=[own])
    client = app.test_client()
    sign_in(client, "commune")
    path = hand_in(client, csv_table())
    send(client, path, **{"source-title": "Báo cáo"})
    refused = client.get(f"{path}/preview")
    assert refused.status_code == 400
    assert "U07" in refused.text
    assert values(app) == []
    review = client.get(path).text
    assert '<select id="outside" name="outside">' in review


def test_an_editor_sets_the_rows_of_others_aside_by_one_choice(app: Flask) -> None:
    store = app.extensions["portal"].store
    old = {u.full_name.vi: u for u in store.units(level="commune").items if u.valid_to}
    own = next(unit for name, unit in old.items() if name.endswith(OLD[0]))
    make_account(app, "commune", communes=[own.unit_id])
    client = app.test_client()
    sign_in(client, "commune")
    path = hand_in(client, csv_table())
    send(client, path, **{"source-title": "Báo cáo", "outside": "skip"})
    review = client.get(path).text
    assert 'value="skip" selected' in review
    assert "severity is-question" not in review
    assert publish(client, path).status_code == 303
    assert len(values(app)) == 1


def test_the_name_of_a_new_indicator_begins_without_the_unit_of_measure(
    office: FlaskClient,
) -> None:
    path = hand_in(office, csv_table("Tỷ lệ đường trục được cứng hóa (%)"))
    form = office.get(f"{path}/indicator/0").text
    assert re.search(r'name="name_vi" value="Tỷ lệ đường trục được cứng hóa"', form), form


@pytest.mark.parametrize("number", [0, 9999, 2**63, 10**30])
def test_a_publication_that_does_not_exist_is_not_found(office: FlaskClient, number: int) -> None:
    assert office.get(f"/office/revisions/{number}").status_code == 404
    assert office.get(f"/office/revisions/{number}/file").status_code == 404
