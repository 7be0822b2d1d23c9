"""The maps that a table would give, drawn from a store nobody else is served from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from geodata.i18n import Language
from geodata.period import parse_period
from geodata.store import Store
from geodata.table_import.report_records import ImportReport
from layers.formatting import format_value
from layers.labels import STATUS_NAMES
from layers.layer import Layer
from layers.layer_view import resolve_layer
from portal.publishing.served_maps import GROUP_OF, layer_query
from portal.serializers.values import drawn_document
from portal.urls import page_url
from portal.webmap.svg_preview import preview_svg


@dataclass(frozen=True, slots=True)
class TableLayer:
    """A map that a table gives: an indicator in a period, with as many figures as the table has.

    Parameters
    ----------
    indicator, period
        Of the map.
    status
        The group of statuses that a map shows together: ``actual``, ``plan`` or ``target``.
    level, date
        Whose figures they are: the level, and the first day of the units' step of the timeline.
    figures
        How many units of the table have one.
    """

    indicator: str
    period: str
    status: str
    level: str
    date: str
    figures: int

    def query(self) -> dict[str, str]:
        """The address of the map as its parameters."""
        return layer_query(self.indicator, self.period, self.status, self.level, self.date)


def table_layers(report: ImportReport) -> list[TableLayer]:
    """The maps of a table in the order of its columns."""
    matching = report.matching
    if matching is None or matching.vintage is None:
        return []
    counts: dict[tuple[str, str, str], int] = {}
    for value in report.values:
        if value.told:
            key = (value.indicator, value.period, GROUP_OF[value.status])
            counts[key] = counts.get(key, 0) + 1
    date = matching.vintage.isoformat()
    return [TableLayer(*key, matching.level, date, count) for key, count in counts.items()]


def layer_choices(
    layers: Sequence[TableLayer], store: Store, language: Language
) -> list[dict[str, Any]]:
    """The maps as a list to choose from, each with its address on the served map."""
    return [
        {
            "name": store.indicator(each.indicator).name[language],
            "period": parse_period(each.period).label(language),
            "status": STATUS_NAMES[each.status][language],
            "figures": each.figures,
            "map_url": page_url("/", language, each.query()),
        }
        for each in layers
    ]


def first_choropleth(layers: Sequence[TableLayer], store: Store) -> int:
    """Place of the first map that colours the units; counts are drawn as symbols, see `Layer`."""
    kinds = [store.indicator(each.indicator).kind for each in layers]
    return next((place for place, kind in enumerate(kinds) if kind != "count"), 0)


def drawn_layer(layer: TableLayer, store: Store, language: Language) -> dict[str, Any]:
    """A map as the page shows it: heading, picture, legend and table.

    Raises
    ------
    InvalidInput, NotFound
        The store has no such map: nothing of the table reached it.
    """
    query = {**layer.query(), "lang": language}
    view = resolve_layer(Layer.from_query(query, store), store)
    values = drawn_document(store, view)
    picture: Markup = preview_svg(store, values)
    rows = [
        {
            "unit": view.units[unit_id].full_name[language],
            "value": "" if each.value is None
            else format_value(each.value, view.indicator, language),
            "doubtful": each.doubtful,
        }
        for unit_id, each in view.unit_views.items()
    ]  # fmt: skip
    return {
        "title": values["title"],
        "subtitle": values["subtitle"],
        "summary": values["summary"],
        "picture": picture,
        "legend": values["legend"],
        "rows": rows,
    }
