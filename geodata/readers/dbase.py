"""Tables of dBASE III, in which shapefiles keep the fields of their features."""

from __future__ import annotations

import codecs
import datetime as dt
import math
import struct
from unicodedata import normalize

from geodata.readers.legacy_encodings import Evidence
from geodata.readers.legacy_sheets import convert_legacy
from geodata.readers.limits import Limits, damaged
from geodata.readers.sheet import (
    CellValue,
    RowCollector,
    Sheet,
    too_many_columns,
    too_many_rows,
)

_END_OF_FIELDS = 0x0D
_SAMPLE = 5_000_000
"""Bytes from which the encoding is told."""

_UNICODE_PAGES = frozenset({"utf-8", "utf8", "65001"})
_PAGES = {"1258": "cp1258", "windows-1258": "cp1258", "cp1258": "cp1258"}


def read_dbase(
    raw: bytes, file: str, limits: Limits, page: str = ""
) -> tuple[tuple[str, ...], list[dict[str, CellValue]]]:
    """Read the fields of every record.

    Parameters
    ----------
    page
        Name of the encoding, as the ``.cpg`` part beside the table gives it; else it is told from
        the bytes.

    Returns
    -------
    tuple
        Names of the fields, and for each record its values by them.

    Raises
    ------
    FileFault
        The table is damaged or goes beyond the limits.
    """
    if len(raw) < 33:
        raise damaged(file, ".dbf")
    count, start, length = struct.unpack_from("<IHH", raw, 4)
    fields = _fields(raw, start)
    if not fields or 1 + sum(size for _, _, size in fields) > length:
        raise damaged(file, ".dbf")
    if len(fields) > limits.columns:
        raise too_many_columns(file, len(fields), limits)
    count = min(count, (len(raw) - start) // length)
    if count > limits.rows:
        raise too_many_rows(file, count, limits)
    codec = _codec(raw, page)
    names = tuple(_text(name, codec) for name, _, _ in fields)
    collector = RowCollector(file, limits)
    for number in range(count):
        at = start + number * length
        collector.add(number + 1, _record(raw[at : at + length], fields, codec))
    sheet = convert_legacy(Sheet("", tuple(collector.rows)))
    rows: list[dict[str, CellValue]] = [dict.fromkeys(names) for _ in range(count)]
    for row in sheet.rows:
        rows[row.number - 1].update(zip(names, row.values, strict=False))
    return names, rows


def _fields(raw: bytes, start: int) -> list[tuple[bytes, str, int]]:
    """Name, kind and size of each field."""
    found = []
    for at in range(32, min(start, len(raw)) - 31, 32):
        if raw[at] == _END_OF_FIELDS:
            break
        name = raw[at : at + 11].split(b"\0")[0]
        found.append((name, chr(raw[at + 11]), raw[at + 16]))
    return found


def _codec(raw: bytes, page: str) -> str:
    """UTF-8 where the page says so or the bytes are; else windows-1258 where it spells; Latin-1."""
    if page.lower() in _UNICODE_PAGES:
        return "utf-8"
    if known := _PAGES.get(page.lower().replace("ansi ", "")):
        return known
    sample = raw[33:_SAMPLE]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        marked, plain = Evidence(), Evidence()
        marked.add(_text(sample, "cp1258"))
        plain.add(sample.decode("latin-1"))
        rival = max(count for encoding, count in plain.spelt.items() if encoding)
        return "cp1258" if marked.clear_unicode(rival) else "latin-1"
    return "utf-8"


def _text(raw: bytes, codec: str) -> str:
    return normalize("NFC", raw.decode(codec, "replace"))


def _record(raw: bytes, fields: list[tuple[bytes, str, int]], codec: str) -> list[CellValue]:
    values: list[CellValue] = []
    at = 1
    for _, kind, size in fields:
        values.append(_value(raw[at : at + size], kind, codec))
        at += size
    return values


def _value(raw: bytes, kind: str, codec: str) -> CellValue:
    text = _text(raw.rstrip(b" \0"), codec).strip()
    if not text:
        return None
    try:
        if kind in "NF":
            number = float(text)
            if not math.isfinite(number):
                return text
            return int(number) if number.is_integer() and "." not in text else number
        if kind == "D":
            return dt.datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007
    except ValueError:
        return text
    return text.upper() in ("T", "Y") if kind == "L" else text
