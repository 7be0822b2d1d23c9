"""Every registered style draws: on the map, in black and white, in the legend and in the preview.

The checks are functions of a style's id, so that styles which leave something blank can be put to
them as well: a check that a blank style passes would be none.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import PathPatch
from matplotlib.text import Text as DrawnText

from geodata.dataset import Dataset
from geodata.i18n import LANGUAGES, Message, Text
from geodata.model import Category, Kind
from geodata.store import create_store
from layers.layer import Layer
from layers.layer_view import LayerView, resolve_layer
from layers.legend import SymbolSize
from layers.sheet.canvas import Canvas
from layers.sheet.layout_block import MM_PER_POINT, LayoutBlock, Rect
from layers.sheet.legend_panel import class_blocks
from layers.sheet.map_geometry import map_geometry
from layers.sheet.map_panel import MapPanel, draw_map_panel
from layers.sheet.sheet_content import layer_content, single_map_legend
from layers.sheet.viewport import fit_extent
from layers.styles import STYLES, Style, default_style, get_style
from layers.styles.base import PreviewSymbol
from layers.styles.choropleth import Choropleth
from layers.styles.proportional_symbols import ProportionalSymbols
from layers.unit_views import UnitView
from portal.serializers.values import drawn_document
from portal.webmap.svg_preview import preview_svg
from tests.build_helpers import indicator

KINDS = get_args(Kind)
ROOT = Path(__file__).parents[2]
SIDE = 100.0
"""Of the map drawn, mm."""
SIZE = 8.0
"""Of its legend's type, points."""


@pytest.fixture(scope="module")
def store(tmp_path_factory, toy_dataset):
    dataset = with_category(toy_dataset)
    made = create_store(tmp_path_factory.mktemp("styles") / "toy.gpkg", dataset)
    yield made
    made.close()


def with_category(dataset: Dataset) -> Dataset:
    """The toy dataset with a class for each of its old communes, made of their population."""
    names = [Text(word, f"{word} in English") for word in ("Một", "Hai", "Ba")]
    classes = tuple(Category(f"c{n}", name) for n, name in enumerate(names))
    made = indicator(
        "class", "category", decimals=0, minimum=None, palette="", style="", categories=classes
    )
    people = [o for o in dataset.observations if (o.indicator, o.period) == ("population", "2019")]
    figures = [
        replace(o, indicator=made.id, value=1.0 + n % 3, category=f"c{n % 3}", quote="")
        for n, o in enumerate(people)
    ]
    catalogue = dataset.catalogue
    extended = replace(catalogue, indicators=catalogue.indicators | {made.id: made})
    return replace(dataset, catalogue=extended, observations=(*dataset.observations, *figures))


def layer_view(store, style: str, language: str = "vi") -> LayerView:
    """A layer in a style, of an indicator it suits: 16 units, all with a value.

    A style that nobody chooses is made for maps of few values, and gets two.
    """
    made = get_style(style)
    kinds = made.default_for or made.suits
    suited = [i for i in store.indicators() if i.kind in kinds and store.coverage(i.id)]
    query = {
        "indicator": suited[0].id, "period": "2019", "level": "commune", "date": "2013-01-01",
        "lang": language,
    }  # fmt: skip
    layer = replace(Layer.from_query(query, store), style=style)
    view = resolve_layer(layer, store)
    assert view.legend.with_value == 16
    return view if made.offered else with_values_of(view, 2)


def with_values_of(view: LayerView, count: int) -> LayerView:
    """Only the first units of the list have their values."""
    nothing = UnitView(None, None, "no_data")
    shown = {unit: each if i < count else nothing
             for i, (unit, each) in enumerate(view.unit_views.items())}  # fmt: skip
    return replace(view, unit_views=shown)


def pixels(canvas: Canvas) -> np.ndarray:
    canvas.figure.set_dpi(96)
    agg = FigureCanvasAgg(canvas.figure)
    agg.draw()
    return np.asarray(agg.buffer_rgba())[:, :, :3].copy()


def map_pixels(store, view: LayerView, bw: bool = False) -> np.ndarray:
    """The map alone, without names."""
    geometry = map_geometry(store, view.layer.level, view.layer.drawn_on, 1)
    canvas = Canvas(SIDE, SIDE)
    panel = MapPanel(
        layer_view=view,
        geometry=geometry,
        viewport=fit_extent(geometry.extent, Rect(0, 0, SIDE, SIDE), 2),
        visible=list(range(len(geometry.unit_ids))),
        numbers={},
        chosen="",
        bw=bw,
        size=6,
        symbol_scale=0.2,
        largest=layer_content(view).maps[0].largest,
        weight=1,
        named=False,
    )
    draw_map_panel(canvas, panel)
    return pixels(canvas)


def without_values(view: LayerView, kind: str | None = "no_data") -> LayerView:
    """Every unit is hatched; of no ``kind`` of missing it is plain."""
    nothing = UnitView(None, None, kind)
    return replace(view, unit_views=dict.fromkeys(view.unit_views, nothing))


