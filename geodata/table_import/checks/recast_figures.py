"""Earlier figures of units that merged since: what the units they were formed from had."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from geodata.model import Observation
from geodata.recast.inputs import RecastInputs
from geodata.recast.rules import recast
from geodata.succession.crosswalk import Crosswalk
from geodata.succession.crosswalk_chain import compose_crosswalk
from geodata.table_import.checks.checked_table import CheckedTable, PeriodKey, SeriesKey

_EXACT = ("summed", "exact_extreme")


@dataclass(frozen=True)
class RecastFigures:
    """Puts figures of earlier days' units on those of a table, as maps of old figures do.

    Parameters
    ----------
    table
        The table.
    """

    table: CheckedTable
    _crosswalks: dict[dt.date, Crosswalk] = field(default_factory=dict)

    def before(
        self, series: SeriesKey, period: str, units: Collection[str]
    ) -> Mapping[str, float]:  # fmt: skip
        """What some units would have had in an earlier period, where that can be had exactly.

        Whole predecessors all of which have a figure, the latest list of units first; what was
        divided by shares is an estimate, which speaks against no figure.
        """
        found: dict[str, float] = {}
        for status in ("actual", "estimate"):
            for day in self._days:
                left = [unit for unit in units if unit not in found]
                if left:
                    found |= self._exact(series, (period, status), day, left)
        return found

    @cached_property
    def _days(self) -> list[dt.date]:
        vintage, timeline = self.table.matching.vintage, self.table.facts.index.timeline
        return [day for day in reversed(timeline) if vintage is not None and day < vintage]

    def _exact(
        self, series: SeriesKey, when: PeriodKey, day: dt.date, units: Collection[str]
    ) -> dict[str, float]:
        indicator = self.table.indicators[series[0]]
        inputs = RecastInputs(
            self._known(series[0], series[1], when),
            numerators=self._known(indicator.numerator, "", when),
            denominators=self._known(indicator.denominator, "", when),
            numerator=self.table.indicators.get(indicator.numerator or ""),
            denominator=self.table.indicators.get(indicator.denominator or ""),
        )
        if indicator.kind == "category" or not inputs.observed:
            return {}
        crosswalk = self._crosswalk(day)
        if inputs.observed.isdisjoint(crosswalk.sources):
            return {}
        values = recast(indicator, when[0], crosswalk, inputs).computed
        found = {}
        for unit in units:
            record = values.get(unit)
            if record is None or record.value is None or record.status not in _EXACT:
                continue
            if (record.coverage or 0.0) >= 1:
                found[unit] = record.value
        return found

    def _known(
        self, indicator: str | None, dimensions: str, when: PeriodKey
    ) -> dict[str, Observation]:
        if not indicator:
            return {}
        values = self.table.known_by_period(indicator, dimensions).get(when, {})
        period, status = when
        return {
            unit: Observation(unit, indicator, period, status, value, "")
            for unit, value in values.items()
        }

    def _crosswalk(self, day: dt.date) -> Crosswalk:
        if day not in self._crosswalks:
            index, matching = self.table.facts.index, self.table.matching
            assert matching.vintage is not None
            units = {unit.unit_id: unit for unit in index.units}
            self._crosswalks[day] = compose_crosswalk(
                units, index.kinship.successions, day, matching.vintage, matching.level
            )
        return self._crosswalks[day]
