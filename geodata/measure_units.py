"""Units of measure as tables write them, and by what a figure is multiplied into another.

``nghìn người``, ``1.000 ha`` and ``triệu đồng/người/năm`` are a factor and a base; two units of one
base can be converted into each other. The metric prefixes are those of the SI; a ``tạ`` is 100 kg.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from geodata.i18n import Formatted, Localised, Message, Text
from geodata.locale_numbers import format_number
from geodata.model import MeasureUnit
from geodata.vietnamese_names import normalise

_MULTIPLES = {
    "trăm": 1e2, "nghìn": 1e3, "ngàn": 1e3, "1.000": 1e3, "1,000": 1e3, "1000": 1e3, "vạn": 1e4,
    "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9, "100": 1e2, "10": 10.0, "10^3": 1e3, "10^6": 1e6,
    "thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9,
    "1.000.000": 1e6, "1,000,000": 1e6,
}  # fmt: skip
_ALONE = ("nghìn", "ngàn", "triệu", "tỷ", "tỉ")
"""Multiples that are written without what they are of: ``3,5 tỷ`` of the indicator's own base."""

_BASES: dict[str, tuple[float, str]] = {
    name: (factor, base)
    for base, factor, names in (
        ("%", 1.0, ("%", "phần trăm", "percent", "per cent")),
        ("%", 0.1, ("‰", "phần nghìn", "per mille", "per thousand")),
        ("đồng", 1.0, ("đồng", "đ", "vnđ", "vnd", "dong", "việt nam đồng")),
        ("đồng", 1e6, ("tr.đ", "trđ", "tr.đồng", "tr. đồng", "tr đồng")),
        ("m²", 1.0, ("m²", "m2", "mét vuông", "square metres")),
        ("m²", 1e4, ("ha", "hecta", "héc ta", "héc-ta", "hectare", "hectares")),
        ("m²", 1e6, ("km²", "km2", "ki-lô-mét vuông", "square kilometres", "square kilometre")),
        ("m³", 1.0, ("m³", "m3", "mét khối")),
        ("m", 1.0, ("m", "mét", "metres")),
        ("m", 1e3, ("km", "ki-lô-mét", "kilometres")),
        ("kg", 1.0, ("kg", "ki-lô-gam")),
        ("kg", 1e2, ("tạ", "quintal")),
        ("kg", 1e3, ("tấn", "t", "tonne", "tonnes")),
        ("kWh", 1.0, ("kwh", "ki-lô-oát giờ", "kilowatt-hours")),
        ("kWh", 1e3, ("mwh",)),
        ("kWh", 1e6, ("gwh",)),
        ("kW", 1.0, ("kw",)),
        ("kW", 1e3, ("mw", "mê-ga-oát", "megawatts")),
        ("người", 1.0, ("người", "nhân khẩu", "khẩu", "people", "person", "persons")),
        # Who is counted is also called by what they are: "giáo viên" is written as "người" as well.
        ("người", 1.0, ("giáo viên", "học sinh", "lao động", "trẻ em", "teachers", "pupils")),
        ("hộ", 1.0, ("hộ", "hộ gia đình", "households", "household")),
        ("lượt", 1.0, ("lượt", "lượt khách", "lượt người", "visits", "visit")),
        ("thôn", 1.0, ("bản", "thôn", "thôn, bản", "thôn, bản, tổ dân phố", "villages")),
        ("năm", 1.0, ("năm", "year")),
        ("ngày", 1.0, ("ngày", "day")),
    )
    for name in names
}
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_STATED = re.compile(r"(?:đơn vị(?: tính)?|đvt|unit)\s*:\s*([^()\n]+)", re.IGNORECASE)
_AFTER_COMMA = re.compile(r",\s*([^,()]+)$")


@dataclass(frozen=True, slots=True)
class MeasureReading:
    """A unit of measure as written.

    Parameters
    ----------
    written
        Its words.
    factor
        How many of the base it is: 1000 for ``nghìn người``.
    base
        What is counted or measured: ``người``, ``đồng/người/năm``; empty where a multiple stands
        alone.
    known
        Whether the base is a known one; otherwise it is the words as they stand.
    """

    written: str
    factor: float
    base: str
    known: bool


