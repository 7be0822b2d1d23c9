"""Records as flat rows and back: the one mapping used by the shipped tables and by the store.

A field becomes the column of its name; a `Text` becomes ``<field>_vi`` and ``<field>_en``; a record
inside a record is spread as ``<field>_<its field>``; days are ISO text; tuples are joined by ``|``,
tuples of pairs of texts are a JSON list of lists, tuples of records one of objects.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from geodata.errors import FileFault
from geodata.i18n import Message, Text, Verbatim
from geodata.parsing import is_usable, parse_day, parse_decimal
from geodata.text_io import display_path, read_text

T = TypeVar("T", bound=Hashable)
Row = dict[str, Any]
_TRUTH = {1: True, "true": True, 0: False, "false": False}


@lru_cache(maxsize=64)
def _plan(record_type: type) -> tuple[tuple[str, Any], ...]:
    """Names and types of the fields of ``record_type``."""
    hints = get_type_hints(record_type)
    return tuple((field.name, hints[field.name]) for field in fields(record_type))


@lru_cache(maxsize=64)
def column_names(record_type: type) -> tuple[str, ...]:
    """Names of the columns of a record type, in the order of its fields."""
    names: list[str] = []
    for name, hint in _plan(record_type):
        if is_dataclass(hint):
            names += [f"{name}_{inner}" for inner in column_names(hint)]  # type: ignore[arg-type]
        else:
            names.append(name)
    return tuple(names)


def to_row(record: Hashable) -> Row:
    """A record as a flat mapping of column to text, number, truth value or None."""
    read, encoders = _spread(type(record))
    values = read(record)
    for place, encode in encoders:
        values[place] = encode(values[place])
    return dict(zip(column_names(type(record)), values, strict=True))


@lru_cache(maxsize=64)
def _spread(
    record_type: type,
) -> tuple[Callable[[object], list[Any]], tuple[tuple[int, Callable[[Any], Any]], ...]]:
    """How the values of all columns are read from a record, and those that are then encoded."""
    leaves = list(_leaves(record_type))
    get = attrgetter(*(path for path, _ in leaves))
    encoders = [(place, _encoder(hint)) for place, (_, hint) in enumerate(leaves)]
    read = (
        (lambda record: [get(record)]) if len(leaves) == 1 else (lambda record: list(get(record)))
    )
    return read, tuple((place, encode) for place, encode in encoders if encode)


def _leaves(record_type: type, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Path and type of what stands in each column."""
    for name, hint in _plan(record_type):
        if is_dataclass(hint):
            yield from _leaves(hint, f"{prefix}{name}.")  # type: ignore[arg-type]
        else:
            yield f"{prefix}{name}", hint


def _encoder(hint: object) -> Callable[[Any], Any] | None:
    """How a value of type ``hint`` is written; None for one that is written as it stands."""
    if _holds_pairs(hint):
        return lambda value: json.dumps(value, ensure_ascii=False) if value else ""
    if _record_in(hint) is not None:
        return lambda value: (
            json.dumps([to_row(each) for each in value], ensure_ascii=False) if value else ""
        )
    if get_origin(hint) is tuple:
        return lambda value: "|".join(map(str, value))
    if hint is dt.date or dt.date in get_args(hint):
        return lambda value: value.isoformat() if value is not None else None
    return None


def _holds_pairs(hint: object) -> bool:
    return get_origin(hint) is tuple and get_origin(get_args(hint)[0]) is tuple


def _record_in(hint: object) -> type | None:
    """The type of the records that a tuple holds; None where it holds something else."""
    item = get_args(hint)[0] if get_origin(hint) is tuple else None
    return item if isinstance(item, type) and is_dataclass(item) else None


def from_row(record_type: type[T], row: Mapping[str, Any]) -> T:
    """The record of a flat mapping; values may be text or already of their type.

    Raises
    ------
    ValueError
        A value cannot be read; its first argument is the column, its second the value.
    """
    return record_type(*(read(row) for read in _readers(record_type)))


def from_older_row(record_type: type[T], row: Mapping[str, Any]) -> T:
    """The record of a row that was kept before some fields existed: these have their defaults.

    Raises
    ------
    ValueError
        As `from_row`.
    """
    return from_row(record_type, {**_default_columns(record_type), **row})


@lru_cache(maxsize=64)
def _default_columns(record_type: type) -> Row:
    """What stands in the columns of the fields that may be left out of a record."""
    hints = dict(_plan(record_type))
    columns: dict[str, Any] = {}
    for field in fields(record_type):
        empty = field.default
        if empty is MISSING:
            if field.default_factory is MISSING:
                continue
            empty = field.default_factory()
        if is_dataclass(hints[field.name]):
            columns |= {f"{field.name}_{inner}": value for inner, value in to_row(empty).items()}
            continue
        encode = _encoder(hints[field.name])
        columns[field.name] = encode(empty) if encode else empty
    return columns


