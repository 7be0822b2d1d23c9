"""The atlas: a page for each unit or indicator, bookmarks, numbers, fonts once, equal bytes."""

from __future__ import annotations

import io
import re
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from pypdf import PdfReader

from geodata.store import Store
from layers.charts.sparkline import Trend, TrendPoint
from layers.sheet.canvas import ALERT, INK, PAPER, Canvas
from layers.sheet.layout_block import Rect
from portal.export.atlas.unit_page import _draw_series
from portal.export.page_selection import MAX_PAGES
from portal.export.render import render
from portal.export.service import QUICK_PAGES, ExportService

UNITS = ["03394-20250701", "03390-20250701"]
LAYER = {"indicator": "population_density", "period": "2025-07-01", "level": "commune",
         "date": "2025-07-01"}  # fmt: skip
FORMER = {"indicator": "population", "level": "commune", "date": "2020-02-01"}


def address_of(**query: str) -> str:
    return f"/export/atlas.pdf?{urlencode(query)}"


def flat(outline, depth: int = 0) -> list[tuple[int, str, object]]:
    found = []
    for entry in outline:
        if isinstance(entry, list):
            found += flat(entry, depth + 1)
        else:
            found.append((depth, entry.title, entry))
    return found


def words(page) -> str:
    return re.sub(r"\s+", " ", page.extract_text())


@pytest.fixture(scope="module")
def by_unit(lai_chau_store: Store, spec_of) -> bytes:
    address = address_of(**LAYER, units=",".join(UNITS), office="Cục Thống kê")
    return render(spec_of(lai_chau_store, address), lai_chau_store)


@pytest.fixture(scope="module")
def by_indicator(lai_chau_store: Store, spec_of) -> PdfReader:
    query = {**LAYER, "pages": "indicators", "indicators": "population_density,elevation_mean"}
    spec = spec_of(lai_chau_store, address_of(**query, lang="en"))
    return PdfReader(io.BytesIO(render(spec, lai_chau_store)))


def test_bookmarks_lead_to_the_page_of_each_unit(by_unit: bytes, lai_chau_store: Store) -> None:
    reader = PdfReader(io.BytesIO(by_unit))
    marks = flat(reader.outline)
    titles = [title for _, title, _ in marks]
    assert titles[0] == "Mục lục"
    assert titles[-1] == "Nguồn số liệu và ranh giới"
    assert "Huyện Tam Đường (cũ)" in titles
    for unit_id in UNITS:
        name = lai_chau_store.unit(unit_id).full_name.vi
        entry = next(entry for _, title, entry in marks if title == name)
        assert words(reader.pages[reader.get_destination_page_number(entry)]).startswith(name)


def test_every_page_bears_its_number_and_the_contents_name_it(by_unit: bytes) -> None:
    reader = PdfReader(io.BytesIO(by_unit))
    for number, page in enumerate(reader.pages, 1):
        assert f"trang {number}" in words(page)
    contents = words(reader.pages[0])
    links = [a.get_object() for a in reader.pages[0]["/Annots"]]
    pages = {reader.pages[i].indirect_reference.idnum: i for i in range(len(reader.pages))}
    targets = [pages[link["/Dest"][0].idnum] for link in links if "/Dest" in link]
    assert len(targets) == 5
    for _, title, entry in flat(reader.outline)[1:]:
        page = reader.get_destination_page_number(entry)
        assert page in targets
        assert re.search(f"{re.escape(title)} {page + 1}\\b", contents)


def test_a_unit_page_has_its_figures_predecessors_and_sources(
    by_unit: bytes, client: FlaskClient, lai_chau_store: Store
) -> None:
    reader = PdfReader(io.BytesIO(by_unit))
    # A unit with many figures has several pages, each headed by its name.
    name = lai_chau_store.unit(UNITS[0]).full_name.vi
    text = " ".join(words(page) for page in reader.pages if words(page).startswith(name))
    card = client.get(f"/api/v1/cards/{UNITS[0]}", query_string=LAYER).get_json()
    assert card["value"]["text"].replace("\u00a0", " ") in text.replace("\u00a0", " ")
    for former in card["formed_from"]:
        assert former["full_name"] in text
    assert "Hình thành từ" in text
    assert "1670/NQ-UBTVQH15" in text
    for figure in lai_chau_store.observations(unit=UNITS[0]).items:
        assert lai_chau_store.indicator(figure.indicator).name.vi in text
    numbers = set(re.findall(r"\[(\d+)\]", text))
    assert numbers
    assert numbers <= set(re.findall(r"\[(\d+)\]", words(reader.pages[-1])))