@lru_cache(maxsize=4096)
def read_measure(words: str) -> MeasureReading:
    """The factor and the base of a unit of measure, each part of a quotient by itself."""
    written = normalise(words).strip(" .:;")
    parts = [_part(part) for part in re.split(r"\s*/\s*", written.lower()) if part]
    factor, known = 1.0, bool(parts)
    for number, (size, _base, is_known) in enumerate(parts):
        factor = factor / size if number else size
        known = known and is_known
    return MeasureReading(written, factor, "/".join(base for _, base, _ in parts), known)


def _part(words: str) -> tuple[float, str, bool]:
    words = words.replace("^2", "²").replace("^3", "³")
    if words in _BASES:
        return *_BASES[words], True
    if words in _ALONE:
        return _MULTIPLES[words], "", False
    first, _, rest = words.partition(" ")
    if rest and first in _MULTIPLES:
        size, base, known = _part(rest)
        return size * _MULTIPLES[first], base, known
    return 1.0, words, False


def _readings(unit: MeasureUnit) -> tuple[MeasureReading, ...]:
    """All ways in which a catalogue writes one of its units."""
    words = (unit.symbol.vi, unit.symbol.en, unit.name.vi, unit.name.en)
    return tuple(read_measure(each) for each in dict.fromkeys(words) if each)


def conversion(written: MeasureReading, unit: MeasureUnit) -> float | None:
    """By what figures in the written unit are multiplied to be in a unit of the catalogue.

    Returns
    -------
    float or None
        None where the two measure different things.
    """
    for own in _readings(unit):
        if own.base == written.base or (not written.base and written.factor != 1):
            ratio = written.factor / own.factor
            return float(f"{ratio:.12g}")
    return None


_MEASURED = frozenset({"%", "m²", "m³", "m", "đồng", "kg", "kWh", "kW", "năm", "ngày"})


def counts_things(unit: MeasureUnit) -> bool:
    """Whether figures in a unit are numbers of things that cannot be divided: people, schools."""
    return is_count(read_measure(unit.symbol.vi))


def is_count(measure: MeasureReading) -> bool:
    """Whether a unit of measure, or multiples of it, is of things that cannot be divided."""
    return "/" not in measure.base and measure.base not in _MEASURED


def find_measure(text: str, units: Iterable[MeasureUnit]) -> tuple[MeasureReading | None, str]:
    """The unit of measure in a heading, and the heading without it.

    It stands in brackets, behind a comma, behind ``ĐVT:``, or is a ``%`` that stands alone. What is
    in brackets and no unit of measure belongs to the name.
    """
    text = normalise(text)
    units = tuple(units)
    for match in reversed([*_PARENTHESES.finditer(text)]):
        inside = match[1].strip()
        inside = re.sub(r"^(?:đvt|đơn vị tính|tính bằng|unit)\s*:?\s*", "", inside, flags=re.I)
        if (found := _known(inside, units)) is not None:
            return found, _closed(text, match.start(), match.end())
    if stated := _STATED.search(text):
        return read_measure(stated[1]), _closed(text, stated.start(), stated.end())
    if (after := _AFTER_COMMA.search(text)) and (found := _known(after[1], units)) is not None:
        return found, _closed(text, after.start(), after.end())
    if re.search(r"(?<!\d)%", text):
        return read_measure("%"), normalise(text.replace("%", " "))
    return None, text


def stated_measures(lines: Iterable[str]) -> tuple[MeasureReading, ...]:
    """The units that the lines above a table state: ``Đơn vị tính: ha; triệu đồng``."""
    found = [match[1] for line in lines if (match := _STATED.search(normalise(line)))]
    words = (word.strip() for text in found for word in re.split(r"[;,]", text))
    return tuple(read_measure(word) for word in words if word)


def _known(words: str, units: tuple[MeasureUnit, ...]) -> MeasureReading | None:
    if not words:
        return None
    found = read_measure(words)
    fits = found.known or any(conversion(found, unit) is not None for unit in units)
    return found if fits else None


def _closed(text: str, start: int, end: int) -> str:
    return normalise(f"{text[:start]} {text[end:]}").strip(" ,;:")


def scale_wording(written: str, unit: MeasureUnit, scale: float) -> Localised:
    """Why figures are multiplied; empty where they are not."""
    if scale == 1:
        return Text("")
    return Message(
        "The table writes {written}, the indicator is in {unit}: figures are multiplied by {scale}",
        written=written,
        unit=unit.symbol,
        scale=Formatted(format_number, scale, decimals=9),
    )