def with_values_moved(view: LayerView) -> LayerView:
    """Every unit shows what its neighbour in the list did."""
    ids = list(view.unit_views)
    moved = zip(ids, [*ids[1:], ids[0]], strict=True)
    return replace(view, unit_views={unit: view.unit_views[other] for unit, other in moved})


def colours(picture: np.ndarray) -> set[tuple[int, int, int]]:
    """The colours of surfaces; those of a few pixels lie along edges."""
    found = Counter(map(tuple, picture.reshape(-1, 3).tolist()))
    return {colour for colour, count in found.items() if count >= 12}


def legend_pixels(view: LayerView, bw: bool = False) -> np.ndarray:
    """What a sheet's legend says of the style: its symbols and classes with their counts."""
    shown = single_map_legend(layer_content(view).maps[0])
    canvas = Canvas(SIDE, SIDE)
    y = 2.0
    for block in class_blocks(shown, bw, SIZE, 0.2):
        block.draw(canvas, Rect(2, y, block.width, block.height))
        y += block.height + 2
    return pixels(canvas)


def check_map(store, style: str, bw: bool) -> None:
    """The map looks different without its values, and with the values of other units."""
    view = layer_view(store, style)
    drawn = map_pixels(store, view, bw)
    for other in (without_values(view), with_values_moved(view)):
        changed = (drawn != map_pixels(store, other, bw)).any(axis=2)
        assert changed.mean() > 0.005, f"{style} draws nothing of the values"


def check_legend(store, style: str) -> None:
    """The legend of the sheet has colours that the values gave the map."""
    view = layer_view(store, style)
    given = colours(map_pixels(store, view))
    for kind in ("no_data", None):
        given -= colours(map_pixels(store, without_values(view, kind)))
    assert given & colours(legend_pixels(view)), f"{style} is not in the legend"


def check_preview(store, style: str) -> None:
    """The server's drawing for the page shows values by fills or symbols, and not all alike."""
    svg = preview_svg(store, drawn_document(store, layer_view(store, style)))
    fills = set(re.findall(r'<path fill="([^"]+)"', svg))
    sizes = set(re.findall(r'<path class="symbol" [^>]* d="([^"]+)"', svg))
    assert max(len(fills), len(sizes)) > 1, f"{style} is blank before the script"


def check_words(store, style: str) -> None:
    """Name, description and notes are written in every language, each in its own words."""
    found = get_style(style)
    kinds = [indicator("x", kind) for kind in sorted(found.suits)]
    notes = [note for each in kinds for note in found.notes(each)]
    for words in (found.name, found.description, found.doubtful_note, *notes):
        said = [words[language] for language in LANGUAGES]
        assert all(said)
        assert len(set(said)) == len(said), words


@pytest.mark.parametrize("style", STYLES)
class TestEveryStyle:
    @pytest.mark.parametrize("bw", [False, True], ids=["colour", "black and white"])
    def test_draws_its_values_on_paper(self, store, style, bw):
        check_map(store, style, bw)

    @pytest.mark.slow
    def test_is_explained_by_the_legend_on_paper(self, store, style):
        check_legend(store, style)
        assert (legend_pixels(layer_view(store, style), bw=True) < 128).any()

    def test_is_there_before_any_script(self, store, style):
        check_preview(store, style)

    def test_is_worded_in_every_language(self, store, style):
        check_words(store, style)

    def test_tells_the_screen_what_it_needs(self, store, style):
        view = layer_view(store, style)
        legend = drawn_document(store, view)["legend"]
        assert legend["screen"].keys() == {"fills", "class_rows", "classification"}
        assert legend["screen"]["class_rows"] or legend["symbols"]

    def test_has_the_id_it_is_registered_under(self, store, style):
        assert STYLES[style].id == style

    def test_suits_every_kind_it_is_the_default_of(self, store, style):
        assert STYLES[style].default_for <= STYLES[style].suits <= set(KINDS)


def test_every_kind_of_indicator_has_one_default() -> None:
    for kind in KINDS:
        assert sum(kind in style.default_for for style in STYLES.values()) == 1
        assert kind in default_style(kind).suits


class _BlankMap(Choropleth):
    id = "blank"

    def unit_fill(self, unit_view, fills, bw):
        return None

    def unit_overprint(self, unit_view, fill):
        return None


class _BlankLegend(Choropleth):
    id = "blank"

    def shows_class_rows(self, legend):
        return False


class _BlankPreview(ProportionalSymbols):
    id = "blank"

    def preview_symbol(self, cell, legend) -> PreviewSymbol | None:
        return None


class _Wordless(Choropleth):
    id = "blank"
    name = Message("")


@pytest.mark.parametrize(
    ("blank", "check"),
    [
        (_BlankMap, lambda store: check_map(store, "blank", False)),
        (_BlankMap, lambda store: check_map(store, "blank", True)),
        (_BlankMap, lambda store: check_legend(store, "blank")),
        (_BlankLegend, lambda store: check_legend(store, "blank")),
        (_BlankPreview, lambda store: check_preview(store, "blank")),
        (_Wordless, lambda store: check_words(store, "blank")),
    ],
)
def test_a_style_that_leaves_something_blank_is_found_out(store, monkeypatch, blank, check):
    monkeypatch.setitem(STYLES, "blank", blank())
    with pytest.raises(AssertionError):
        check(store)