def test_a_unit_with_many_figures_loses_none(by_unit: bytes, lai_chau_store: Store) -> None:
    reader = PdfReader(io.BytesIO(by_unit))
    pages = [words(p) for p in reader.pages if words(p).startswith("Xã Bình Lư")]
    assert len(pages) > 1
    whole = " ".join(pages)
    names = {lai_chau_store.indicator(o.indicator).name.vi
             for o in lai_chau_store.observations(unit=UNITS[1]).items}  # fmt: skip
    assert [name for name in names if name.split(",")[0][:24] not in whole] == []


def test_fonts_are_embedded_once_as_subsets(by_unit: bytes) -> None:
    reader = PdfReader(io.BytesIO(by_unit))
    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            found = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            fonts[font.indirect_reference.idnum] = found.get_object()
    assert 2 <= len(fonts) <= 4
    for descriptor in fonts.values():
        assert re.match(r"/[A-Z]{6}\+BeVietnamPro", descriptor["/FontName"])
        assert "/FontFile2" in descriptor
    names = [descriptor["/FontName"] for descriptor in fonts.values()]
    assert len(names) == len(set(names))


def test_the_file_says_what_it_is_and_has_the_dataset_day(
    by_unit: bytes, lai_chau_store: Store
) -> None:
    reader = PdfReader(io.BytesIO(by_unit))
    info = lai_chau_store.info
    assert reader.metadata.title.startswith("Tập bản đồ")
    assert reader.metadata.author == "Cục Thống kê"
    assert info.version in reader.metadata["/Keywords"]
    assert reader.metadata.creation_date.date() == info.reference_date
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "vi"
    assert root["/PageMode"] == "/UseOutlines"


def test_two_runs_give_the_same_bytes_and_tell_how_far_they_are(
    by_unit: bytes, lai_chau_store: Store, spec_of
) -> None:
    address = address_of(**LAYER, units=",".join(UNITS), office="Cục Thống kê")
    spec, told = spec_of(lai_chau_store, address), []
    content = render(spec, lai_chau_store, lambda done, message: told.append((done, message)))
    assert content == by_unit
    assert [done for done, _ in told] == list(range(spec.pages)) == [0, 1, 2, 3]
    assert told[0][1] == "Xã Sin Suối Hồ"


def test_an_indicator_page_has_the_figures_of_all_units(
    by_indicator: PdfReader, client: FlaskClient
) -> None:
    assert len(by_indicator.pages) == 4
    text = words(by_indicator.pages[1])
    assert text.startswith("Population density")
    values = client.get("/api/v1/values", query_string={**LAYER, "lang": "en"}).get_json()
    units = client.get("/api/v1/units?level=commune&date=2025-07-01&limit=100&lang=en").get_json()
    for unit in units["items"]:
        cell = values["units"][unit["id"]]
        shown = f"× {cell[2]:,.1f}" if cell[0] is None else f"{cell[0]:,.1f}"
        assert re.search(re.escape(unit["name"]) + r" ?" + shown, text), unit["name"]


def test_the_districts_as_they_were_and_a_former_district_are_one_address(
    lai_chau_store: Store, spec_of
) -> None:
    districts = spec_of(lai_chau_store, address_of(level="district", date="2020-02-01"))
    assert districts.pages == 8 + 2
    everyone = spec_of(lai_chau_store, address_of(**LAYER))
    assert everyone.pages == 38 + 2
    one = spec_of(lai_chau_store, address_of(**LAYER, district="106-20200201"))
    assert 2 < one.pages - 2 < 12
    before = spec_of(lai_chau_store, address_of(**FORMER, district="106-20200201"))
    assert before.pages - 2 > one.pages - 2
    assert spec_of(lai_chau_store, address_of(**FORMER)).pages == 106 + 2 <= MAX_PAGES + 2


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("units=99999-20250701", 404, "units"),
        ("district=999-20200201", 404, "district"),
        ("units=03394-20250701&district=106-20200201", 400, "district"),
        ("pages=indicators&units=03394-20250701", 400, "units"),
        ("theme=forest", 400, "theme"),
        ("pages=all", 400, "pages"),
        ("units=" + ",".join(f"{n:05}" for n in range(201)), 400, "units"),
        ("", 413, "pages"),
        ("dpi=100", 400, "dpi"),
    ],
)
def test_refusals_have_the_shape_of_every_error(
    client: FlaskClient, query: str, status: int, parameter: str
) -> None:
    answer = client.get(f"/export/atlas.pdf?level=commune&date=2025-07-01&lang=en&{query}")
    assert answer.status_code == status
    error = answer.get_json()["error"]
    assert error["parameter"] == parameter
    assert error["allowed"]


