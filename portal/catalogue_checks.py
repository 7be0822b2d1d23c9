"""Whether the maps a catalogue asks for can be drawn: the dataset itself knows no drawing."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.catalogue import Catalogue
from geodata.errors import FileFault, PortalError
from geodata.model import Indicator
from layers.classification import check_choice
from layers.palette_choice import check_palette


def check_symbology(catalogue: Catalogue) -> Iterator[FileFault]:
    """A fault for every indicator whose own scheme, classes, thresholds or palette do not work."""
    for indicator in catalogue.indicators.values():
        try:
            _check_indicator(indicator)
        except PortalError as fault:
            where = f"indicators/{indicator.theme}.toml [{indicator.id}]"
            yield FileFault(fault.what, fault.found, fault.allowed, fault.remedy, where)


def _check_indicator(indicator: Indicator) -> None:
    wanted = indicator.classification
    check_choice(wanted.scheme, wanted.classes, wanted.thresholds)
    check_palette(indicator)
