"""What a form says of itself, so that it is known when it comes back.

It stands as one line of text in a cell of the form, in one of its guide and among the properties of
the workbook: copying loses any one of them. Columns are known by a hash of their headings, so that
one that was moved is still the same and one that was renamed is not.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from geodata.errors import InvalidInput
from geodata.model import LEVELS, STATUSES, Level, Status
from geodata.period import parse_period
from geodata.vietnamese_names import normalise

VERSION = 1
"""Version of the line; forms of older versions stay readable."""

PROPERTY = "portal-form"
"""Of the workbook, with a number behind it for each piece of the line."""

_CHUNK = 250
_LINE = re.compile(
    r"portal-form (?P<version>[0-9]+); (?P<level>[a-z]+); (?P<date>[0-9-]{10}); (?P<period>[^;]+); "
    r"(?P<status>[a-z]+); (?P<columns>[a-z0-9_:,\[\] ]*); (?P<check>[0-9a-f]{8})"
)
_COLUMN = re.compile(r"([a-z][a-z0-9_]*(?:\[[a-z0-9_:,]+\])?):([0-9a-f]{8})")


@dataclass(frozen=True, slots=True)
class FormIdentity:
    """What a form is for.

    Parameters
    ----------
    level, date
        Of the units that it lists.
    period, status
        Of all its figures.
    columns
        Indicators by the hash of their heading; see `heading_hash`.
    version
        Of the form.
    """

    level: Level
    date: dt.date
    period: str
    status: Status
    columns: Mapping[str, str]
    version: int = VERSION

    @property
    def form_id(self) -> str:
        """A short name for people: the same for each form of these columns, units and period."""
        return f"BM-{_check(self._statement).upper()}"

    @property
    def line(self) -> str:
        """The identity as one line of text, with a check sum."""
        return f"{self._statement}; {_check(self._statement)}"

    @property
    def _statement(self) -> str:
        columns = ", ".join(f"{indicator}:{mark}" for mark, indicator in self.columns.items())
        parts = (f"portal-form {self.version}", self.level, self.date.isoformat(), self.period,
                 self.status, columns)  # fmt: skip
        return "; ".join(parts)


def property_chunks(identity: FormIdentity) -> dict[str, str]:
    """The identity as properties of a workbook, which hold at most 255 characters each."""
    line = identity.line
    chunks = [line[start : start + _CHUNK] for start in range(0, len(line), _CHUNK)]
    return {f"{PROPERTY} {number}": chunk for number, chunk in enumerate(chunks, 1)}


def identity_of_properties(properties: Mapping[str, str]) -> FormIdentity | None:
    """The identity that the properties of a workbook state; None where they state none."""
    line, number = "", 1
    while (chunk := properties.get(f"{PROPERTY} {number}")) is not None:
        line, number = line + chunk, number + 1
    return parse_identity(line) if line else None


def heading_hash(heading: str) -> str:
    """Hash of a heading; case and white space do not count."""
    return _check(normalise(heading).lower())


def _check(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def parse_identity(text: str) -> FormIdentity | None:
    """The identity that a text states, with or without other words around it.

    None where it states none, where it was changed, or is of a later version.
    """
    found = _LINE.search(normalise(text))
    if found is None or int(found["version"]) != VERSION:
        return None
    statement, _, check = found[0].rpartition("; ")
    if _check(statement) != check:
        return None
    level = next((each for each in LEVELS if each == found["level"]), None)
    status = next((each for each in STATUSES if each == found["status"]), None)
    try:
        date, period = dt.date.fromisoformat(found["date"]), parse_period(found["period"]).code
    except (ValueError, InvalidInput):
        return None
    if level is None or status is None:
        return None
    columns = {mark: indicator for indicator, mark in _COLUMN.findall(found["columns"])}
    return FormIdentity(level, date, period, status, columns)
