"""The figures of other eras put on one unit, by theme."""

from __future__ import annotations

from collections.abc import Collection

from geodata.i18n import Language
from geodata.model import LEVELS, Indicator, Level, Unit
from geodata.period import parse_period
from geodata.recast.results import RecastValue
from geodata.recast.service import ObservationQuery, recast_observations, unit_crosswalk
from geodata.store import IndicatorCoverage, Store
from geodata.store_cache import cached_per_store
from layers.labels import STATUS_NAMES
from layers.recast_layer import MIN_COVERAGE
from portal.serializers.card_types import JointValueDetail, RecastDetail
from portal.serializers.catalogue import coverage_rows
from portal.serializers.entities import Document
from portal.serializers.joint_values import joint_value_document
from portal.serializers.recast_values import recast_document, step_document
from portal.translations import translate
from portal.urls import indicator_url

_NO_LIMIT = 1_000_000


@cached_per_store(32)
def recast_themes(store: Store, unit: Unit, language: Language) -> list[Document]:
    """Themes with the figures that units of other days, or below, give for a unit.

    Only what the unit has not published itself; figures that cover too little of it are left out,
    those that cannot be recast are listed with the reason.
    """
    known, themes = _known(store, unit), []
    for theme in store.themes():
        entries = [
            {
                "name": indicator.name[language],
                "url": indicator_url(indicator.id, language),
                "figures": figures,
            }
            for indicator in store.indicators(theme.id, parts=True)
            if (figures := _figures(store, unit, indicator, known, language))
        ]
        if entries:
            themes.append({"id": theme.id, "name": theme.name[language], "indicators": entries})
    return themes


def _known(store: Store, unit: Unit) -> set[tuple[str, str]]:
    """Indicators and periods of which some unit linked with this one has a figure."""
    linked: set[str] = set()
    days = [step.date for step in store.info.timeline]
    on = max((day for day in days if unit.valid_on(day)), default=days[0])
    for level in _levels(unit):
        for day in days:
            if store.units(level=level, date=day, limit=1).total:
                links = unit_crosswalk(store, level, day, on, unit.level).links()
                linked |= {link.source for link in links if link.target == unit.unit_id}
    linked.discard(unit.unit_id)
    found = (store.observations(unit=other, limit=_NO_LIMIT).items for other in linked)
    return {(figure.indicator, figure.period) for items in found for figure in items}


def _levels(unit: Unit) -> list[Level]:
    """The unit's own level and those below whose figures can be put on it."""
    return [level for level in LEVELS[LEVELS.index(unit.level) :] if level != "village"]


def _figures(
    store: Store,
    unit: Unit,
    indicator: Indicator,
    known: Collection[tuple[str, str]],
    language: Language,
) -> list[Document]:
    days = [step.date for step in store.info.timeline if unit.valid_on(step.date)]
    if not days or unit.level not in indicator.levels:
        return []
    found: dict[
        tuple[str, str], tuple[IndicatorCoverage, RecastValue, JointValueDetail | None]
    ] = {}
    for row in _usable_coverage(coverage_rows(store)[indicator.id], unit):
        if (indicator.id, row.period) not in known:
            continue
        figures = ObservationQuery(
            indicator.id, row.period, row.level, row.step_date, row.status_group
        )
        to_level = None if row.level == unit.level else unit.level
        recasting = recast_observations(store, figures, days[-1], to_level)
        record = recasting.records.get(unit.unit_id)
        if record is None:
            continue
        both = next((each for each in recasting.joint_values if unit.unit_id in each.units), None)
        if both or _is_informative(record, row, unit, MIN_COVERAGE[indicator.kind]):
            joint = joint_value_document(store, both, indicator, language) if both else None
            found.setdefault((row.period, row.status_group), (row, record, joint))
    ordered = sorted(found.values(), key=lambda each: parse_period(each[0].period).sort_key)
    return [
        {**_document(store, row, record, indicator, language), "together": joint}
        for row, record, joint in reversed(ordered)
    ]


def _usable_coverage(rows: tuple[IndicatorCoverage, ...], unit: Unit) -> list[IndicatorCoverage]:
    """Figures of the unit's own level on other days, then those of the level below."""
    lower = _levels(unit)[1:]
    other = [
        row
        for row in rows
        if (row.level == unit.level and not unit.valid_on(row.step_date)) or row.level in lower
    ]
    return sorted(other, key=lambda row: (LEVELS.index(row.level), -row.step_date.toordinal()))


def _is_informative(record: RecastValue, row: IndicatorCoverage, unit: Unit, least: float) -> bool:
    """Whether a record says something the unit's own figures do not.

    That nothing can be had from earlier figures of the same level is worth a line; that later ones
    cannot be taken back is not.
    """
    if record.status in ("published", "no_data"):
        return False
    if record.value is None:
        return row.level == unit.level and row.step_date < unit.valid_from
    return record.coverage is not None and record.coverage >= least


def _document(
    store: Store,
    row: IndicatorCoverage,
    record: RecastValue,
    indicator: Indicator,
    language: Language,
) -> Document:
    figure = recast_document(store, record, indicator, language)
    return {
        **figure,
        "how": _how(figure, language),
        "period": row.period,
        "period_label": parse_period(row.period).label(language),
        "status_group": STATUS_NAMES[row.status_group][language],
        "from": step_document(store, row.step_date.isoformat(), language),
    }


def _how(figure: RecastDetail, language: Language) -> str:
    """How a figure came about, in one sentence."""
    how = figure["status_label"]
    if figure["weight_label"]:
        how = translate("mergers.by_weight", language, how=how, weight=figure["weight_label"])
    if figure["range_text"]:
        how = translate("mergers.between", language, how=how, range=figure["range_text"])
    if figure["coverage_text"] and figure["text"]:
        how = translate("mergers.covers", language, how=how, percent=figure["coverage_text"])
    return how
