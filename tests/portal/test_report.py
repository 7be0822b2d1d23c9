"""The Word report: official layout, real styles, alt text, the API's figures, equal bytes."""

from __future__ import annotations

import io
import re
import zipfile
from urllib.parse import parse_qsl, urlencode

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from geodata.locale_numbers import parse_number
from geodata.store import Store
from layers.layer import Layer
from layers.sparse_map import is_sparse
from portal.config import read_settings
from portal.export.page_selection import select_layers
from portal.export.parse import parse_export
from portal.export.render import render

UNIT = "03394-20250701"
LAYER = "indicator=population_density&period=2025-07-01&level=commune&date=2025-07-01"
SMALL = f"/export/report.docx?{LAYER}&indicators=population_density,elevation_mean&dpi=96"
WHOLE_SET = {"extent": UNIT, "dpi": "96", "level": "commune", "date": "2025-07-01"}


def opened(store: Store, address: str) -> docx.document.Document:
    return docx.Document(io.BytesIO(render(parse_export(address, store, read_settings()), store)))


@pytest.fixture(scope="module")
def report(lai_chau_store: Store) -> docx.document.Document:
    return opened(lai_chau_store, SMALL)


@pytest.fixture(scope="module")
def english(lai_chau_store: Store) -> docx.document.Document:
    query = f"{SMALL}&lang=en&extent={UNIT}&office=Office+of+Statistics&title=My+maps"
    return opened(lai_chau_store, query)


def headings(document) -> list[tuple[str, str]]:
    return [
        (p.style.name, p.text)
        for p in document.paragraphs
        if p.style.name.startswith(("Heading", "Title"))
    ]


def figure_tables(document) -> list:
    return [t for t in document.tables if t.style is not None and t.style.name == "Table Grid"]


def test_the_page_is_that_of_the_decree(report) -> None:
    section = report.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert 20 <= section.top_margin.mm <= 25
    assert 20 <= section.bottom_margin.mm <= 25
    assert 30 <= section.left_margin.mm <= 35
    assert 15 <= section.right_margin.mm <= 20.01
    assert report.styles["Normal"].font.name == "Times New Roman"
    for name in ("Normal", "Body Text", "Heading 1", "Heading 2", "Caption", "Title"):
        assert 13 <= report.styles[name].font.size.pt <= 14
        assert report.styles[name].font.name == "Times New Roman"
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml


def test_the_heading_is_prescribed_or_a_placeholder_never_made_up(report, english) -> None:
    text = "\n".join(cell.text for row in report.tables[0].rows for cell in row.cells)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    controls = {
        c.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")): c
        for c in report.element.body.iter(qn("w:sdt"))
    }
    assert set(controls) == {
        "authority", "office", "number", "place", "kind", "recipients", "signer", "name",
    }  # fmt: skip
    for control in controls.values():
        assert control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None
        words = "".join(t.text for t in control.iter(qn("w:t")))
        assert words.startswith("[")
    given = english.tables[0]._tbl.xml
    assert "OFFICE OF STATISTICS" in given


def test_headings_are_real_styles_by_theme(report) -> None:
    found = headings(report)
    assert [name for name, _ in found].count("Heading 2") == 2
    assert found[1][0] == "Heading 1"
    assert found[1][1].startswith("I. ")
    assert ("Heading 2", "1. Mật độ dân số") in found
    assert found[-1] == ("Heading 1", "Nguồn số liệu và ranh giới")


def test_every_picture_has_alternative_text_from_its_figures(app, report) -> None:
    pictures = list(report.element.body.iter(qn("wp:docPr")))
    assert len(pictures) == len(report.inline_shapes) == 2
    summary = app.test_client().get(f"/api/v1/values?{LAYER}").get_json()["summary"]
    assert summary.rstrip(".") in pictures[0].get("descr")
    assert all(shape.width <= Mm(160.1) for shape in report.inline_shapes)


def test_captions_are_numbered_fields_with_sources(report) -> None:
    captions = [p for p in report.paragraphs if p.style.name == "Caption"]
    assert [p.text.split(".")[0] for p in captions] == ["Hình 1", "Bảng 1", "Hình 2", "Bảng 2"]
    assert all("SEQ" in p._p.xml for p in captions)
    lines = [p.text for p in report.paragraphs if p.style.name == "Source Line"]
    assert sum(line.startswith("Nguồn: ") for line in lines) == 2


