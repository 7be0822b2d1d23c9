"""The columns of a table on the review page: what each is taken for, and what else it might be."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from geodata.catalogue import Catalogue
from geodata.errors import InvalidInput, truncate
from geodata.i18n import Language
from geodata.model import STATUSES, Indicator
from geodata.period import parse_period
from geodata.readers.sheet import CellValue, cell_text, column_letters
from geodata.series_id import parse_dimensions, split_series_id
from geodata.table_import.checks.column_formulas import column_formulas
from geodata.table_import.column_records import EACH_ROW, ColumnMeaning, NewIndicator
from geodata.table_import.columns.alike_columns import alike_columns, common_heading
from geodata.table_import.columns.class_words import IGNORED, word_key
from geodata.table_import.columns.column_concepts import NOT_AS_NAMED
from geodata.table_import.columns.header_words import header_words
from geodata.table_import.layout.cell_kinds import is_year
from geodata.table_import.layout.cell_values import read_cell
from geodata.table_import.layout_records import TableColumn, TableLayout
from geodata.table_import.made_entries import dimensions_of, implied_parts, indicators_of
from geodata.table_import.report_records import Answers, ImportReport
from geodata.vietnamese_names import fold, match_key
from layers.formatting import fewest_decimals, format_number, with_unit
from layers.labels import STATUS_NAMES, date_text
from portal.translations import translate

COLUMN_FIELDS = ("use", "indicator", "period", "status", "measure", "scale", "concept")
"""What a person may say of a column."""
IGNORE, ANOTHER = "-", "+"
"""The answers about a unit, a column or a word that set it aside, and for one more class."""
_LONGEST_WORD = 80
_MOST_DECIMALS = 2
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
    known = indicators_by_id(catalogue, report)
    made = indicators_of(catalogue, report.answers).keys()
    counts = _counts(report)
    shares = {each.column: each.quotient() for each in column_formulas(report.layout)}
    cards = [
        {
            "place": place,
            **_card(meaning, columns[meaning.column], known, made, language),
            **_class_fields(meaning, report, language),
            "quotient": shares.get(meaning.column),
            "named": bool(header_words(meaning.path, ()).names),
            "decimals": _decimals(columns[meaning.column], report.layout),
            "concept": _own_concept(meaning, report.answers),
            "figures": counts.get((meaning.column, meaning.indicator), 0),
        }
        for place, meaning in enumerate(report.columns)
        if meaning.column in columns and meaning.use != "position"
    ]
    for card in cards:
        shown = [str(card[name]) for name in COLUMN_FIELDS]
        card["shown"] = json.dumps(shown, ensure_ascii=False)
    _join_alike(cards, report.columns)
    _join_parts(cards)
    return sorted(cards, key=lambda card: (not card["open"], card["place"]))


def _own_concept(meaning: ColumnMeaning, answers: Answers) -> str:
    """The concept said of a column, or named by its header; empty for that of all columns."""
    said = answers.columns.get(meaning.path)
    if said is not None and said.concept:
        return "" if said.concept == NOT_AS_NAMED else said.concept
    return "" if answers.concept else meaning.concept


def _decimals(column: TableColumn, layout: TableLayout) -> int:
    """Decimals that the figures of a column are written with, at most two."""
    found = []
    for row in layout.data_rows():
        with suppress(InvalidInput):
            value, _ = read_cell(row.value(column.number), column)
            found += [] if value is None else [value]
    return fewest_decimals(found, _MOST_DECIMALS)


def _join_alike(cards: list[dict[str, Any]], meanings: Sequence[ColumnMeaning]) -> None:
    """Let columns that differ in period or status alone be asked about once.

    The first of them gets the places of the others as ``followers``, these its place as ``leader``.
    """
    by_place = {card["place"]: card for card in cards}
    for places in alike_columns(meanings):
        group = [by_place[place] for place in places if place in by_place]
        if len(group) < 2:
            continue
        first, *others = group
        first["followers"] = [card["place"] for card in others]
        first["group_heading"] = common_heading([meanings[card["place"]] for card in group])
        for card in others:
            card["leader"] = first["place"]


def _join_parts(cards: list[dict[str, Any]]) -> None:
    """Let columns that would break an indicator down by one code list be asked about once.

    Each of them goes with a part of its own: the ``part`` of its card.
    """
    groups: dict[Any, list[dict[str, Any]]] = {}
    for card in cards:
        series = card["proposals"][0]["id"] if card["proposals"] else ""
        if not card["proposals"] or not card["proposals"][0]["new_part"] or card["indicator"]:
            continue
        if card["leader"] is None and not card["followers"]:
            of = (split_series_id(series)[0], *(by for by, _ in parse_dimensions(_values(series))))
            above = json.loads(card["path"])[:-1]
            groups.setdefault((of, *above, card["measure"]), []).append(card)
    for first, *others in groups.values():
        for card in (first, *others):
            card["part"] = card["proposals"][0]["id"]
        if others:
            first["followers"] = [card["place"] for card in others]
            first["group_heading"] = " / ".join(json.loads(first["path"])[:-1])
            names = [card["proposals"][0]["name"] for card in (first, *others)]
            first["proposals"][0]["name"] = "; ".join(names)
            for card in others:
                card["leader"] = first["place"]


def _values(series: str) -> str:
    return split_series_id(series)[1]


def indicators_by_id(catalogue: Catalogue, report: ImportReport) -> dict[str, Indicator]:
    """All that the columns of a table hold or may hold, parts that nobody made yet among them."""
    known = indicators_of(catalogue, report.answers)
    proposed = (proposal.indicator for each in report.columns for proposal in each.proposals)
    dimensions = dimensions_of(catalogue, report.answers)
    return {**known, **implied_parts(proposed, known, dimensions)}


def _card(
    meaning: ColumnMeaning,
    column: TableColumn,
    known: Mapping[str, Indicator],
    made: Collection[str],
    language: Language,
) -> dict[str, Any]:
    indicator = known.get(meaning.indicator)
    proposals = [
        {"id": each.indicator, "name": indicator_label(known[each.indicator], language),
         "reason": each.reason[language], "new_part": each.indicator not in made}
        for each in meaning.proposals if each.indicator in known
    ]  # fmt: skip
    return {
        "number": column.number,
        "letters": column_letters(column.number),
        "path": json.dumps(meaning.path, ensure_ascii=False),
        "heading": " / ".join(meaning.path) or column.heading,
        "samples": [_sample(each, column, language) for each in column.samples],
        "followers": [],
        "leader": None,
        "part": "",
        "group_heading": "",
        "hidden": column.hidden,
        "use": meaning.use or "value",
        "indicator": indicator_label(indicator, language) if indicator else meaning.indicator,
        "indicator_id": meaning.indicator,
        "each_row": EACH_ROW in (meaning.indicator, meaning.period),
        "period": _period_label(meaning.period, language),
        "status": meaning.status,
        "status_label": STATUS_NAMES[meaning.status][language]
        if meaning.status in STATUS_NAMES
        else "",
        "measure": meaning.measure_unit,
        "scale": _plain(meaning.scale, language),
        "scale_reason": meaning.scale_reason[language],
        "proposals": proposals,
        "same_reason": proposals[0]["reason"]
        if len(proposals) > 1 and len({each["reason"] for each in proposals}) == 1
        else "",
        "open": is_open(meaning),
    }


def _class_fields(
    meaning: ColumnMeaning, report: ImportReport, language: Language
) -> dict[str, Any]:
    """The words of a column of classes: what each is taken for, and what it may be."""
    answer = report.answers.columns.get(meaning.path)
    said = {word_key(word): code for word, code in answer.classes.items()} if answer else {}
    made = {each.indicator.id for each in report.answers.new_indicators}
    names = {each.id: each.name[language] for each in meaning.categories}
    return {
        "classes": list(names.items()),
        "made_here": meaning.indicator in made,
        "words": [
            {
                "key": each.key,
                "written": truncate(each.written, _LONGEST_WORD),
                "cells": each.cells,
                "said": _as_choice(said.get(each.key)),
                "found": names.get(each.category or "", ""),
                "open": each in meaning.open_words,
                "alike": [(code, names[code]) for code in each.proposals],
            }
            for each in meaning.words
        ],
    }


def _as_choice(said: str | None) -> str:
    """An answer about a word as the form has it."""
    return IGNORE if said == IGNORED else said or ""


def _period_label(period: str, language: Language) -> str:
    if period in ("", EACH_ROW):
        return ""
    return parse_period(period).label(language)


def is_open(meaning: ColumnMeaning) -> bool:
    """Whether a person must still say what a column is."""
    return not meaning.use or (
        meaning.use == "value"
        and (not (meaning.indicator and meaning.period) or bool(meaning.open_words))
    )


def _plain(value: float, language: Language) -> str:
    """A factor with as many decimals as it has, nine at the most."""
    return format_number(value, fewest_decimals((value,), 9), language)


def _sample(value: CellValue, column: TableColumn, language: Language) -> str:
    """A cell in the reader's language where it is typed; a text as it is written."""
    if isinstance(value, dt.date):
        return date_text(value.date() if isinstance(value, dt.datetime) else value, language)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return cell_text(value)
    if column.percent:
        return f"{_plain(100 * value, language)}%"
    return str(value) if is_year(value) else _plain(value, language)


