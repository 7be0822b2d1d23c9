"""What a report is about, looked up in the store and said in words."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.errors import NotFound, PortalError
from geodata.i18n import Language, Message
from geodata.ledger.error_reports import Subject
from geodata.model import Observation
from geodata.period import parse_period
from geodata.store import Store
from layers.formatting import format_value
from layers.labels import STATUS_NAMES
from portal.translations import translate
from portal.urls import indicator_url, unit_url


@dataclass(frozen=True, slots=True)
class SubjectWords:
    """A figure, or the border of a unit, as a page names it.

    Parameters
    ----------
    what
        Indicator, period and status; or that it is the border.
    value
        The figure as it is shown today; empty where there is none any more.
    """

    unit: str
    unit_url: str
    what: str
    what_url: str
    value: str


def find_figure(store: Store, subject: Subject) -> Observation | None:
    """The figure that is reported; None for a border.

    Raises
    ------
    NotFound
        There is no such unit or indicator, or the unit has no such figure.
    """
    store.unit(subject.unit_id)
    if not subject.indicator:
        return None
    store.indicator(subject.indicator)
    for figure in store.series(subject.unit_id, subject.indicator):
        if figure.period == subject.period and subject.status in ("", figure.status):
            return figure
    raise NotFound(Message("The unit has no such figure"), found=subject.period, where="period")


def subject_words(store: Store, subject: Subject, language: Language) -> SubjectWords:
    """What is reported in words; ids where the dataset no longer knows it."""
    try:
        figure = find_figure(store, subject)
    except PortalError:
        figure = None
    value = (
        format_value(figure.value, store.indicator(figure.indicator), language) if figure else ""
    )
    return SubjectWords(
        unit=_unit_name(store, subject.unit_id, language),
        unit_url=unit_url(subject.unit_id, language),
        what=_what(store, subject, language),
        what_url=indicator_url(subject.indicator, language) if subject.indicator else "",
        value=value,
    )


def _what(store: Store, subject: Subject, language: Language) -> str:
    if not subject.indicator:
        return translate("report.border", language)
    known = {indicator.id: indicator for indicator in store.indicators(parts=True)}
    indicator = known.get(subject.indicator)
    name = indicator.name[language] if indicator else subject.indicator
    parts = [name, parse_period(subject.period).label(language)]
    if subject.status in STATUS_NAMES:
        parts.append(STATUS_NAMES[subject.status][language])
    return ", ".join(parts)


def _unit_name(store: Store, unit_id: str, language: Language) -> str:
    try:
        return store.unit(unit_id).full_name[language]
    except NotFound:
        return unit_id
