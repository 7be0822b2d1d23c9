"""The figures of one indicator and unit as marks of a chart, and where their line must break."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from geodata.i18n import Language
from geodata.model import STATUS_GROUPS, Concept, Indicator, Observation, Source, Status, Unit
from geodata.period import Period, parse_period
from layers.figure_concepts import concepts_by_id
from layers.formatting import format_bare_value, format_value
from layers.labels import STATUS_NAMES, date_text

if TYPE_CHECKING:
    from geodata.store.interface import Store

BreakKind = Literal["concept", "boundaries", "source"]
_MONTH = 30.4  # days
_HAPPENED = STATUS_GROUPS["actual"]


@dataclass(frozen=True, slots=True)
class SeriesMark:
    """One figure.

    Parameters
    ----------
    text, bare
        The value in words, with its unit of measure and without it.
    label
        Its period in words.
    doubtful
        Whether something speaks against it: no line goes through it.
    """

    period: Period
    value: float
    text: str
    bare: str
    label: str
    status: Status
    status_label: str
    doubtful: bool

    @property
    def happened(self) -> bool:
        """Whether it is what was, and not what is planned or aimed at."""
        return self.status in _HAPPENED

    @property
    def middle(self) -> dt.date:
        """The day in the middle of its period, where it is drawn."""
        return self.period.start + (self.period.end - self.period.start) / 2

    @property
    def months(self) -> int:
        """Length of its period."""
        return round(((self.period.end - self.period.start).days + 1) / _MONTH)


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """A day from which figures are not simply those before it carried on.

    Parameters
    ----------
    kind
        Counted by another concept, of other boundaries, or told by another source.
    before, after
        What changed, in words; a day twice for boundaries.
    """

    kind: BreakKind
    day: dt.date
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FigureSeries:
    """The marks of a series, oldest first, and its breaks.

    Parameters
    ----------
    runs
        Places of the marks that a line joins: sound figures of periods of one length, between
        breaks of concept and boundaries.
    seams
        Places of marks whose source is another than that of the mark before them on the line.
    """

    marks: tuple[SeriesMark, ...]
    breaks: tuple[SeriesBreak, ...]
    runs: tuple[tuple[int, ...], ...]
    seams: frozenset[int]


def figure_series(
    store: Store,
    unit: Unit,
    indicator: Indicator,
    series: Iterable[Observation],
    language: Language,
) -> FigureSeries:
    """The marks and breaks of what is known of a unit.

    Impossible figures are left out, and an estimate where the actual figure of its period is there.

    Parameters
    ----------
    series
        As `Store.series` gives it: the preferred figure of each period and status.
    """
    figures = _drawn(series)
    marks = tuple(_mark(figure, indicator, language) for figure in figures)
    concepts = concepts_by_id(store)
    sources = {figure.source_id: store.source(figure.source_id) for figure in figures}
    breaks = (
        *_concept_breaks(figures, marks, concepts, language),
        *_boundary_breaks(unit, marks, language),
        *_source_breaks(figures, marks, sources, language),
    )
    hard = sorted(each.day for each in breaks if each.kind != "source")
    runs = _runs(marks, hard)
    seams = frozenset(
        later
        for run in runs
        for earlier, later in pairwise(run)
        if _publisher(sources[figures[earlier].source_id], language)
        != _publisher(sources[figures[later].source_id], language)
    )
    return FigureSeries(marks, tuple(sorted(breaks, key=lambda each: each.day)), runs, seams)


def _drawn(series: Iterable[Observation]) -> list[Observation]:
    possible = [figure for figure in series if not figure.impossible]
    actual = {figure.period for figure in possible if figure.status == "actual"}
    kept = (f for f in possible if f.status != "estimate" or f.period not in actual)
    return sorted(kept, key=lambda figure: parse_period(figure.period).sort_key)


def _mark(figure: Observation, indicator: Indicator, language: Language) -> SeriesMark:
    period = parse_period(figure.period)
    return SeriesMark(
        period=period,
        value=figure.value,
        text=format_value(figure.value, indicator, language),
        bare=format_bare_value(figure.value, indicator, language),
        label=period.label(language),
        status=figure.status,
        status_label=STATUS_NAMES[figure.status][language],
        doubtful=bool(figure.doubt),
    )


def _happened(
    figures: list[Observation], marks: tuple[SeriesMark, ...]
) -> list[tuple[Observation, SeriesMark]]:
    return [pair for pair in zip(figures, marks, strict=True) if pair[1].happened]


def _concept_breaks(
    figures: list[Observation],
    marks: tuple[SeriesMark, ...],
    concepts: Mapping[str, Concept],
    language: Language,
) -> list[SeriesBreak]:
    """Where a stated concept differs from the one stated last; what states none breaks nothing."""
    found, last = [], ""
    for figure, mark in _happened(figures, marks):
        if figure.concept and last and figure.concept != last:
            words = (
                concepts[each].name[language] if each in concepts else each
                for each in (last, figure.concept)
            )
            found.append(SeriesBreak("concept", mark.period.start, *words))
        last = figure.concept or last
    return found


def _boundary_breaks(
    unit: Unit, marks: tuple[SeriesMark, ...], language: Language
) -> list[SeriesBreak]:
    """The day the unit began, where figures of before it are restated for it."""
    own = [mark.period for mark in marks if mark.happened]
    begins = unit.valid_from
    if not any(p.end < begins for p in own) or not any(p.end >= begins for p in own):
        return []
    day = date_text(begins, language)
    return [SeriesBreak("boundaries", begins, day, day)]


def _source_breaks(
    figures: list[Observation],
    marks: tuple[SeriesMark, ...],
    sources: Mapping[str, Source],
    language: Language,
) -> list[SeriesBreak]:
    """Where the figures begin to come from another publisher."""
    found: list[SeriesBreak] = []
    last = ""
    for figure, mark in _happened(figures, marks):
        now = _publisher(sources[figure.source_id], language)
        if last and now != last:
            found.append(SeriesBreak("source", mark.period.start, last, now))
        last = now
    return found


def _publisher(source: Source, language: Language) -> str:
    """Who tells a figure: the issuer, whose later editions are the same source, or the title."""
    return source.issuer[language] or source.title[language]


def _runs(marks: tuple[SeriesMark, ...], breaks: list[dt.date]) -> tuple[tuple[int, ...], ...]:
    """What a line joins: a half year is not set beside a whole one."""
    groups: dict[tuple[int, int], list[int]] = {}
    for place, mark in enumerate(marks):
        if mark.happened and not mark.doubtful:
            era = sum(day <= mark.period.end for day in breaks)
            groups.setdefault((mark.months, era), []).append(place)
    return tuple(tuple(group) for group in groups.values())