@lru_cache(maxsize=64)
def _readers(record_type: type, prefix: str = "") -> tuple[Callable[[Mapping[str, Any]], Any], ...]:
    return tuple(_reader(f"{prefix}{name}", hint) for name, hint in _plan(record_type))


def _reader(column: str, hint: object) -> Callable[[Mapping[str, Any]], Any]:
    if hint is Text:
        vi, en = f"{column}_vi", f"{column}_en"
        return lambda row: Text(row[vi] or "", row[en] or "")
    if is_dataclass(hint):
        inner = _readers(hint, f"{column}_")  # type: ignore[arg-type]
        return lambda row: hint(*(read(row) for read in inner))  # type: ignore[operator]
    decode = _decoder(hint)
    return lambda row: _decoded(column, decode, row[column])


def _decoded(column: str, decode: Callable[[object], T], value: object) -> T:
    try:
        return decode(value)
    except (ValueError, TypeError, KeyError):
        raise ValueError(column, value) from None


def _decoder(hint: object) -> Callable[[Any], Any]:
    """How a value of type ``hint`` is read."""
    if _holds_pairs(hint):
        return _pairs
    if (record := _record_in(hint)) is not None:
        return lambda value: tuple(from_row(record, each) for each in json.loads(value or "[]"))
    if get_origin(hint) is tuple:
        item = _decoder(get_args(hint)[0])
        return lambda value: tuple(item(part) for part in value.split("|")) if value else ()
    if get_origin(hint) in (UnionType, Union) and NoneType in get_args(hint):
        inner = _decoder(next(arg for arg in get_args(hint) if arg is not NoneType))
        return lambda value: None if value is None or value == "" else inner(value)
    if get_origin(hint) is Literal:
        return {name: name for name in get_args(hint)}.__getitem__
    simple: dict[Any, Callable[[Any], Any]] = {
        str: lambda value: "" if value is None else value,
        float: _finite,
        int: int,
        bool: _truth,
        dt.date: parse_day,
    }
    return simple[hint]


def _pairs(value: str) -> tuple[tuple[str, str], ...]:
    listed = json.loads(value) if value else []
    if not all(len(pair) == 2 and all(isinstance(text, str) for text in pair) for pair in listed):
        raise ValueError(value)
    return tuple((name, text) for name, text in listed)


def _finite(value: str | float) -> float:
    number = parse_decimal(value) if isinstance(value, str) else float(value)
    if not is_usable(number):
        raise ValueError(value)
    return number


def _truth(value: Hashable) -> bool:
    return _TRUTH[value]


def to_csv(record_type: type[T], records: Iterable[T]) -> str:
    """Records as CSV (RFC 4180 quoting, LF, header first); None is an empty cell."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(column_names(record_type))
    for record in records:
        writer.writerow([_cell(value) for value in to_row(record).values()])
    return target.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def read_csv(record_type: type[T], path: Path, *, older: bool = False) -> tuple[T, ...]:
    """Read a table written by `to_csv`.

    Parameters
    ----------
    older
        Whether it may have been written before some of the columns existed: what they would hold
        is then the default of their fields.

    Raises
    ------
    FileFault
        The file is missing or no UTF-8 CSV, a column is missing or unknown, or a cell cannot be
        read; the message names file, row (the header is row 1) and column.
    """
    text = read_text(path, Message("Run `portal dataset build`"))
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        lacking = _verify_header(reader.fieldnames or [], record_type, path, older)
        rows = ((n, {**lacking, **row}) for n, row in enumerate(reader, 2))
        return tuple(_record(record_type, row, f"{display_path(path)}:{n}") for n, row in rows)
    except csv.Error as error:
        what = Message("Not a valid CSV file")
        where = f"{display_path(path)}:{reader.line_num}"
        raise FileFault(what, found=str(error), where=where) from None


def _verify_header(found: Sequence[str], record_type: type, path: Path, older: bool) -> Row:
    """The columns that an older table lacks, with what they would hold."""
    names = column_names(record_type)
    lacking = {
        name: "" if value is None else value
        for name, value in _default_columns(record_type).items()
        if older and name not in found
    }
    if tuple(found) != tuple(name for name in names if name not in lacking):
        raise FileFault(
            Message("The header row is not as expected"),
            found=",".join(found),
            allowed=Verbatim(",".join(names)),
            remedy=Message("Build the dataset once with all its inputs: portal dataset build"),
            where=f"{display_path(path)}:1",
        )
    return lacking


def _record(record_type: type[T], row: Mapping[Any, Any], where: str) -> T:
    if None in row or None in row.values():
        what = Message("The number of cells differs from the header")
        raise FileFault(what, found=str(len(row)), where=where)
    try:
        return from_row(record_type, row)
    except ValueError as error:
        column, value = error.args
        what = Message("This cell cannot be read")
        raise FileFault(what, found=str(value), where=f"{where} {column}") from None