def test_a_browser_gets_a_page_that_starts_the_work_of_a_long_file(client: FlaskClient) -> None:
    address = "/export/atlas.pdf?lang=en&title=<b>x</b>"
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    page = client.get(address, headers=browser)
    assert (page.status_code, page.mimetype) == (413, "text/html")
    assert "Accept" in page.headers["Vary"]
    assert "40 pages" in page.text
    assert "<b>x" not in page.text
    for accept in ("*/*", "application/json", "application/pdf"):
        other = client.get(address, headers={"Accept": accept})
        assert other.get_json()["error"]["parameter"] == "pages"


def test_markup_and_odd_letters_in_a_title_stay_text(lai_chau_store: Store, spec_of) -> None:
    title = "$x^2$ <b>(\\)</b> 漢"
    address = address_of(**LAYER, units=UNITS[0], title=title, note="%PDF ) Tj")
    content = render(spec_of(lai_chau_store, address), lai_chau_store)
    reader = PdfReader(io.BytesIO(content))
    assert "$x^2$ <b>(\\)</b> ?" in words(reader.pages[0])
    assert reader.metadata.title == title


@pytest.mark.slow
def test_the_atlas_of_one_unit_is_made_without_a_process_of_its_own(
    toy_app: Flask, toy: FlaskClient, spec_of, toy_store: Store
) -> None:
    address = "/export/atlas.pdf?indicator=population&units=90001-20130101&date=2013-01-01"
    service: ExportService = toy_app.extensions["portal.export"]
    spec = spec_of(toy_store, address)
    assert spec.pages == QUICK_PAGES
    answer = toy.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.data.startswith(b"%PDF")
    assert service.processes.files.size(spec.cache_key) is None


def test_a_series_is_drawn_through_its_sound_figures_and_marks_the_others() -> None:
    points = ((0.0, 0.0, False), (0.25, 1.0, True), (1.0, 0.5, False))
    line = Trend(
        points=tuple(TrendPoint(x, y, doubtful) for x, y, doubtful in points),
        lines=((0, 2),),
        first="2019: 1.000",
        last="2025: 1.500",
        words="",
    )
    box = Rect(10, 20, 60, 30)
    canvas = Canvas(100, 100)
    _draw_series(canvas, box, "Dân số", line)
    drawn = canvas.figure.artists
    axis, sound, *circles = [each for each in drawn if isinstance(each, PathPatch)]
    ground = axis.get_path().vertices
    inner = sound.get_path().vertices
    # The line leaves out the doubtful figure and goes from the left end to the right one, upwards.
    assert len(inner) == 2
    assert inner[0][0] == ground[0][0] > box.x
    assert inner[1][0] == ground[1][0] < box.right
    assert box.y < inner[1][1] < inner[0][1] < ground[0][1] < box.bottom
    middles = [each.get_path().get_extents() for each in circles]
    assert [round((each.x0 + each.x1) / 2, 3) for each in middles] == pytest.approx(
        [inner[0][0], inner[0][0] + 0.25 * (inner[1][0] - inner[0][0]), inner[1][0]], abs=1e-3
    )
    heights = [(each.y0 + each.y1) / 2 for each in middles]
    assert heights[2] == pytest.approx((heights[0] + heights[1]) / 2)
    assert [to_hex(each.get_facecolor()) for each in circles] == [INK, PAPER, INK]
    assert [to_hex(each.get_edgecolor()) for each in circles] == [INK, ALERT, INK]
    texts = {each.get_text(): each for each in drawn if isinstance(each, Text)}
    assert list(texts) == ["Dân số", "2019: 1.000", "2025: 1.500"]
    lines = [each.get_position()[1] for each in texts.values()]
    assert box.y < lines[0] < heights[1] < ground[0][1] < lines[1] < lines[2] < box.bottom


def test_an_atlas_is_tagged_with_its_titles_and_its_maps_in_words(by_unit: bytes) -> None:
    reader = PdfReader(io.BytesIO(by_unit))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "vi"
    assert bool(root["/MarkInfo"]["/Marked"])
    document = root["/StructTreeRoot"]["/K"][0].get_object()
    found = [each.get_object() for each in document["/K"]]
    figures = [each for each in found if each["/S"] == "/Figure"]
    assert len(figures) == len(UNITS)
    assert all("Mật độ dân số" in each["/Alt"] for each in figures)
    titled = {each["/Pg"].indirect_reference.idnum for each in found if each["/S"] == "/H1"}
    assert titled == {page.indirect_reference.idnum for page in reader.pages}