def test_tables_hold_the_figures_of_the_api_and_repeat_their_head(app, report) -> None:
    served = app.test_client().get(f"/api/v1/values?{LAYER}").get_json()
    units = app.test_client().get("/api/v1/units?level=commune&date=2025-07-01&limit=100")
    names = {u["id"]: u["full_name"] for u in units.get_json()["items"]}
    table = figure_tables(report)[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows[1:])
    shown = {row.cells[1].text: row.cells[2].text for row in table.rows[1:]}
    assert len(shown) == 38
    for unit_id, cell in served["units"].items():
        value = parse_number(shown[names[unit_id]], "vietnamese")
        assert value == pytest.approx(cell[2] if cell[0] is None else cell[0], abs=0.051)
    values = [parse_number(row.cells[2].text, "vietnamese") for row in table.rows[1:]]
    assert values[:36] == sorted(values[:36], reverse=True)
    assert [row.cells[3].text for row in table.rows[37:]] == ["Số liệu không thể có"] * 2
    noted = sum(cell[0] is None or cell[3] for cell in served["units"].values())
    assert sum(bool(row.cells[4].text) for row in table.rows[1:]) == noted


def test_a_unit_is_shown_with_its_neighbours_in_english(english) -> None:
    table = figure_tables(english)[0]
    names = [row.cells[1].text for row in table.rows[1:]]
    assert "Sin Suoi Ho commune" in names
    assert 3 <= len(names) < 15
    own = next(row for row in table.rows[1:] if row.cells[1].text == "Sin Suoi Ho commune")
    assert own.cells[1].paragraphs[0].runs[0].bold
    assert "My maps" in [p.text for p in english.paragraphs]
    assert 'w:val="en-GB"' in english.styles["Normal"].element.xml


def test_a_unit_whole_set_of_maps_is_one_call(lai_chau_store: Store, spec_of) -> None:
    spec = spec_of(lai_chau_store, f"/export/report.docx?{urlencode(WHOLE_SET)}")
    having = {o.indicator for o in lai_chau_store.observations(unit=UNIT).items
              if o.status in ("actual", "estimate") and not o.impossible}  # fmt: skip
    layer = Layer.from_query(dict(WHOLE_SET), lai_chau_store)
    chosen = select_layers(lai_chau_store, layer, {"extent": UNIT})
    assert spec.pages == len(chosen.maps) > 10
    assert {each.indicator for each in (*chosen.maps, *chosen.rest)} == having


def test_indicators_with_few_figures_stand_in_one_table_and_not_on_maps(
    lai_chau_store: Store,
) -> None:
    theme = "poverty"
    layer = Layer.from_query(dict(parse_qsl(LAYER)), lai_chau_store)
    rows = {(row.indicator, row.period): row for row in lai_chau_store.coverage()
            if (row.level, row.step_date, row.status_group)
            == (layer.level, layer.date, layer.status)}  # fmt: skip
    document = opened(lai_chau_store, f"/export/report.docx?{LAYER}&theme={theme}&dpi=96")
    titles = [text for style, text in headings(document) if style == "Heading 1"]
    chosen = select_layers(lai_chau_store, layer, {"theme": theme})
    for each in chosen.maps:
        row = rows[each.indicator, each.period]
        assert not is_sparse(row.with_value, row.total)
    if not chosen.rest:
        pytest.fail("the theme has no indicator with few figures")
    assert titles[-2] == "Các chỉ tiêu có ít số liệu"
    table = figure_tables(document)[-1]
    assert len(table.rows) == len(chosen.rest) + 1
    assert any(re.match(r"1/38: \S+", row.cells[1].text) for row in table.rows[1:])


def test_units_without_a_figure_are_one_line_below_the_table(lai_chau_store: Store) -> None:
    address = f"/export/report.docx?{LAYER}&indicators=poverty_rate,elevation_mean&dpi=96"
    document = opened(lai_chau_store, address)
    table = figure_tables(document)[0]
    with_value = [row for row in table.rows[1:] if row.cells[2].text != "–"]
    assert len(table.rows) - 1 == len(with_value) < 38
    lines = [p.text for p in document.paragraphs if p.style.name == "Source Line"]
    (said,) = [line for line in lines if line.startswith("Chưa có số liệu (")]
    assert said.count(",") == 37 - len(with_value)


