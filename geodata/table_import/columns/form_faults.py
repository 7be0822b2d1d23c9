"""What is wrong with the fields of a form, kept by the field in which it is mended."""

from __future__ import annotations

from collections.abc import Callable

from geodata.errors import FileFault
from geodata.i18n import Localised, Message, Text
from geodata.text_io import control_character

Fault = Callable[..., None]
"""Takes the name of a field, what is wrong, and what was found; see `FormFaults.add`."""


class FormFaults:
    """The first fault of each field."""

    def __init__(self) -> None:
        self.by_field: dict[str, FileFault] = {}

    def add(
        self,
        field: str,
        what: Localised,
        found: str = "",
        remedy: Localised | None = None,
        allowed: Localised | tuple[str, ...] = (),
    ) -> None:
        """Keep a fault of a field, unless it has one."""
        fault = FileFault(what, found, allowed, remedy or Text(""), field)
        self.by_field.setdefault(field, fault)


def verify_form_text(field: str, text: str, longest: int, fault: Fault) -> bool:
    """Whether a text that was typed can be kept; a fault where it is too long or not readable.

    Parameters
    ----------
    longest
        Characters that it may have.
    """
    if len(text) > longest:
        limit = (f"≤ {longest}",)
        fault(field, Message("The text is too long"), f"{len(text)}", allowed=limit)
        return False
    if sign := control_character(text):
        fault(field, Message("The text holds a control character"), ascii(sign))
        return False
    return True
