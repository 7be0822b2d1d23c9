"""The columns of a table on the review page: what each is taken for, and what else it might be."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from geodata.catalogue import Catalogue
from geodata.i18n import Language
from geodata.model import STATUSES, Indicator
from geodata.period import parse_period
from geodata.readers.sheet import column_letters
from geodata.table_import.column_records import EACH_ROW, ColumnMeaning, NewIndicator
from geodata.table_import.layout_records import TableColumn
from geodata.table_import.report_records import ImportReport
from layers.formatting import fewest_decimals, format_number, with_unit
from layers.labels import STATUS_NAMES
from portal.translations import translate

COLUMN_FIELDS = ("use", "indicator", "period", "status", "measure", "scale")
"""What a person may say of a column."""
USES = ("value", "stated_percent", "stated_change", "skip")
"""What a person may make of a column."""


def column_cards(
    report: ImportReport, catalogue: Catalogue, language: Language
) -> list[dict[str, Any]]:
    """One card for each column that may hold figures, those that wait for an answer first.

    Parameters
    ----------
    report
        What was found; empty without a table.
    catalogue
        The indicators there are.
    language
        Of names and reasons.
    """
    if report.layout is None:
        return []
    columns = {column.number: column for column in report.layout.columns}
    known = indicators_by_id(catalogue, report.answers.new_indicators)
    counts = _counts(report)
    cards = [
        {
            "place": place,
            **_card(meaning, columns[meaning.column], known, language),
            "figures": counts.get((meaning.column, meaning.indicator), 0),
        }
        for place, meaning in enumerate(report.columns)
        if meaning.column in columns and meaning.use != "position"
    ]
    for card in cards:
        card["shown"] = json.dumps([str(card[name]) for name in COLUMN_FIELDS], ensure_ascii=False)
    return sorted(cards, key=lambda card: (not card["open"], card["place"]))


def indicators_by_id(catalogue: Catalogue, new: Iterable[NewIndicator]) -> dict[str, Indicator]:
    """The indicators of the catalogue and those made for this table."""
    return {**catalogue.indicators, **{each.indicator.id: each.indicator for each in new}}


def _card(
    meaning: ColumnMeaning, column: TableColumn, known: dict[str, Indicator], language: Language
) -> dict[str, Any]:
    indicator = known.get(meaning.indicator)
    proposals = [
        {"id": each.indicator, "name": _name(known[each.indicator], language),
         "reason": each.reason[language]}
        for each in meaning.proposals if each.indicator in known
    ]  # fmt: skip
    return {
        "number": column.number,
        "letters": column_letters(column.number),
        "path": json.dumps(meaning.path, ensure_ascii=False),
        "heading": " / ".join(meaning.path) or column.heading,
        "samples": list(column.samples),
        "hidden": column.hidden,
        "use": meaning.use or "value",
        "indicator": meaning.indicator,
        "indicator_name": _name(indicator, language) if indicator else "",
        "each_row": EACH_ROW in (meaning.indicator, meaning.period),
        "period": "" if meaning.period == EACH_ROW else meaning.period,
        "period_label": _period_label(meaning.period, language),
        "status": meaning.status,
        "status_label": STATUS_NAMES[meaning.status][language]
        if meaning.status in STATUS_NAMES
        else "",
        "measure": meaning.measure_unit,
        "scale": _plain(meaning.scale, language),
        "scale_reason": meaning.scale_reason[language],
        "proposals": proposals,
        "open": is_open(meaning),
    }


def _period_label(period: str, language: Language) -> str:
    if period in ("", EACH_ROW):
        return ""
    return parse_period(period).label(language)


def is_open(meaning: ColumnMeaning) -> bool:
    """Whether a person must still say what a column is."""
    return not meaning.use or (
        meaning.use == "value" and not (meaning.indicator and meaning.period)
    )


def _plain(value: float, language: Language) -> str:
    """A factor with as many decimals as it has, nine at the most."""
    return format_number(value, fewest_decimals((value,), 9), language)


def _name(indicator: Indicator, language: Language) -> str:
    """The name of an indicator with its unit of measure, by which columns are told apart."""
    unit = with_unit("", indicator.measure_unit, language).strip()
    return f"{indicator.name[language]} ({unit})" if unit else indicator.name[language]


def _counts(report: ImportReport) -> dict[tuple[int, str], int]:
    """How many figures each column gives, by indicator where its rows have several."""
    counts: dict[tuple[int, str], int] = {}
    for value in report.values:
        if value.value is not None:
            for indicator in {value.indicator, EACH_ROW}:
                key = (value.place.column, indicator)
                counts[key] = counts.get(key, 0) + 1
    return counts


def indicator_options(
    catalogue: Catalogue, new: Iterable[NewIndicator], language: Language
) -> list[dict[str, Any]]:
    """The indicators by theme, for a list to choose from; those made for this table first."""
    made = [each.indicator for each in new]
    groups = [(translate("publishing.made_here", language), made)]
    for theme in catalogue.themes.values():
        of_theme = [each for each in catalogue.indicators.values() if each.theme == theme.id]
        groups.append((theme.name[language], of_theme))
    return [
        {
            "name": name,
            "indicators": [{"id": each.id, "name": _name(each, language)} for each in indicators],
        }
        for name, indicators in groups
        if indicators
    ]


def status_options(language: Language) -> list[tuple[str, str]]:
    """The statuses of figures with their names."""
    return [(status, STATUS_NAMES[status][language]) for status in STATUSES]
