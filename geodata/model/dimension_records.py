"""Code lists by which indicators are broken down."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.i18n import Text


@dataclass(frozen=True, slots=True)
class DimensionCode:
    """One value of a dimension.

    Parameters
    ----------
    id
        Its name in addresses and tables; unique within the dimension.
    name
        Its name in the menu and behind the name of an indicator.
    parent
        Id of the code that it is a part of; empty for one at the top. Only the codes of one parent
        are added up.
    """

    id: str
    name: Text
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """What an indicator is broken down by: a list of codes.

    Parameters
    ----------
    id
        Its name in addresses and tables.
    name
        Its name in the menu.
    total
        What the figure of all codes together is called.
    overlapping
        Whether a thing may be counted under several codes, as in ``under 1`` and ``under 5``. The
        figures of such codes are never added up, but each is still no more than the whole.
    codes
        The codes in the order of the menu.
    """

    id: str
    name: Text
    total: Text
    overlapping: bool
    codes: tuple[DimensionCode, ...]

    def code(self, code_id: str) -> DimensionCode | None:
        """The code of an id; None where there is none."""
        return next((code for code in self.codes if code.id == code_id), None)
