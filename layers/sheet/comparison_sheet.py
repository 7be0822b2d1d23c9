"""Sheets of a comparison: before and after side by side, and the map of differences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.period import parse_period
from layers.comparison import ChangeMeasure, Comparison, comparison_title
from layers.difference import ChangeComponent, default_component, difference_view
from layers.formatting import capitalise
from layers.layer_view import LayerView
from layers.sheet import captions
from layers.sheet.merged_units import MOVED, lineage_of, moved_by_lines, moved_text
from layers.sheet.sheet_content import (
    SheetContent,
    SheetLegend,
    SheetMap,
    layer_content,
    map_description,
    page_path,
)

if TYPE_CHECKING:
    from geodata.store.interface import Store


def side_by_side_content(comparison: Comparison, store: Store) -> SheetContent:
    """Both sides of a comparison in one set of classes."""
    left, right = comparison.left, comparison.right
    language = left.layer.language
    names = captions.BEFORE[language], captions.AFTER[language]
    moved = moved_by_lines(comparison, store)
    after = _heading(right, comparison.period2 or left.layer.period)
    maps = (
        SheetMap(left, _heading(left, left.layer.period), names[0]),
        SheetMap(right, after, names[1], moved.classes),
    )
    remark = moved_text(moved, right)
    both = replace(left, legend=comparison.legend)
    largest = max(SheetMap(layer_view).largest for layer_view in (left, comparison.base, right))
    headings = f"{captions.UNIT_COUNT[language]}: {names[0]}", names[1]
    counts = (headings[0], left.legend), (headings[1], right.legend)
    title = left.layer.title or _titled(comparison, store)
    parts = [f"{capitalise(shown.name)}: {map_description(shown.layer_view)}" for shown in maps]
    return SheetContent(
        title=title,
        subtitle=capitalise(captions.SHARED_CLASSES[language]),
        alt=f"{captions.SIDE_BY_SIDE[language]}. {title}. {'. '.join(parts)}.",
        maps=maps,
        legends=(SheetLegend(both, maps, counts, largest),),
        page=_page(comparison, "absolute", "side"),
        lineage=lineage_of(comparison, store),
        remarks=((MOVED[language], remark),) if remark else (),
    )


def difference_content(
    comparison: Comparison,
    store: Store,
    measure: ChangeMeasure,
    component: ChangeComponent | None = None,
) -> SheetContent:
    """The map of differences: the part the page shows, unless another is asked for."""
    layer_view = difference_view(
        store, comparison, measure, component or default_component(comparison)
    )
    return replace(layer_content(layer_view), page=_page(comparison, measure, "difference"))


def _titled(comparison: Comparison, store: Store) -> str:
    symbol = comparison.left.indicator.measure_unit.symbol[comparison.left.layer.language]
    title = comparison_title(comparison, store)
    return f"{title} ({symbol})" if symbol else title


def _heading(layer_view: LayerView, period: str) -> tuple[str, str]:
    """Units and boundaries; period, how the figures came about and how good the lines are."""
    language = layer_view.layer.language
    qualities = sorted({unit.boundary_quality for unit in layer_view.units.values()})
    lines = [captions.BOUNDARY_QUALITY_SHORT[quality][language] for quality in qualities]
    moved = any(
        unit_view.status not in ("", "published") for unit_view in layer_view.unit_views.values()
    )
    recast = [captions.RECAST[language]] if layer_view.layer.on and moved else []
    parts = [parse_period(period).label(language), *recast, ", ".join(lines)]
    units, boundaries = layer_view.subtitle.split(" · ")[:2]
    return f"{capitalise(boundaries)} · {units.lower()}", " · ".join(parts)


def _page(comparison: Comparison, measure: ChangeMeasure, layout: str) -> str:
    """The page that compares, in the order in which it writes its address itself."""
    query = comparison.left.layer.to_query()
    language = query.pop("lang", "")
    query["on"] = comparison.right.layer.drawn_on.isoformat()
    optional = {
        "period2": comparison.period2,
        "mode": "" if layout == "side" else layout,
        "measure": "" if measure == "absolute" else measure,
        "lang": language,
    }
    return page_path("/compare", query | {name: value for name, value in optional.items() if value})
