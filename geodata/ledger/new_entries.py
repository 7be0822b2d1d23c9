"""What a table brings along for the catalogue: indicators made in the form, and their themes."""

from __future__ import annotations

from collections.abc import Iterable

from geodata.catalogue import Catalogue, verify_references
from geodata.errors import FileFault, InvalidInput
from geodata.faults import RAISE_FIRST
from geodata.i18n import Message
from geodata.model import Indicator, Theme
from geodata.table_import.answers_json import answers_document, answers_of
from geodata.table_import.column_records import NewIndicator
from geodata.table_import.report_records import Answers


def new_entries(
    proposed: Iterable[NewIndicator], used: set[str], catalogue: Catalogue
) -> tuple[list[Theme], list[Indicator]]:
    """Themes and indicators that figures need and that the catalogue does not hold.

    Parameters
    ----------
    used
        Indicators of the figures; what these are made of is needed with them.

    Raises
    ------
    InvalidInput
        One of them breaks a rule of the catalogue, or bears the id of another.
    """
    listed = list(proposed)
    made = {one.indicator.id: one.indicator for one in listed}
    names = {one.indicator.theme: one.theme_name for one in listed if one.theme_name}
    needed = _with_parts(used, made)
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
        dimensions=catalogue.dimensions,
    )
    _verify_entries([one for one in listed if one.indicator in indicators], whole)
    for one in indicators:
        _verify_id(one, catalogue)
    return list(themes.values()), indicators


def _with_parts(used: set[str], made: dict[str, Indicator]) -> set[str]:
    """The used ones among the new, and their numerators and denominators that are new too."""
    needed: set[str] = set()
    left = [name for name in used if name in made]
    while left:
        name = left.pop()
        if name not in needed:
            needed.add(name)
            parts = (made[name].numerator, made[name].denominator)
            left += [part for part in parts if part in made]
    return needed


def _verify_entries(made: list[NewIndicator], whole: Catalogue) -> None:
    """Hold new indicators against the rules for those of the catalogue's files."""
    try:
        # Written and read as an answers file: what is allowed has one owner.
        answers_of(answers_document(Answers(new_indicators=tuple(made))), "new_indicators")
        for one in made:
            where = f"new_indicators [{one.indicator.id}]"
            verify_references(one.indicator, whole.indicators, where, RAISE_FIRST)
    except FileFault as fault:
        raise InvalidInput(
            fault.what, fault.found, fault.allowed, fault.remedy, fault.where
        ) from None
    for one in made:
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
