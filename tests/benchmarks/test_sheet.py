"""An A4 sheet at 300 dpi beside a bare `GeoDataFrame.plot` and `savefig` of the same layer."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import geopandas as gpd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from geodata.store import Store
from layers.layer import Layer
from layers.layer_view import resolve_layer
from layers.sheet import SheetOptions, render_sheet
from tests.benchmarks.budgets import Budget, Row

RUNS = 4
A4 = (297 / 25.4, 210 / 25.4)


def test_an_a4_sheet_beside_a_bare_plot(hold: Callable, lai_chau_store: Store) -> None:
    layer = Layer.from_query({}, lai_chau_store)
    frame = lai_chau_store.boundaries(layer.level, layer.drawn_on, 3)
    unit_views = resolve_layer(layer, lai_chau_store).unit_views
    frame["value"] = [unit_views[unit].value for unit in frame["unit_id"]]
    options = SheetOptions(public_url="https://map.example")

    def measure() -> list[Row]:
        ours, theirs = [], []
        for _ in range(RUNS):
            theirs.append(_timed(lambda: _bare(frame)))
            ours.append(_timed(lambda: render_sheet(layer, lai_chau_store, options)))
        note = f"best of {RUNS}; peer: GeoDataFrame.plot + savefig; ours with text, key and notes"
        return [
            Row("A4 sheet at 300 dpi, PNG", 1e3 * min(ours), "ms", Budget(most_ratio=2.5),
                peer=1e3 * min(theirs), note=note)
        ]  # fmt: skip

    hold(measure)


def _bare(frame: gpd.GeoDataFrame) -> bytes:
    figure = Figure(figsize=A4, dpi=300)
    FigureCanvasAgg(figure)
    frame.plot(column="value", ax=figure.add_subplot())
    target = io.BytesIO()
    figure.savefig(target, format="png")
    return target.getvalue()


def _timed(do: Callable[[], bytes]) -> float:
    start = time.perf_counter()
    assert do()
    return time.perf_counter() - start