@pytest.mark.parametrize("document", ["report", "atlas"])
def test_the_first_page_of_a_document_can_be_seen_before_it_is_made(
    client: FlaskClient, document: str
) -> None:
    query = f"{LAYER}&indicators=population_density,elevation_mean"
    query += "&pages=indicators" if document == "atlas" else ""
    answer = client.get(f"/export/{document}.png?{query}")
    assert answer.status_code == 200
    picture = Image.open(io.BytesIO(answer.data))
    assert picture.size == (794, 1123)
    assert len(picture.getcolors(picture.width * picture.height)) > 100


def test_the_bytes_are_the_same_and_dated_by_the_dataset(app: Flask, lai_chau_store: Store) -> None:
    told: list[int] = []
    spec = parse_export(SMALL, lai_chau_store, read_settings())
    content = render(spec, lai_chau_store, lambda done, _message: told.append(done))
    assert content == app.test_client().get(SMALL).data
    assert told == [0, 1]
    day = lai_chau_store.info.reference_date
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {e.date_time[:3] for e in archive.infolist()} == {(day.year, day.month, day.day)}
    words = docx.Document(io.BytesIO(content)).core_properties
    assert words.created.date() == words.modified.date() == day
    assert lai_chau_store.info.version in words.keywords


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("indicators=nothing", 404, "indicators"),
        ("theme=nothing", 404, "theme"),
        ("theme=forest&indicators=population", 400, "theme"),
        ("extent=99999-20250701&indicators=population", 404, "extent"),
        ("dpi=600", 400, "dpi"),
        ("office=" + "x" * 121, 400, "office"),
        ("number=" + "x" * 41, 400, "number"),
        ("units=x", 400, "units"),
        (f"extent={UNIT}", 413, "pages"),
    ],
)
def test_refusals_have_the_shape_of_every_error(
    client: FlaskClient, query: str, status: int, parameter: str
) -> None:
    answer = client.get(f"/export/report.docx?level=commune&date=2025-07-01&lang=en&{query}")
    assert answer.status_code == status
    error = answer.get_json()["error"]
    assert error["parameter"] == parameter
    assert error["message"]
    assert error["allowed"]


def test_what_a_reader_types_is_text(lai_chau_store: Store) -> None:
    hostile = "<w:p/>&amp;]]>\u202e=cmd()"
    title = hostile.replace("\u202e", "")
    query = {"office": hostile, "note": hostile, "title": title, "dpi": "96",
             "indicators": "population_density", "level": "commune"}  # fmt: skip
    document = opened(lai_chau_store, f"/export/report.docx?{urlencode(query)}")
    text = [p.text for p in document.paragraphs]
    assert any("<w:p/>&amp;]]>" in line for line in text)


def written(table) -> list[tuple[object, ...]]:
    """The lines of a table of the letterhead: first words, size, bold, italic, indent in mm."""
    lines = []
    for cell in (cell for row in table.rows for cell in row.cells):
        for paragraph in (docx.text.paragraph.Paragraph(p, cell) for p in cell._tc.iter(qn("w:p"))):
            runs = [docx.text.run.Run(r, paragraph) for r in paragraph._p.iter(qn("w:r"))]
            sizes = {run.font.size and run.font.size.pt for run in runs}
            indent = paragraph.paragraph_format.left_indent
            lines.append((
                "".join(run.text for run in runs)[:12], *sizes,
                any(run.bold for run in runs), any(run.italic for run in runs),
                indent and round(indent.mm, 1),
            ))  # fmt: skip
    return lines


def test_the_lines_of_the_letterhead_have_the_sizes_of_the_decree(english) -> None:
    assert [round(cell.width.mm, 1) for cell in english.tables[0].rows[0].cells] == [67.2, 92.8]
    assert written(english.tables[0]) == [
        ("[BODY ABOVE ", 12, False, False, None),
        ("OFFICE OF ST", 12, True, False, None),
        ("", False, False, 20.6),  # A rule under the office, 22 mm long.
        ("SOCIALIST RE", 12, True, False, None),
        ("Independence", 13, True, False, None),
        ("", False, False, 16.9),  # A rule as long as the motto.
        ("No.: [number", 13, False, False, None),
        ("[Place], day", 13, False, True, None),
    ]
    assert written(english.tables[-1]) == [
        ("Recipients:", 12, True, True, None),
        ("[Names of th", 11, False, False, None),
        ("[AUTHORITY A", 13, True, False, None),
        *[("", False, False, None)] * 3,  # Room for the signature.
        ("[Full name o", 13, True, False, None),
    ]
    section = english.sections[0]
    assert (round(section.header_distance.mm), round(section.footer_distance.mm)) == (10, 10)
