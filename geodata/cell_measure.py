"""A unit of measure that stands in a cell behind its number: ``12,5 ha``, ``1.234 người``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from geodata.measure_units import MeasureReading, read_measure

_WITH_MEASURE = re.compile(
    r"(?P<number>\(?\s*[-−+]?\s*[0-9](?:[0-9., ]*[0-9])?\s*\)?)"
    r"\s*(?P<measure>\(?(?:[^\W\d_]|[%‰]).*)"
)
_COUNTED = frozenset(
    ("ca", "cái", "cây", "cháu", "chiếc", "con", "cơ sở", "công trình", "doanh nghiệp", "dự án",
     "em", "giường", "htx", "hợp tác xã", "lớp", "máy", "phòng", "tiêu chí", "tổ", "trạm",
     "trường", "vụ", "xã", "điểm")
)  # fmt: skip
"""What is counted, as cells write it behind its number."""

_OF_TIME = frozenset({"năm", "ngày"})
"""``5 năm`` and ``9 ngày`` head columns; as figures they stand without their unit."""

_MOST_CHARACTERS = 60


@lru_cache(maxsize=4096)
def split_measure(text: str) -> tuple[str, MeasureReading | None]:
    """The number of a cell and the unit of measure behind it: ``12,5 ha`` gives ``12,5``.

    Parameters
    ----------
    text
        The cell in normal form, without footnote mark.

    Returns
    -------
    tuple of str and MeasureReading, or of the text as it is and None
        None where no known unit of measure stands behind a number.
    """
    found = _WITH_MEASURE.fullmatch(text) if len(text) <= _MOST_CHARACTERS else None
    if found is None:
        return text, None
    words = found["measure"].strip()
    if words.startswith("("):
        words = words.removeprefix("(").removesuffix(")").strip()
    measure = read_measure(words)
    told = measure.known or measure.base in _COUNTED or (not measure.base and measure.factor != 1)
    if not told or measure.base in _OF_TIME:
        return text, None
    return found["number"].rstrip(), measure


def common_measure(measures: Iterable[MeasureReading | None]) -> str:
    """The unit of measure that most of the cells which state one do, as it is written first."""
    stated = [each for each in measures if each is not None]
    if not stated:
        return ""
    (factor, base), _ = Counter((each.factor, each.base) for each in stated).most_common(1)[0]
    return next(each.written for each in stated if (each.factor, each.base) == (factor, base))
