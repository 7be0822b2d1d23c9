"""Names on the maps of sheets: inside their units, in an ink that is read, and none lost."""

from __future__ import annotations

import pytest
import shapely
from matplotlib.text import Text as Words
from werkzeug.datastructures import MultiDict

from geodata.store import Store
from layers.sheet import PRESETS, SheetOptions, placed_maps, render
from layers.sheet.canvas import INK, PAPER, Canvas
from layers.sheet.layout import SheetLayout
from layers.sheet.layout_block import Rect
from layers.sheet.layout_request import LayoutRequest
from layers.sheet.placed_maps import PlacedMap
from layers.sheet.render import compose_sheet
from portal.export.sheets import SHEETS
from portal.parameters.reader import read_parameters

pytestmark = pytest.mark.slow

TODAY = {"indicator": "population_density", "level": "commune", "date": "2025-07-01"}
FORMER = TODAY | {"date": "2020-02-01"}
PAIR = FORMER | {"period": "2019-04-01", "on": "2025-07-01"}
ISLANDS = ("Hoàng Sa", "Trường Sa")
Laid = tuple[LayoutRequest, SheetLayout, list[PlacedMap | None], Canvas]


@pytest.fixture
def lay_out(lai_chau_store: Store, monkeypatch: pytest.MonkeyPatch):
    """A sheet as it was laid out, and the page it was drawn on."""

    def made(kind: str, query: dict[str, str], **options: object) -> Laid:
        kept: list[tuple] = []

        def keep(request: LayoutRequest, store: Store) -> tuple:
            kept.append(placed_maps.lay_out_with_names(request, store))
            return kept[-1]

        monkeypatch.setattr(render, "lay_out_with_names", keep)
        content = SHEETS[kind].show(
            read_parameters(SHEETS[kind].parameters, MultiDict(query)), lai_chau_store
        )
        canvas = compose_sheet(content, lai_chau_store, SheetOptions(**options))
        request, sheet, maps = kept[0]
        return request, sheet, list(maps), canvas

    return made


def words(canvas: Canvas) -> list[Words]:
    return [each for each in canvas.figure.get_children() if isinstance(each, Words)]


@pytest.mark.parametrize(
    ("kind", "query", "preset"),
    [
        ("sheet", TODAY, "a4-landscape"),
        ("sheet", FORMER, "a4-landscape"),
        ("sheet", TODAY | {"indicator": "population"}, "slide"),
        ("sheet", FORMER | {"level": "district", "lang": "en"}, "square"),
        ("pair", PAIR, "a4-landscape"),
    ],
)
def test_every_name_stands_inside_its_unit_or_in_the_list(
    lay_out, kind: str, query: dict[str, str], preset: str
) -> None:
    request, _, maps, _ = lay_out(kind, query, preset=preset)
    language = request.content.language
    for place, shown in enumerate(maps):
        panel = shown.panel
        boxes = [each.box for each in shown.names.placed]
        assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])
        written = set()
        for each in shown.names.placed:
            if not each.lines:
                continue
            unit_id, box = each.candidate.unit_id, each.box
            at = panel.geometry.unit_ids.index(unit_id)
            outline = shapely.transform(panel.geometry.shapes[at], panel.viewport.points)
            text = shapely.box(box.x, box.y, box.right, box.bottom)
            # The outline it was measured on strays from the drawn one by 0.15 mm.
            assert shapely.contains(shapely.buffer(outline, 0.2), text), each.lines
            written.add(unit_id)
        units = request.content.maps[place].layer_view.units
        drawn = [units[u] for u in panel.geometry.unit_ids if u in units]
        for unit in drawn:
            name = unit.name[language]
            on_map = any(
                " ".join(each.lines) == name
                for each in shown.names.placed
                if each.candidate.unit_id == unit.unit_id
            )
            assert on_map or name in request.footer.names


def test_a_name_is_white_on_dark_classes_and_its_halo_has_the_colour_of_the_fill(lay_out) -> None:
    _, _, _, canvas = lay_out("sheet", TODAY)
    marked = [each for each in words(canvas) if each.get_text() in ("Than Uyên", "Thu Lũm")]
    halos = {
        each.get_text(): each.get_path_effects()[0]._gc["foreground"]
        for each in marked
        if each.get_path_effects()
    }
    inks = {each.get_text(): each.get_color() for each in marked if not each.get_path_effects()}
    assert inks == {"Than Uyên": PAPER, "Thu Lũm": INK}
    assert halos["Than Uyên"] not in (PAPER, halos["Thu Lũm"])


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize(("kind", "query"), [("sheet", TODAY), ("pair", PAIR)])
def test_hoang_sa_and_truong_sa_stand_on_every_preset(
    lay_out, kind: str, query: dict[str, str], preset: str
) -> None:
    _, _, _, canvas = lay_out(kind, query, preset=preset)
    assert set(ISLANDS) <= {each.get_text() for each in words(canvas)}


def test_a_page_without_room_for_the_country_says_so(lay_out) -> None:
    request, sheet, _, canvas = lay_out("sheet", TODAY, width=60, height=90)
    assert sheet.without_country
    assert not set(ISLANDS) & {each.get_text() for each in words(canvas)}
    assert "bản đồ nhỏ của cả nước" in request.footer.names.lower()


def test_four_maps_stand_two_by_two_each_beside_its_own_legend(lay_out) -> None:
    several = "population_density,elevation_mean,natural_area,poverty_rate"
    for indicators in (several, "elevation_lowest,elevation_mean,elevation_highest,relief"):
        _, sheet, _, _ = lay_out("multiples", TODAY | {"indicators": indicators})
        cells: tuple[Rect, ...] = sheet.plan.cells
        assert len({round(cell.x, 3) for cell in cells}) == 2
        assert len({round(cell.y, 3) for cell in cells}) == 2


def test_a_slide_is_filled_by_its_map_and_keeps_its_small_print_in_its_notes(lay_out) -> None:
    request, sheet, _, canvas = lay_out("sheet", TODAY, preset="slide")
    cell = sheet.plan.cells[0]
    assert cell.width * cell.height > 0.5 * 338.7 * 190.5
    said = " ".join(each.get_text() for each in words(canvas))
    boundaries = "Khái quát từ ranh giới chính thức"
    assert boundaries not in said
    assert any(boundaries in line for line in request.footer.small_print())


def test_long_words_of_a_reader_are_set_smaller_and_never_cut(lay_out) -> None:
    long = "Số hộ nghèo và cận nghèo đa chiều được hỗ trợ phát triển sản xuất, đa dạng hóa sinh kế "
    given = {"office": (long * 2)[:120], "note": (long * 6)[:480]}
    title = (long * 3)[:190].strip()
    _, _, _, canvas = lay_out("sheet", TODAY | {"title": title}, preset="a4-portrait", **given)
    said = " ".join(each.get_text() for each in words(canvas))
    for text in (title, *given.values()):
        assert " ".join(text.split()) in " ".join(said.split())


def test_a_sign_without_a_glyph_is_set_in_another_font(lay_out) -> None:
    _, _, _, canvas = lay_out("sheet", TODAY | {"title": "Đạt ✓ kế hoạch, hệ số α"})
    set_in = {each.get_text(): each.get_fontfamily()[0] for each in words(canvas)}
    assert set_in["✓"] == set_in["α"] == "DejaVu Sans"
    assert "?" not in "".join(set_in)
