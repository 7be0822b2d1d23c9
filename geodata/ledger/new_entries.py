"""What a table brings along for the catalogue: indicators, their themes and code lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from geodata.catalogue import Catalogue, verify_references
from geodata.errors import FileFault, InvalidInput
from geodata.faults import RAISE_FIRST
from geodata.i18n import Message
from geodata.ledger.revision_writer import NewEntries
from geodata.model import Concept, Indicator, Theme
from geodata.series_id import split_series_id
from geodata.store import Store
from geodata.table_import.answers_json import answers_document, answers_of
from geodata.table_import.column_records import NewIndicator
from geodata.table_import.made_entries import (
    dimensions_named,
    implied_parts,
    known_dimensions,
    made_indicators,
)
from geodata.table_import.report_records import Answers


def new_entries(
    proposed: Iterable[NewIndicator], used: set[str], catalogue: Catalogue
) -> NewEntries:
    """Themes, indicators and code lists that figures need and that the catalogue does not hold.

    An indicator that is broken down comes with all of its parts.

    Parameters
    ----------
    used
        Series of the figures; what their indicators are made of is needed with them.

    Raises
    ------
    InvalidInput
        One of them breaks a rule of the catalogue, or bears the id of another.
    """
    listed = list(proposed)
    made = made_indicators(listed, catalogue)
    dimensions = known_dimensions(listed, catalogue.dimensions)
    implied = implied_parts(used, catalogue.indicators | made, dimensions)
    made |= implied
    names = {one.indicator.theme: one.theme_name for one in listed if one.theme_name}
    needed = _with_parts({split_series_id(name)[0] for name in used}, made) | implied.keys()
    indicators = [made[name] for name in made if name in needed]
    indicators = [one for one in indicators if catalogue.indicators.get(one.id) != one]
    themes = {
        one.theme: Theme(one.theme, names[one.theme])
        for one in indicators
        if one.theme not in catalogue.themes and one.theme in names
    }
    units = {one.measure_unit.id: one.measure_unit for one in indicators}
    whole = Catalogue(
        themes=catalogue.themes | themes,
        measure_units=units | catalogue.measure_units,
        indicators=catalogue.indicators | {one.id: one for one in indicators},
        sources=catalogue.sources,
        dimensions=dimensions,
    )
    _verify_entries([one for one in listed if one.indicator in indicators], whole)
    for one in indicators:
        _verify_id(one, catalogue)
    by = dimensions_named(indicators)
    new = [one for name, one in dimensions.items()
           if name in by and name not in catalogue.dimensions]  # fmt: skip
    return NewEntries(list(themes.values()), indicators, dimensions=new)


def new_concepts(
    proposed: Iterable[Concept], stated: Collection[str], brought: Iterable[Indicator], store: Store
) -> list[Concept]:
    """The concepts that figures state, or new indicators follow, and that a store does not hold.

    Parameters
    ----------
    stated
        Ids of the concepts that figures state.
    brought
        The new indicators.

    Raises
    ------
    InvalidInput
        A figure states a concept that nobody knows, or one breaks a rule of the catalogue.
    """
    known = {one.id for one in store.concepts()}
    series = {one.id for one in brought}
    listed = {one.id: one for one in proposed}
    needed = [
        one
        for one in listed.values()
        if one.id not in known and (one.id in stated or series.intersection(one.indicators))
    ]
    for name in stated:
        if name and name not in known and name not in listed:
            allowed = tuple(sorted({*known, *listed}))
            raise InvalidInput(Message("There is no such concept"), name, allowed)
    _verify_by_file(Answers(new_concepts=tuple(needed)), "new_concepts")
    return needed


def _verify_by_file(answers: Answers, where: str) -> None:
    """Written and read as an answers file: what is allowed has one owner."""
    try:
        answers_of(answers_document(answers), where)
    except FileFault as fault:
        raise InvalidInput(
            fault.what, fault.found, fault.allowed, fault.remedy, fault.where
        ) from None


def _with_parts(used: set[str], made: dict[str, Indicator]) -> set[str]:
    """The used ones among the new with their parts, numerators and denominators."""
    needed: set[str] = set()
    of_whole = {one.id: one.whole for one in made.values() if one.whole}
    left = [name for name in used if name in made]
    while left:
        name = left.pop()
        if name not in needed:
            needed.add(name)
            parts = (made[name].numerator, made[name].denominator)
            left += [part for part in parts if part in made]
            left += [part for part, whole in of_whole.items() if whole == name]
    return needed


def _verify_entries(made: list[NewIndicator], whole: Catalogue) -> None:
    """Hold new indicators against the rules for those of the catalogue's files."""
    _verify_by_file(Answers(new_indicators=tuple(made)), "new_indicators")
    try:
        for one in made:
            where = f"new_indicators [{one.indicator.id}]"
            verify_references(one.indicator, whole.indicators, where, RAISE_FIRST)
    except FileFault as fault:
        raise InvalidInput(
            fault.what, fault.found, fault.allowed, fault.remedy, fault.where
        ) from None
    for one in made:
        for name in (each for by in one.indicator.breakdowns for each in by.split(",")):
            if name not in whole.dimensions:
                what = Message("There is no such dimension")
                raise InvalidInput(what, name, tuple(whole.dimensions))
        if one.indicator.theme not in whole.themes:
            what = Message("There is no such theme")
            raise InvalidInput(what, one.indicator.theme, tuple(whole.themes))


def _verify_id(indicator: Indicator, catalogue: Catalogue) -> None:
    if indicator.id in catalogue.indicators:
        raise InvalidInput(
            Message("The catalogue has another indicator of this id"),
            found=indicator.id,
            remedy=Message("Give the new indicator another id, or choose the one there is"),
        )
    known = catalogue.measure_units.get(indicator.measure_unit.id)
    if known is not None and known != indicator.measure_unit:
        raise InvalidInput(
            Message("The catalogue has another unit of measure of this id"),
            found=indicator.measure_unit.id,
            remedy=Message("Choose the one there is, or give the new one another id"),
        )
