"""Verify that every figure is about something, possible, and accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from geodata.check.check_faults import check_fault, missing_translations, table_cell
from geodata.dataset import Dataset
from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Message
from geodata.model import Indicator, Observation, Unit
from geodata.period import parse_period

_TABLE = "observations"


def check_observations(dataset: Dataset) -> Iterator[FileFault]:
    """References, levels, ranges, periods, texts, methods and doubled figures."""
    units = {unit.unit_id: unit for unit in dataset.units}
    indicators, sources = dataset.catalogue.indicators, dataset.catalogue.sources
    concepts = dataset.catalogue.concepts
    for index, figure in enumerate(dataset.observations):
        unit, indicator = units.get(figure.unit_id), indicators.get(figure.indicator)
        for field, value, known in (
            ("unit_id", figure.unit_id, unit),
            ("indicator", figure.indicator, indicator),
            ("source_id", figure.source_id, sources.get(figure.source_id)),
            ("concept", figure.concept, not figure.concept or concepts.get(figure.concept)),
        ):
            if known is None:
                said = Message("The dataset has no such id")
                yield check_fault(table_cell(_TABLE, index, field), said, value)
        if unit is not None and indicator is not None:
            yield from _applies(index, figure, unit, indicator)
            yield from _quality(index, figure, indicator)
            yield from _categorised(index, figure, indicator)
            yield from _in_time(index, figure, unit)
        yield from _accounted(index, figure, dataset)
    yield from _doubled(dataset)


def _applies(
    index: int, figure: Observation, unit: Unit, indicator: Indicator
) -> Iterator[FileFault]:
    if unit.level not in indicator.levels:
        said = Message("The indicator does not exist at this level")
        found = f"{figure.indicator} {figure.unit_id} ({unit.level})"
        yield check_fault(
            table_cell(_TABLE, index, "indicator"), said, found, ", ".join(indicator.levels)
        )
    if unit.kind in indicator.not_applicable_kinds:
        said = Message("The indicator does not apply to this kind")
        found = f"{figure.indicator} {figure.unit_id} ({unit.kind})"
        yield check_fault(table_cell(_TABLE, index, "indicator"), said, found)


def _quality(index: int, figure: Observation, indicator: Indicator) -> Iterator[FileFault]:
    """A value out of range is impossible; what is no sound figure says why."""
    low, high = indicator.minimum, indicator.maximum
    below = low is not None and figure.value < low
    above = high is not None and figure.value > high
    if (below or above) and not figure.impossible:
        said = Message("The value is out of range")
        found = f"{figure.indicator} {figure.unit_id}: {figure.value}"
        low_text, high_text = ("" if bound is None else f"{bound:g}" for bound in (low, high))
        yield check_fault(
            table_cell(_TABLE, index, "value"), said, found, f"{low_text} … {high_text}"
        )
    if figure.quality != "sound" and not figure.doubt:
        said = Message("A figure of this quality needs its reason")
        yield check_fault(table_cell(_TABLE, index, "doubt_vi"), said, figure.quality)


def _categorised(index: int, figure: Observation, indicator: Indicator) -> Iterator[FileFault]:
    """A figure of a category names a class, and no other figure does."""
    codes = indicator.category_ids
    if (figure.category not in codes) if codes else bool(figure.category):
        said = Message("The indicator has no such class")
        where = table_cell(_TABLE, index, "category")
        yield check_fault(where, said, figure.category, ", ".join(codes))


def _in_time(index: int, figure: Observation, unit: Unit) -> Iterator[FileFault]:
    """The unit existed in the period, unless the figure says that it was restated for it.

    A figure computed on the unit's own shape (with ``coverage``) is of the ground, not of the
    office that was in charge of it.
    """
    where = table_cell(_TABLE, index, "period")
    try:
        period = parse_period(figure.period)
    except InvalidInput as error:
        yield check_fault(where, error.what, figure.period, error.allowed_text("en"))
        return
    if period.overlaps(unit.valid_from, unit.valid_to) or figure.basis:
        return
    if figure.coverage is not None:
        return
    said = Message("The unit was not valid in this period")
    found = f"{figure.indicator} {figure.unit_id} {figure.period}"
    yield check_fault(where, said, found, f"{unit.valid_from} … {unit.valid_to or ''}")


def _accounted(index: int, figure: Observation, dataset: Dataset) -> Iterator[FileFault]:
    """Both languages everywhere; a quote or a method where the source is a document."""
    for field in ("method", "doubt", "note"):
        yield from missing_translations(table_cell(_TABLE, index, field), getattr(figure, field))
    if figure.coverage is not None and not figure.method:
        said = Message("A derived figure without method")
        yield check_fault(table_cell(_TABLE, index, "method"), said, _label(figure))
    if figure.coverage is not None and not 0 <= figure.coverage <= 1:
        said = Message("The coverage is not between 0 and 1")
        yield check_fault(table_cell(_TABLE, index, "coverage"), said, figure.coverage, "0 … 1")
    source = dataset.catalogue.sources.get(figure.source_id)
    if source and source.kind == "report" and not (figure.quote.strip() or figure.method):
        said = Message("A figure of a document without a quote")
        yield check_fault(table_cell(_TABLE, index, "quote"), said, _label(figure))


def _doubled(dataset: Dataset) -> Iterator[FileFault]:
    """One source gives one figure for one thing, or says that its figures disagree."""
    seen: dict[Any, int] = {}
    for index, figure in enumerate(dataset.observations):
        key = (figure.unit_id, figure.indicator, figure.period, figure.status, figure.source_id)
        if key in seen and (not figure.doubt or figure == dataset.observations[seen[key]]):
            said = Message("The figure stands twice")
            yield check_fault(
                table_cell(_TABLE, index), said, _label(figure), table_cell(_TABLE, seen[key])
            )
        seen.setdefault(key, index)


def _label(figure: Observation) -> str:
    return f"{figure.indicator} {figure.unit_id} {figure.period} {figure.source_id}"
