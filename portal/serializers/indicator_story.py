"""An indicator as a story: its latest figure, how it went, who has most, how the units differ."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from geodata.i18n import Language
from geodata.model import STATUS_GROUPS, Indicator, Observation, Unit
from geodata.period import parse_period
from geodata.store import Store
from layers.charts.bars import Bar, share_bar, value_bars
from layers.charts.figure_series import figure_series
from layers.charts.histogram import histogram
from layers.charts.svg import Chart
from layers.charts.time_series import NARROW, series_key, time_series_chart
from layers.default_selection import opening_coverage, opening_series
from layers.figure_quality import doubt_remark
from layers.formatting import format_bare_value, format_value
from layers.labels import unit_kinds_heading
from layers.layer import Layer
from layers.layer_view import LayerView, resolve_layer
from layers.sparse_map import is_sparse
from portal.serializers.class_shares import shares_documents
from portal.serializers.entities import Document, observation_document, source_link, unit_link
from portal.serializers.figure_cards import figure_cards
from portal.serializers.unit_card import plan_document
from portal.serializers.unit_profile import recency, whole_unit
from portal.translations import translate
from portal.urls import page_url, series_query

_HAPPENED = STATUS_GROUPS["actual"]


@dataclass(frozen=True, slots=True)
class Story:
    """What the page of an indicator tells.

    Parameters
    ----------
    whole
        The unit above all others; None where the dataset has several.
    unit
        The unit that a reader chose; None for none.
    view
        The fullest truthful map of the indicator, of the chosen unit's level and day if there is
        one; None of an indicator without any figure.
    """

    indicator: Indicator
    whole: Unit | None
    unit: Unit | None
    view: LayerView | None
    language: Language

    @property
    def ranked(self) -> bool:
        """Whether the units can be compared: there are several figures, and they fill the map."""
        legend = self.view.legend if self.view else None
        return (
            legend is not None
            and legend.with_value > 1
            and not is_sparse(legend.with_value, legend.total)
        )


def read_story(store: Store, named: Indicator, unit: Unit | None, language: Language) -> Story:
    """The story of an indicator, of its fullest part where its total has no figure."""
    indicator = opening_series(store, named)
    layer = _layer(store, indicator, unit, language)
    view = resolve_layer(layer, store) if layer else None
    return Story(indicator, whole_unit(store), unit, view, language)


def _layer(
    store: Store, indicator: Indicator, unit: Unit | None, language: Language
) -> Layer | None:
    row = opening_coverage(store, indicator)
    if row is None:
        return None
    query = {**series_query(indicator.id), "lang": language}
    days = [s.date for s in store.info.timeline if unit is not None and unit.valid_on(s.date)]
    if unit is not None and days and unit.level in indicator.levels:
        return Layer.from_query({**query, "level": unit.level, "date": days[-1].isoformat()}, store)
    place = {"level": row.level, "date": row.step_date.isoformat()}
    return Layer.from_query(
        {**query, **place, "period": row.period, "status": row.status_group}, store
    )


def headline(store: Store, story: Story) -> Document | None:
    """The latest figure of the whole, else what the fullest map says of its units.

    A count that every unit has is added up; of others the median stands between the lowest and the
    highest, since a mean of ratios says nothing. Where few units have a figure it is the first one.
    """
    own = story.unit or story.whole
    for unit in dict.fromkeys((own, story.whole)):
        figure = latest_figure(store, unit, story.indicator) if unit else None
        if unit and figure:
            return _own_headline(store, story, unit, figure)
    return _map_headline(story) if story.ranked else _first_headline(store, story)


def latest_figure(store: Store, unit: Unit, indicator: Indicator) -> Observation | None:
    """What happened last in a unit, a sound figure before a doubtful one of the same period."""
    found = [o for o in store.series(unit.unit_id, indicator.id) if o.status in _HAPPENED]
    return max((o for o in found if not o.impossible), key=recency, default=None)


def _own_headline(store: Store, story: Story, unit: Unit, figure: Observation) -> Document:
    language, indicator = story.language, story.indicator
    series = store.series(unit.unit_id, indicator.id)
    return {
        **observation_document(store, figure, language),
        "doubt": doubt_remark(figure, indicator, language),
        "plan": plan_document(indicator, figure, series, language),
        "unit": unit_link(unit, language),
        "source": source_link(store.source(figure.source_id), language),
    }


def _map_headline(story: Story) -> Document | None:
    if story.view is None or story.indicator.kind == "category":
        return None
    view, indicator, language = story.view, story.indicator, story.language
    values = sound_values(view)
    legend = view.legend
    adds_up = indicator.kind == "count" and len(values) == legend.total
    value = sum(values) if adds_up else statistics.median(values)
    words = {
        "n": len(values),
        "units": _units_name(view),
        "lowest": format_value(min(values), indicator, language),
        "highest": format_value(max(values), indicator, language),
    }
    key = "indicators.headline_sum" if adds_up else "indicators.headline_median"
    return {
        "text": format_value(value, indicator, language),
        "said": translate(key, language, **words),
        "period_label": parse_period(view.layer.period).label(language),
    }


def _first_headline(store: Store, story: Story) -> Document | None:
    cards = figure_cards(store, story.view.layer)["cards"] if story.view else []
    if not cards:
        return None
    first = cards[0]
    return {
        "text": first["figure"]["text"],
        "status_label": first["figure"]["status_label"],
        "period_label": first["figure"]["label"],
        "doubt": first["doubt"],
        "plan": first["plan"],
        "unit": first["unit"],
        "source": first["source"],
    }


def sound_values(view: LayerView) -> list[float]:
    """The values of a map that nothing speaks against; all where there are none of these."""
    drawn = [each for each in view.unit_views.values() if each.value is not None]
    sound = [each.value for each in drawn if not each.doubtful and each.value is not None]
    return sound or [each.value for each in drawn if each.value is not None]


def _units_name(view: LayerView) -> str:
    kinds = unit_kinds_heading(
        (u.kind for u in view.units.values()), view.layer.level, view.layer.language
    )
    return kinds[:1].lower() + kinds[1:]


def series_document(store: Store, story: Story) -> Document | None:
    """The figures over time of the chosen unit, else of the whole, else of who has most."""
    indicator, language = story.indicator, story.language
    for unit in _tellers(store, story):
        series = store.series(unit.unit_id, indicator.id)
        found = figure_series(store, unit, indicator, series, language)
        wide = time_series_chart(found, indicator, language)
        if wide is not None:
            return {
                "unit": unit_link(unit, language),
                "wide": wide,
                "narrow": time_series_chart(found, indicator, language, NARROW),
                "key": series_key(found, language),
                "figures": [_row(store, indicator, one, language) for one in reversed(series)],
            }
    return None


def _tellers(store: Store, story: Story) -> Iterable[Unit]:
    if story.unit:
        yield story.unit
    if story.whole:
        yield story.whole
    if story.view and not story.ranked:
        counted = [
            (len(store.series(unit_id, story.indicator.id)), unit_id)
            for unit_id in story.view.units
        ]
        if counted:
            yield store.unit(max(counted)[1])


def _row(store: Store, indicator: Indicator, figure: Observation, language: Language) -> Document:
    return {
        **observation_document(store, figure, language),
        "doubt": doubt_remark(figure, indicator, language),
        "source": source_link(store.source(figure.source_id), language),
    }


def ranking(story: Story) -> list[Document]:
    """The units of the map, the highest first, equal ones sharing a rank; those without last.

    Doubtful figures stand in their place without a rank, as on the map's own table.
    """
    if story.view is None:
        return []
    view, indicator, language = story.view, story.indicator, story.language
    drawn = {unit: each for unit, each in view.unit_views.items() if each.value is not None}
    order = sorted(drawn, key=lambda unit: -(drawn[unit].value or 0.0))
    sound = sound_values(view)
    bars = value_bars([Bar(drawn[u].value or 0.0, _colour(view, u)) for u in order])
    return [
        {
            **unit_link(view.units[unit], language),
            "rank": ""
            if drawn[unit].doubtful
            else 1 + sum(v > (drawn[unit].value or 0.0) for v in sound),
            "text": format_bare_value(drawn[unit].value or 0.0, indicator, language),
            "doubtful": drawn[unit].doubtful,
            "estimate": drawn[unit].status == "estimate",
            "bar": bar,
            "chosen": story.unit is not None and unit == story.unit.unit_id,
        }
        for unit, bar in zip(order, bars, strict=True)
    ]


def _colour(view: LayerView, unit_id: str) -> str:
    index = view.unit_views[unit_id].class_index
    return view.legend.classes[index].colour if index is not None and view.legend.classes else ""


def distribution(story: Story) -> Chart | None:
    """How many units have which values, in the classes of the map."""
    if story.view is None or story.indicator.kind == "category":
        return None
    values = [each.value for each in story.view.unit_views.values() if each.value is not None]
    return histogram(values, story.view.legend.classes, story.indicator, story.language)


def class_shares(store: Store, story: Story) -> Document | None:
    """Of named classes: how many units, how much land and how many people each has."""
    if story.view is None or story.indicator.kind != "category":
        return None
    rows = shares_documents(store, story.view)
    parts = [Bar(row["units"], row["colour"] or "#868f97") for row in rows]
    label = "; ".join(f"{row['name']}: {row['units_text']}" for row in rows)
    return {"rows": rows, "bar": share_bar(parts, label)}


def map_url(story: Story, language: Language) -> str:
    """Address of the map that the story is told by."""
    if story.view is None:
        return page_url("/", language, series_query(story.indicator.id))
    query = story.view.layer.to_query()
    chosen = {"unit": story.unit.unit_id} if story.unit else {}
    return page_url("/", language, {**query, **chosen})
