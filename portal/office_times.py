"""Times of the ledger as offices read them: in Vietnam's time, which has no summer time."""

from __future__ import annotations

import datetime as dt

from geodata.i18n import Language
from geodata.ledger.metadata import read_utc
from layers.labels import date_text

_VIETNAM = dt.timezone(dt.timedelta(hours=7))


def local_time_text(time: str, language: Language) -> str:
    """A time as `geodata.ledger.metadata.utc_now` wrote it, in words; empty for an empty one."""
    if not time:
        return ""
    local = read_utc(time).astimezone(_VIETNAM)
    return f"{date_text(local.date(), language)}, {local:%H:%M}"


def local_date_text(time: str, language: Language) -> str:
    """The day of such a time, in words."""
    return date_text(read_utc(time).astimezone(_VIETNAM).date(), language)