def test_a_style_that_leaves_a_question_open_cannot_be_registered() -> None:
    class Unfinished(Style):
        id = "unfinished"

    with pytest.raises(TypeError, match="abstract"):
        Unfinished()


def test_the_browser_has_a_module_for_the_same_styles() -> None:
    index = (ROOT / "static" / "js" / "styles" / "index.js").read_text(encoding="utf-8")
    registry = re.search(r"export const STYLES = \{(.*?)\};", index, re.DOTALL)
    assert re.findall(r"^\s*(\w+)(?=[:,])", registry[1], re.MULTILINE) == list(STYLES)


@pytest.mark.processes
def test_values_are_answered_without_what_draws_on_paper() -> None:
    program = "import sys, portal.serializers.values; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


# The nested circles of the symbols' legend


def _head(view: LayerView, scale: float) -> LayoutBlock:
    shown = single_map_legend(layer_content(view).maps[0])
    block = STYLES["symbols"].legend_head(shown, "", SIZE, scale, True)
    assert block is not None
    return block


@pytest.mark.parametrize("scale", [0.02, 0.1, 0.3, 0.8])
def test_nested_circles_have_the_room_their_size_or_their_labels_need(store, scale) -> None:
    """Small circles: the lines of the labels decide how deep the block is; large ones: they do."""
    view, em = layer_view(store, "symbols"), SIZE * MM_PER_POINT
    symbols = view.legend.symbols
    assert len(symbols) == 3
    block = _head(view, scale)
    needed = max(2 * symbols[0].radius * scale, 1.15 * em * len(symbols))
    assert block.height == pytest.approx(1.75 * em + needed + 0.5 * em)
    canvas = Canvas(SIDE, SIDE)
    block.draw(canvas, Rect(20, 20, block.width, block.height))
    inked = (pixels(canvas) < 200).any(axis=2)
    rows, columns = (np.flatnonzero(inked.any(axis=axis)) * 25.4 / 96 for axis in (1, 0))
    assert rows.min() >= 20 + 0.75 * em
    assert rows.max() == pytest.approx(20 + block.height - 0.5 * em, abs=0.4 * em)
    assert columns.min() >= 20 - 0.4
    assert columns.max() <= 20 + block.width + 0.4


def test_nested_circles_stand_on_one_ground_the_largest_behind(store) -> None:
    view, scale, em = layer_view(store, "symbols"), 0.5, SIZE * MM_PER_POINT
    radii = [symbol.radius * scale for symbol in view.legend.symbols]
    assert radii == sorted(radii, reverse=True)
    block = _head(view, scale)
    canvas = Canvas(SIDE, SIDE)
    block.draw(canvas, Rect(20, 20, block.width, block.height))
    # Just beside the threads, which begin at the top of each circle and lead to the right.
    column = pixels(canvas)[:, round((20 + radii[0] - 0.6) * 96 / 25.4)].max(axis=1)
    rows = np.flatnonzero(column < 160) * 25.4 / 96
    edges = [float(run.mean()) for run in np.split(rows, np.flatnonzero(np.diff(rows) > 0.4) + 1)]
    ground = 20 + block.height - 0.5 * em
    tops = [ground - 2 * radius for radius in radii]
    assert edges == pytest.approx([*tops, ground], abs=0.5)


@given(
    scale=st.floats(0.01, 1.0),
    radii=st.lists(st.floats(1.0, 26.0), min_size=1, max_size=3).map(lambda r: sorted(r)[::-1]),
)
def test_threads_begin_at_their_circles_and_values_stand_a_line_apart(store, scale, radii) -> None:
    view, em = layer_view(store, "symbols"), SIZE * MM_PER_POINT
    symbols = tuple(SymbolSize(radius, f"{radius:.0f}", radius) for radius in radii)
    block = _head(replace(view, legend=replace(view.legend, symbols=symbols)), scale)
    canvas = Canvas(SIDE, SIDE)
    block.draw(canvas, Rect(20, 20, block.width, block.height))
    drawn = canvas.figure.artists + canvas.figure.patches
    circles = [a.get_path() for a in drawn if isinstance(a, PathPatch) and len(a.get_path()) > 2]
    threads = [a.get_path() for a in drawn if isinstance(a, PathPatch) and len(a.get_path()) == 2]
    baselines = [text.get_position()[1] for text in canvas.figure.texts]
    baselines += [a.get_position()[1] for a in canvas.figure.artists if isinstance(a, DrawnText)]
    tops = [path.vertices[:, 1].min() for path in circles]
    assert [path.vertices[0, 1] for path in threads] == pytest.approx(tops)
    assert len(baselines) == len(radii)
    assert all(below - above >= 1.14 * em for above, below in pairwise(baselines))
    assert min(baselines) >= 20 + 1.4 * em
    assert max(baselines) <= 20 + block.height
