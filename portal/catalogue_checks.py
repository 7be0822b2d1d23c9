"""Whether the maps a catalogue asks for can be drawn: the dataset itself knows no drawing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from geodata.catalogue import Catalogue
from geodata.errors import FileFault, PortalError
from geodata.model import Indicator
from geodata.place_categories_file import PLACE_CATEGORIES_FILE
from layers.classification import check_choice
from layers.palette_choice import check_palette
from layers.places.symbol_choice import check_symbol
from layers.styles import check_style


def check_symbology(catalogue: Catalogue) -> Iterator[FileFault]:
    """A fault for every field of an indicator or category whose own symbology does not work.

    The classification, palette and style of an indicator and the symbol of a category of places, as
    far as the catalogue names them.
    """
    for indicator in catalogue.indicators.values():
        for field, check in _CHECKS.items():
            try:
                check(indicator)
            except PortalError as fault:
                where = f"indicators/{indicator.theme}.toml [{indicator.id}] {field}"
                yield FileFault(fault.what, fault.found, fault.allowed, fault.remedy, where)
    yield from _check_places(catalogue)


def _check_places(catalogue: Catalogue) -> Iterator[FileFault]:
    for category in catalogue.place_categories.values():
        try:
            check_symbol(category)
        except PortalError as fault:
            where = f"{PLACE_CATEGORIES_FILE} [{category.id}] symbol"
            yield FileFault(fault.what, fault.found, fault.allowed, fault.remedy, where)


def _check_classification(indicator: Indicator) -> None:
    wanted = indicator.classification
    check_choice(wanted.scheme, wanted.classes, wanted.thresholds)


def _check_style(indicator: Indicator) -> None:
    if indicator.style:
        check_style(indicator.style, indicator)


_CHECKS: dict[str, Callable[[Indicator], object]] = {
    "classification": _check_classification,
    "palette": check_palette,
    "style": _check_style,
}
