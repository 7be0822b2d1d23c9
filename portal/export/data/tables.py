"""The rows behind a map, and the same as CSV."""

from __future__ import annotations

from geodata.i18n import Message
from geodata.model import Observation
from geodata.recast.merged_zones import SEPARATOR
from geodata.store import Store
from layers.figure_concepts import concept_name
from layers.figure_quality import QUALITY_NAMES
from layers.figure_remarks import figure_remark
from layers.joint_values import joint_value_names, joint_value_sentence
from layers.labels import unit_kind_name
from layers.layer_view import LayerView
from layers.recast_layer import recast_remark
from layers.sheet.footer import doubt_text
from portal.export.data.csv_form import Cell, CsvForm, csv_bytes
from portal.export.data.origins import (
    inputs_text,
    origin_cells,
    rounded_value,
    sources_of,
    unrounded_value,
)

HEADERS: dict[str, Message] = {
    "unit_id": Message("unit_id"),
    "code": Message("code"),
    "name": Message("name"),
    "full_name": Message("full_name"),
    "kind": Message("kind"),
    "parent": Message("parent"),
    "indicator": Message("indicator"),
    "dimensions": Message("dimensions"),
    "indicator_name": Message("indicator_name"),
    "measure_unit": Message("measure_unit"),
    "period": Message("period"),
    "status": Message("status"),
    "value": Message("value"),
    "value_unrounded": Message("value_unrounded"),
    "low": Message("low"),
    "high": Message("high"),
    "class": Message("class"),
    "missing": Message("missing"),
    "doubt": Message("doubt"),
    "quality": Message("quality"),
    "printed": Message("printed"),
    "source_id": Message("source_id"),
    "source": Message("source"),
    "quote": Message("quote"),
    "method": Message("method"),
    "weight": Message("weight"),
    "inputs": Message("inputs"),
    "missing_units": Message("missing_units"),
    "coverage": Message("coverage"),
    "note": Message("note"),
    "concept": Message("concept"),
    "boundary_quality": Message("boundary_quality"),
}
"""Columns by name with their headers; English files carry the names themselves, for programs."""
COLUMNS = tuple(HEADERS)


def rows(layer_view: LayerView, store: Store) -> list[dict[str, Cell]]:
    """One row for each unit of a map, in the order of the store; numbers as numbers."""
    return [_row(layer_view, store, unit_id) for unit_id in layer_view.units]


def _row(layer_view: LayerView, store: Store, unit_id: str) -> dict[str, Cell]:
    language = layer_view.layer.language
    unit, unit_view, legend = (
        layer_view.units[unit_id],
        layer_view.unit_views[unit_id],
        layer_view.legend,
    )
    figure, recast = unit_view.observation, unit_view.recast
    missing = {m.kind: m.label for m in legend.missing}
    return {
        "unit_id": unit_id,
        "code": unit.code,
        "name": unit.name[language],
        "full_name": unit.full_name[language],
        "kind": unit_kind_name(unit.kind, language),
        "parent": store.unit(unit.parent_id).full_name[language] if unit.parent_id else "",
        "indicator": layer_view.indicator.measured,
        "dimensions": layer_view.indicator.dimensions,
        "indicator_name": layer_view.indicator.name[language],
        "measure_unit": layer_view.indicator.measure_unit.symbol[language],
        "period": figure.period if figure else layer_view.layer.period,
        "status": unit_view.status,
        "value": rounded_value(unit_view.value, layer_view.indicator),
        "value_unrounded": unrounded_value(unit_view.value, layer_view.indicator),
        "class": legend.classes[unit_view.class_index].label
        if unit_view.class_index is not None
        else "",
        "missing": missing[unit_view.missing] if unit_view.missing else "",
        "doubt": doubt_text(unit_view, layer_view.indicator, language),
        "quality": QUALITY_NAMES[figure.quality][language] if figure else "",
        "printed": _printed(figure) if figure else None,
        **origin_cells(unit_view, store, language),
        "method": figure.method[language]
        if figure
        else recast_remark(recast, layer_view.indicator, language),
        "coverage": figure.coverage if figure else (recast.coverage if recast else None),
        "note": figure_remark(figure, layer_view.indicator, language)
        if figure
        else _joint_value(layer_view, unit_id),
        "concept": concept_name(store, figure, language) if figure else "",
        "boundary_quality": unit.boundary_quality,
    }


def _printed(figure: Observation) -> float | None:
    """What the source prints, where that is not the value of the row."""
    return figure.as_printed if figure.quality in ("read_as", "impossible") else None


def _joint_value(layer_view: LayerView, unit_id: str) -> str:
    """The values known of a unit only together with others."""
    language = layer_view.layer.language
    return "; ".join(
        joint_value_sentence(each, layer_view.units, layer_view.indicator, language)
        for each in layer_view.joint_values
        if unit_id in each.units
    )


def joint_value_rows(layer_view: LayerView, store: Store) -> list[dict[str, Cell]]:
    """One row for each group of units known only together; ids and codes joined by ``+``.

    With the rows of the units they keep the total of a count.
    """
    language = layer_view.layer.language
    found = []
    for each in layer_view.joint_values:
        members = [unit for unit_id, unit in layer_view.units.items() if unit_id in each.units]
        record = each.record
        figures = tuple(part.observation for part in record.contributions)
        found.append(
            {
                **dict.fromkeys(COLUMNS, ""),
                "unit_id": SEPARATOR.join(unit.unit_id for unit in members),
                "code": SEPARATOR.join(unit.code for unit in members),
                "name": ", ".join(unit.name[language] for unit in members),
                "full_name": joint_value_names(each, layer_view.units, language),
                "indicator": layer_view.indicator.measured,
                "dimensions": layer_view.indicator.dimensions,
                "indicator_name": layer_view.indicator.name[language],
                "measure_unit": layer_view.indicator.measure_unit.symbol[language],
                "period": layer_view.layer.period,
                "status": record.status,
                "value": rounded_value(record.value, layer_view.indicator),
                "value_unrounded": unrounded_value(record.value, layer_view.indicator),
                "low": record.low,
                "high": record.high,
                "weight": record.weight,
                "inputs": inputs_text(record.contributions, store, language),
                **sources_of(figures, store, language),
                "coverage": record.coverage,
                "note": joint_value_sentence(
                    each, layer_view.units, layer_view.indicator, language
                ),
            }
        )
    return found


def csv_file(layer_view: LayerView, store: Store, form: CsvForm = "plain") -> bytes:
    """The rows as CSV; the header is in the layer's language, see `HEADERS`."""
    language = layer_view.layer.language
    header = [header[language] for header in HEADERS.values()]
    found = (*rows(layer_view, store), *joint_value_rows(layer_view, store))
    return csv_bytes([header, *([row[c] for c in COLUMNS] for row in found)], language, form)
