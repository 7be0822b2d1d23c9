"""Whether the maps a catalogue asks for can be drawn: the dataset itself knows no drawing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from geodata.catalogue import Catalogue
from geodata.errors import FileFault, PortalError
from geodata.model import Indicator
from layers.classification import check_choice
from layers.palette_choice import check_palette
from layers.styles import check_style


def check_symbology(catalogue: Catalogue) -> Iterator[FileFault]:
    """A fault for every field of an indicator whose own symbology does not work.

    Its classification, its palette and its style, as far as the catalogue names them.
    """
    for indicator in catalogue.indicators.values():
        for field, check in _CHECKS.items():
            try:
                check(indicator)
            except PortalError as fault:
                where = f"indicators/{indicator.theme}.toml [{indicator.id}] {field}"
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
