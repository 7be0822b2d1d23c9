"""Reading TOML tables field by field, each fault naming file, entry and field."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Collection, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Protocol, TypeVar, overload

from geodata.errors import FileFault, InvalidInput
from geodata.faults import RAISE_FIRST, FaultCollector
from geodata.i18n import Localised, Message, Text, Verbatim
from geodata.parsing import MAX_MAGNITUDE, is_usable, parse_day
from geodata.text_io import control_character, display_path, read_text

_MISSING: Any = object()
_MOST_NAMED = 20

S = TypeVar("S", bound=str)
T = TypeVar("T")
V = TypeVar("V")


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=_Identified)


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


def nearest_names(name: str, known: Collection[str]) -> tuple[str, ...]:
    """The names there are, those nearest to a wrong one first, cut short where there are many."""
    near = get_close_matches(name, known, 3)
    names = (*near, *(each for each in known if each not in near))
    return names if len(names) <= _MOST_NAMED else (*names[:_MOST_NAMED], "…")


class TableReader:
    """One table of a TOML file; what is not taken by `finish` is a fault.

    Parameters
    ----------
    where
        File and entry, for messages: ``indicators/forest.toml [forest_area]``.
    table
        The table as read.
    faults
        Takes the faults. By default the first is raised; with a `FaultCollector` the methods
        return a stand-in for a faulty value (empty text, zero, the first choice) and go on.

    Raises
    ------
    FileFault
        From every method, where ``faults`` raises the first.
    """

    def __init__(self, where: str, table: object, faults: FaultCollector = RAISE_FIRST) -> None:
        self.where, self.faults = where, faults
        if not isinstance(table, dict):
            what = Message("This entry must be a table")
            faults.add(FileFault(what, found=repr(table), where=where))
            table, self.faults = {}, FaultCollector()  # Its fields are not missed one by one.
        self._left = dict(table)
        self._inside: list[TableReader] = []

    def fault(
        self,
        field: str,
        what: Localised,
        found: object,
        allowed: Localised | tuple[str, ...] = (),
        remedy: Localised | None = None,
    ) -> FileFault:
        """The error for one field of this entry."""
        shown = found if isinstance(found, str) else repr(found)
        where = f"{self.where} {field}"
        return FileFault(what, shown, allowed, remedy or Text(""), where)

    def report(
        self,
        field: str,
        what: Localised,
        found: object,
        allowed: Localised | tuple[str, ...] = (),
        remedy: Localised | None = None,
    ) -> None:
        """Give the error for one field to whoever takes the faults."""
        self.faults.add(self.fault(field, what, found, allowed, remedy))

    def take(self, field: str, kinds: tuple[type[V], ...], default: V = _MISSING) -> V:
        """The value of ``field``, of one of ``kinds``; ``default`` where absent."""
        if field not in self._left:
            if default is not _MISSING:
                return default
            remedy = Message("Add the field {field} to this entry", field=field)
            self.report(field, Message("The field is missing"), "", remedy=remedy)
            return self._stand_in(kinds[0])
        value: V = self._left.pop(field)
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            names = tuple(kind.__name__ for kind in kinds)
            self.report(field, Message("The value is of the wrong type"), value, names)
            return self._stand_in(kinds[0]) if default is _MISSING else default
        return value

    @staticmethod
    def _stand_in(kind: type[V]) -> V:
        return kind()

    def has(self, field: str) -> bool:
        """Whether the entry has a field that nobody took yet."""
        return field in self._left

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
            self.report(field, Message("The text holds a control character"), ascii(found))
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

    def positive(self, field: str) -> float:
        """A number greater than zero."""
        before = len(self.faults.faults)
        value = self.number(field)
        if value <= 0 and len(self.faults.faults) == before:
            self.report(field, Message("The number must be greater than zero"), value, ("> 0",))
        return value

    def integer(self, field: str, low: int, high: int, default: int = _MISSING) -> int:
        """A whole number from ``low`` to ``high``."""
        if field not in self._left and default is _MISSING:
            return self.take(field, (int,))
        value = self.take(field, (int,), low if default is _MISSING else default)
        if not low <= value <= high:
            what = Message("The number is out of range")
            self.report(field, what, value, (f"{low}-{high}",))
        return value

    def _usable(self, field: str, number: float) -> float:
        if not is_usable(number):
            what = Message("Not a usable finite number")
            limit = f"{MAX_MAGNITUDE:g}"
            self.report(field, what, number, Verbatim(f"-{limit} … {limit}"))
        return float(number)

    def date(self, field: str) -> dt.date:
        """A day, written as text by ISO 8601: ``"2025-07-01"``."""
        if field not in self._left:
            self.take(field, (str,))
            return dt.date.min
        value = self._left.get(field)
        if isinstance(value, dt.date):
            return self._unquoted(field, value)
        value = self.take(field, (str,))
        try:
            return parse_day(value)
        except ValueError:
            what = Message("Not a day")
            self.report(field, what, value, Message("year-month-day, as 2025-07-01"))
            return dt.date.min

    def _unquoted(self, field: str, value: dt.date) -> dt.date:
        del self._left[field]
        what = Message("A date must stand in quotes, as everywhere else in a dataset")
        day = value.isoformat()[:10]
        self.report(field, what, value.isoformat(), (f'"{day}"',))
        return dt.date.fromisoformat(day)

    def choice(self, field: str, allowed: Sequence[S], default: S = _MISSING) -> S:
        """One of ``allowed``."""
        if field not in self._left and default is _MISSING:
            self.take(field, (str,))
            return allowed[0]
        value = self.string(field, default)
        for name in allowed:
            if name == value:
                return name
        what = Message("The value is not in the list")
        self.report(field, what, value, tuple(allowed))
        return allowed[0] if default is _MISSING else default

    def reference(
        self, field: str, known: Collection[str], what: Localised, remedy: Localised
    ) -> str:
        """The name of something that stands elsewhere in the dataset.

        Parameters
        ----------
        known
            The names there are; the nearest to a wrong one are shown with the fault.
        what, remedy
            Words of the fault.
        """
        if field not in self._left:
            return self.string(field)
        value = self.string(field)
        if value not in known:
            self.report(field, what, value, nearest_names(value, known), remedy)
        return value

    def parsed(self, field: str, read: Callable[[str], T], stand_in: T) -> T:
        """What ``read`` makes of a string; its refusal becomes a fault of the field."""
        if field not in self._left:
            self.string(field)
            return stand_in
        try:
            return read(self.string(field))
        except InvalidInput as error:
            self.report(field, error.what, error.found, error.allowed, error.remedy)
            return stand_in

    def items(self, field: str, kinds: tuple[type[V], ...], default: list[V] = _MISSING) -> list[V]:
        """A list whose items are all of ``kinds``."""
        kept = []
        for value in self.take(field, (list,), default):
            if not isinstance(value, kinds) or isinstance(value, bool):
                what = Message("The value is of the wrong type")
                self.report(field, what, value, tuple(kind.__name__ for kind in kinds))
            else:
                kept.append(value)
        return kept

    def text(self, field: str, default: str = _MISSING, english: bool = True) -> Text:
        """A text in both languages; ``english`` False allows Vietnamese alone."""
        if field not in self._left:
            return Text.of(self.take(field, (dict,)) if default is _MISSING else default)
        table = self.take(field, (dict,))
        needed = ("vi", "en") if english else ("vi",)
        for language in needed:
            if not isinstance(table.get(language), str) or not table[language].strip():
                what = Message("The text is missing")
                self.report(f"{field}.{language}", what, table.get(language, ""))
        words = {lang: said for lang, said in table.items() if isinstance(said, str)}
        for language, said in words.items():
            self._readable(f"{field}.{language}", said)
        if unknown := set(table) - {"vi", "en"}:
            what = Message("A language that is not used")
            self.report(field, what, ", ".join(sorted(unknown)), ("vi", "en"))
        return Text.of(words)

    def table(self, field: str, required: bool = False) -> TableReader:
        """A table inside this one; where absent, an empty one, or a fault if ``required``."""
        where = self._inner(field) if required else f"{self.where} {field}"
        if required and field not in self._left:
            what = Message("The table is missing")
            remedy = Message("Add the table [{table}] to the file", table=field)
            self.faults.add(FileFault(what, remedy=remedy, where=where))
            return TableReader(where, {}, FaultCollector())
        self._inside.append(TableReader(where, self._left.pop(field, {}), self.faults))
        return self._inside[-1]

    def tables(self, field: str) -> list[TableReader]:
        """A list of tables, each named by its place: ``[field #1]``; empty where absent."""
        listed = self.take(field, (list,), [])
        found = [
            TableReader(self._inner(f"{field} #{number}"), table, self.faults)
            for number, table in enumerate(listed, start=1)
        ]
        self._inside += found
        return found

    def _inner(self, name: str) -> str:
        """An entry inside this one, for messages: ``[predecessors.register]``."""
        if self.where.endswith("]"):
            return f"{self.where[:-1]}.{name}]"
        return f"{self.where} [{name}]".lstrip()

    def remaining(self) -> dict[str, Any]:
        """What nobody has asked for yet, as it stands."""
        return dict(self._left)

    def finish(self) -> None:
        """A fault for each field that nobody asked for, here and in the tables inside this one.

        Most often it is a misspelt one. What was told is not told again.
        """
        left, self._left = self._left, {}
        for field, value in left.items():
            remedy = Message("Correct the name of the field, or take it out")
            self.report(field, Message("Nothing reads this field"), value, remedy=remedy)
        for table in self._inside:
            table.finish()


def read_table_array(
    path: Path, name: str, faults: FaultCollector, record: Callable[[TableReader], V]
) -> tuple[V, ...]:
    """The records of a file that holds one array of tables; none where there is no such file.

    Parameters
    ----------
    name
        Of the array: ``table`` for ``[[table]]``.
    record
        Makes a record of one table.

    Raises
    ------
    FileFault
        The file is no TOML, or ``faults`` raises the first fault.
    """
    if not path.exists():
        return ()
    file = TableReader(display_path(path), read_toml(path), faults)
    records = tuple(record(entry) for entry in file.tables(name))
    file.finish()
    return records


def keyed_tables(path: Path, faults: FaultCollector) -> Iterator[tuple[str, TableReader]]:
    """The tables of a file by their keys, ``[forest]``; a field that nobody asks for is a fault."""
    with faults.catching():
        for key, table in read_toml(path).items():
            entry = TableReader(f"{display_path(path)} [{key}]", table, faults)
            yield key, entry
            entry.finish()


def listed_tables(path: Path, name: str, faults: FaultCollector) -> Iterator[TableReader]:
    """The tables of an array, ``[[source]]``, each called by its id in messages."""
    with faults.catching():
        listed = TableReader(display_path(path), read_toml(path), faults)
        for number, table in enumerate(listed.items(name, (dict,), []), start=1):
            label = table.get("id", f"#{number}")
            yield TableReader(f"{display_path(path)} [{label}]", table, faults)
        listed.finish()


def add_once(records: dict[str, R], record: R, entry: TableReader) -> None:
    """Put the record of an entry among the others by its id, which none of them may have."""
    entry.finish()
    if record.id in records:
        remedy = Message("Give one of the two entries another id")
        entry.report("id", Message("This id stands twice"), record.id, remedy=remedy)
    records[record.id] = record
