"""Reading TOML tables field by field, each fault naming file, entry and field."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar, overload

from geodata.errors import FileFault
from geodata.i18n import Localised, Message, Text, Verbatim
from geodata.parsing import MAX_MAGNITUDE, is_usable, parse_day
from geodata.text_io import control_character, display_path, read_text

_MISSING: Any = object()

S = TypeVar("S", bound=str)
V = TypeVar("V")


def read_toml(path: Path) -> dict[str, Any]:
    """The contents of a TOML file.

    Raises
    ------
    FileFault
        The file is missing, not UTF-8 or not TOML; the message says where.
    """
    text = read_text(path)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileFault(
            Message("The file is not valid TOML"),
            found=str(error),
            where=display_path(path),
        ) from None


class TableReader:
    """One table of a TOML file; what is not taken by `finish` is a fault.

    Parameters
    ----------
    where
        File and entry, for messages: ``indicators/forest.toml [forest_area]``.
    table
        The table as read.
    """

    def __init__(self, where: str, table: object) -> None:
        self.where = where
        if not isinstance(table, dict):
            raise FileFault(
                Message("This entry must be a table"),
                found=repr(table),
                where=where,
            )
        self._left = dict(table)

    def fault(
        self, field: str, what: Localised, found: object, allowed: Localised | tuple[str, ...] = ()
    ) -> FileFault:
        """The error for one field of this entry."""
        shown = found if isinstance(found, str) else repr(found)
        return FileFault(what, found=shown, allowed=allowed, where=f"{self.where} {field}")

    def take(self, field: str, kinds: tuple[type[V], ...], default: V = _MISSING) -> V:
        """The value of ``field``, of one of ``kinds``; ``default`` where absent."""
        if field not in self._left:
            if default is _MISSING:
                raise self.fault(field, Message("The field is missing"), "")
            return default
        value: V = self._left.pop(field)
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            names = tuple(kind.__name__ for kind in kinds)
            what = Message("The value is of the wrong type")
            raise self.fault(field, what, value, names)
        return value

    @overload
    def string(self, field: str, default: str = ...) -> str: ...
    @overload
    def string(self, field: str, default: None) -> str | None: ...
    def string(self, field: str, default: str | None = _MISSING) -> str | None:
        """A string; ``default`` where the field is absent."""
        if field not in self._left and default is not _MISSING:
            return default
        return self._readable(field, self.take(field, (str,)))

    def _readable(self, field: str, value: str) -> str:
        if found := control_character(value):
            what = Message("The text holds a control character")
            raise self.fault(field, what, ascii(found))
        return value

    @overload
    def number(self, field: str, default: float = ...) -> float: ...
    @overload
    def number(self, field: str, default: None) -> float | None: ...
    def number(self, field: str, default: float | None = _MISSING) -> float | None:
        """A number as float; ``default`` where the field is absent."""
        if field not in self._left and default is not _MISSING:
            return default
        return self._usable(field, self.take(field, (int, float)))

    def numbers(self, field: str, default: list[float] = _MISSING) -> list[float]:
        """A list of numbers as float."""
        return [self._usable(field, n) for n in self.items(field, (int, float), default)]

    def integer(self, field: str, low: int, high: int, default: int = _MISSING) -> int:
        """A whole number from ``low`` to ``high``."""
        value = self.take(field, (int,), default)
        if not low <= value <= high:
            what = Message("The number is out of range")
            raise self.fault(field, what, value, (f"{low}-{high}",))
        return value

    def _usable(self, field: str, number: float) -> float:
        if not is_usable(number):
            what = Message("Not a usable finite number")
            limit = f"{MAX_MAGNITUDE:g}"
            raise self.fault(field, what, number, Verbatim(f"-{limit} … {limit}"))
        return float(number)

    def date(self, field: str) -> dt.date:
        """A day, written as a TOML date or as an ISO string."""
        value = self.take(field, (str, dt.date))
        try:
            return parse_day(value.isoformat() if isinstance(value, dt.date) else str(value))
        except ValueError:
            what = Message("Not a day")
            allowed = Message("year-month-day, as 2025-07-01")
            raise self.fault(field, what, value, allowed) from None

    def choice(self, field: str, allowed: Sequence[S], default: S = _MISSING) -> S:
        """One of ``allowed``."""
        value = self.string(field, default)
        for name in allowed:
            if name == value:
                return name
        what = Message("The value is not in the list")
        raise self.fault(field, what, value, tuple(allowed))

    def items(self, field: str, kinds: tuple[type[V], ...], default: list[V] = _MISSING) -> list[V]:
        """A list whose items are all of ``kinds``."""
        values = self.take(field, (list,), default)
        for value in values:
            if not isinstance(value, kinds) or isinstance(value, bool):
                what = Message("The value is of the wrong type")
                raise self.fault(field, what, value, tuple(kind.__name__ for kind in kinds))
        return list(values)

    def text(self, field: str, default: str = _MISSING, english: bool = True) -> Text:
        """A text in both languages; ``english`` False allows Vietnamese alone."""
        if field not in self._left and default is not _MISSING:
            return Text.of(default)
        table = self.take(field, (dict,))
        unknown = set(table) - {"vi", "en"}
        needed = ("vi", "en") if english else ("vi",)
        for language in needed:
            if not isinstance(table.get(language), str) or not table[language].strip():
                what = Message("The text is missing")
                raise self.fault(f"{field}.{language}", what, table.get(language, ""))
        for language, words in table.items():
            if isinstance(words, str):
                self._readable(f"{field}.{language}", words)
        if unknown:
            what = Message("A language that is not used")
            raise self.fault(field, what, ", ".join(sorted(unknown)), ("vi", "en"))
        return Text.of(table)

    def table(self, field: str) -> TableReader:
        """A table inside this one, empty where absent."""
        return TableReader(f"{self.where} {field}", self.take(field, (dict,), {}))

    def remaining(self) -> dict[str, Any]:
        """What nobody has asked for yet, as it stands."""
        return dict(self._left)

    def finish(self) -> None:
        """Raise for a field that nobody asked for: most often a misspelt one."""
        for field, value in self._left.items():
            raise self.fault(field, Message("Nothing reads this field"), value)