def indicator_label(indicator: Indicator, language: Language) -> str:
    """The name of an indicator with its unit of measure, by which columns are told apart."""
    unit = with_unit("", indicator.measure_unit, language).strip()
    return f"{indicator.name[language]} ({unit})" if unit else indicator.name[language]


def _counts(report: ImportReport) -> dict[tuple[int, str], int]:
    """How many figures each column gives, by indicator where its rows have several."""
    counts: dict[tuple[int, str], int] = {}
    for value in report.values:
        if value.told:
            for indicator in {value.indicator, EACH_ROW}:
                key = (value.place.column, indicator)
                counts[key] = counts.get(key, 0) + 1
    return counts


def indicator_names(catalogue: Catalogue, answers: Answers, language: Language) -> dict[str, str]:
    """A name of its own for each indicator, by id, those made for this table first."""
    known = indicators_of(catalogue, answers)
    made = [each for name, each in known.items() if name not in catalogue.indicators]
    of_catalogue = [
        each
        for theme in catalogue.themes
        for each in catalogue.indicators.values()
        if each.theme == theme
    ]
    names: dict[str, str] = {}
    for each in (*made, *of_catalogue):
        label = indicator_label(each, language)
        names.setdefault(each.id, f"{label} [{each.id}]" if label in names.values() else label)
    return names


def indicator_called(text: str, names: Iterable[Mapping[str, str]]) -> str | None:
    """Id of the indicator that a person typed or chose; None where there is none.

    Capitals, the placement of tones and blanks do not matter, nor does the unit of measure where
    one indicator alone has the name; an id counts as well, and a name without any marks where one
    indicator alone answers to it.

    Parameters
    ----------
    names
        By language, as `indicator_names` gives them.
    """
    key = match_key(text)
    whole, bare = set(), set()
    for of_language in names:
        if text in of_language:
            return text
        for id_, name in of_language.items():
            if match_key(name) == key:
                whole.add(id_)
            elif match_key(name.rpartition(" (")[0]) == key:
                bare.add(id_)
    found = whole or bare
    if not found and text.isascii():
        plain = fold(text)
        found = {id_ for each in names for id_, name in each.items() if fold(name) == plain}
    return found.pop() if len(found) == 1 else None


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
            "indicators": [
                {"id": each.id, "name": indicator_label(each, language)} for each in indicators
            ],
        }
        for name, indicators in groups
        if indicators
    ]


def status_options(language: Language) -> list[tuple[str, str]]:
    """The statuses of figures with their names."""
    return [(status, STATUS_NAMES[status][language]) for status in STATUSES]
