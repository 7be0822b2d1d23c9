"""What a number format says of a number: that it is a date, a span of time, or a code."""

from __future__ import annotations

import re
from collections.abc import Sequence

from openpyxl.styles.numbers import is_date_format, is_timedelta_format

from geodata.readers.sheet import CellStyle, CellValue

_ZEROS = re.compile(r"0{2,}")
_LONGEST_CODE = 20


def date_formats(styles: Sequence[CellStyle]) -> tuple[frozenset[int], frozenset[int]]:
    """Places of the styles that show a number as a date, and as a span of time."""
    codes = [style.number_format for style in styles]
    dates = frozenset(n for n, code in enumerate(codes) if is_date_format(code))
    return dates, frozenset(n for n in dates if is_timedelta_format(codes[n]))


def code_digits(number_format: str) -> int:
    """How many digits a format of nothing but zeros shows; 0 for any other, and for one digit."""
    plain = number_format.split(";", 1)[0].strip('"')
    return len(plain) if _ZEROS.fullmatch(plain) and len(plain) <= _LONGEST_CODE else 0


def digits_of(styles: Sequence[CellStyle]) -> dict[int, int]:
    """The digits of those styles that show a number as a code, by their places."""
    found = ((place, code_digits(style.number_format)) for place, style in enumerate(styles))
    return {place: digits for place, digits in found if digits}


def shown_code(value: CellValue, digits: int) -> CellValue:
    """A code as its cell shows it: 3390 with five digits is ``03390``.

    Every other value is given back as it is; see `code_digits`.
    """
    if not digits or isinstance(value, bool) or not isinstance(value, int | float):
        return value
    whole = value >= 0 and (isinstance(value, int) or value.is_integer())
    return f"{int(value):0{digits}d}" if whole else value
