"""What is known while a table is read: the catalogue, and what was made along with the table.

A table may also break an indicator down that is there already: figures said to be of
``population[sex:female]`` make the parts of the population by sex, where the catalogue has the
indicator and the code list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace

from geodata.broken_down import of_same_parts, plain_parts
from geodata.catalogue import Catalogue
from geodata.errors import InvalidInput
from geodata.model import Dimension, Indicator
from geodata.series_id import format_dimensions, parse_dimensions, series_id, split_series_id
from geodata.table_import.column_records import ColumnMeaning, NewIndicator
from geodata.table_import.report_records import Answers


def known_dimensions(
    made: Iterable[NewIndicator], known: Mapping[str, Dimension]
) -> dict[str, Dimension]:
    """The code lists of the catalogue, and behind them those that were made."""
    new = {one.id: one for each in made for one in each.dimensions}
    return {**known, **{name: one for name, one in new.items() if name not in known}}


def made_indicators(made: Iterable[NewIndicator], catalogue: Catalogue) -> dict[str, Indicator]:
    """The indicators that were made, each with its parts behind it.

    Parameters
    ----------
    catalogue
        The code lists there are, and the indicators of whose parts a part may be a ratio.
    """
    listed = list(made)
    dimensions = known_dimensions(listed, catalogue.dimensions)
    found: dict[str, Indicator] = {}
    for each in listed:
        parts = plain_parts(each.indicator, dimensions)
        found |= {one.id: one for one in (each.indicator, *parts)}
    known = catalogue.indicators | found
    return {name: of_same_parts(one, known) for name, one in found.items()}


def implied_parts(
    series: Iterable[str], known: Mapping[str, Indicator], dimensions: Mapping[str, Dimension]
) -> dict[str, Indicator]:
    """The parts by which figures break down an indicator that is not broken down like this.

    All codes of a breakdown are made with the first of them. Parts of a ratio would need parts of
    its numerator and denominator, those of a category are classes of nothing: there are none.

    Parameters
    ----------
    series
        Ids of series that figures are said to be of.
    known
        The indicators there are, by id.
    dimensions
        The code lists there are, by id.
    """
    found: dict[str, Indicator] = {}
    for each in series:
        name, named = split_series_id(each)
        whole = known.get(name)
        if not named or each in known or each in found or whole is None:
            continue
        if whole.kind not in ("count", "extreme"):
            continue
        with suppress(InvalidInput):
            values = parse_dimensions(named)
            codes = [(dimensions.get(by), code) for by, code in values]
            if all(one is not None and one.code(code) is not None for one, code in codes):
                by = ",".join(one for one, _ in values)
                parts = plain_parts(replace(whole, breakdowns=(by,)), dimensions)
                found |= {part.id: part for part in parts if part.id not in known}
    return found


def indicators_of(catalogue: Catalogue, answers: Answers) -> dict[str, Indicator]:
    """The indicators that a column can hold: those of the catalogue and those just made.

    Parts that a column is said to hold of an indicator that was not broken down are among them. One
    that has been published since it was made is what the catalogue says.
    """
    known = {**made_indicators(answers.new_indicators, catalogue), **catalogue.indicators}
    said = (series_said(each) for each in answers.columns.values())
    return {**known, **implied_parts(said, known, dimensions_of(catalogue, answers))}


def series_said(answer: ColumnMeaning) -> str:
    """The series that a person or a recipe names; empty where its dimensions are none."""
    with suppress(InvalidInput):
        name, dimensions = split_series_id(answer.indicator)
        named = format_dimensions(parse_dimensions(answer.dimensions or dimensions))
        return series_id(name, named)
    return ""


def dimensions_of(catalogue: Catalogue, answers: Answers) -> dict[str, Dimension]:
    """The code lists by which figures can be broken down, as `indicators_of`."""
    return known_dimensions(answers.new_indicators, catalogue.dimensions)


def dimensions_named(indicators: Iterable[Indicator]) -> set[str]:
    """Ids of the code lists by which indicators are broken down, or of which they are parts."""
    found: set[str] = set()
    for one in indicators:
        found.update(name for each in one.breakdowns for name in each.split(","))
        found.update(name for name, _ in parse_dimensions(one.dimensions))
    return found
