"""The words of a map: levels, kinds of unit, statuses, and why a value is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from geodata.i18n import Language, Localised, Message
from geodata.period import day_label
from layers.formatting import capitalise

LEVEL_NAMES: dict[str, Message] = {
    "province": Message("Province"),
    "district": Message("Districts"),
    "commune": Message("Communes"),
    "village": Message("Villages"),
}
# In the order in which a heading lists them.
UNIT_KIND_NAMES: dict[str, Message] = {
    "province": Message.plural("province", "provinces", 1),
    "central_city": Message.plural("centrally run city", "centrally run cities", 1),
    "city": Message.plural("city", "cities", 1),
    "town": Message.plural("town", "towns", 1),
    "urban_district": Message.plural("urban district", "urban districts", 1),
    "rural_district": Message.plural("rural district", "rural districts", 1),
    "commune": Message.plural("commune", "communes", 1),
    "ward": Message.plural("ward", "wards", 1),
    "township": Message.plural("township", "townships", 1),
    "special_zone": Message.plural("special zone", "special zones", 1),
    "village": Message.plural("village", "villages", 1),
    "hamlet": Message.plural("hamlet", "hamlets", 1),
    "residential_group": Message.plural("residential group", "residential groups", 1),
    "quarter": Message.plural("quarter", "quarters", 1),
}
STATUS_NAMES: dict[str, Message] = {
    "actual": Message("Actual"),
    "estimate": Message("Estimate"),
    "plan": Message("Plan"),
    "target": Message("Target"),
}
MISSING_KIND_NAMES: dict[str, Message] = {
    "no_data": Message("No data"),
    "not_applicable": Message("Not applicable"),
    "not_published": Message("Not yet published"),
    "mixed": Message("Mixed classes"),
    "not_recoverable": Message("Not recoverable"),
    "impossible": Message("Impossible figure"),
}


def unit_kind_name(kind: str, language: Language, number: int = 1) -> str:
    """The kind of one unit, or of ``number`` units; an unknown kind is shown as it stands."""
    return UNIT_KIND_NAMES[kind].counted(number)[language] if kind in UNIT_KIND_NAMES else kind


def unit_kinds_heading(kinds: Iterable[str], level: str, language: Language) -> str:
    """The kinds on a map as a heading: ``Xã, phường`` or ``Communes, wards``."""
    present = set(kinds)
    # A map shows one province, and several units of every other kind.
    names = [
        unit_kind_name(k, language, 1 if k == "province" else 2)
        for k in UNIT_KIND_NAMES
        if k in present
    ]
    heading = ", ".join(names) or LEVEL_NAMES[level][language]
    return capitalise(heading)


VILLAGE_AREAS_NOTE = Message(
    "Village areas are drawn from points: each place goes to the nearest one, and where "
    "populations are given larger villages get more; indicative, not surveyed"
)


def village_points_note(titles: str) -> Localised:
    """Whose points the areas of villages are drawn from."""
    return Message("Points of the villages: {titles}", titles=titles)


def villages_rearranged_note(day: dt.date, language: Language) -> str:
    """From which day villages are as shown, where that is later than the boundaries above them."""
    return Message("villages rearranged on {day}", day=date_text(day, language))[language]


def undrawn_villages_note(count: int) -> Localised:
    """How many villages are known by name only and so are not on the map."""
    return Message("{count} more villages are known by name only and are not drawn", count=count)


def date_text(day: dt.date, language: Language) -> str:
    """A day as an office writes it: ``01/7/2025``, ``1 July 2025``."""
    return day_label(day, language)


def validity_text(start: dt.date, end: dt.date | None, first: dt.date, language: Language) -> str:
    """How long a unit is valid.

    Parameters
    ----------
    start, end
        Inclusive and exclusive.
    first
        The day from which the dataset knows units; nothing is said about what was before.
    """
    known = start > first
    if end is None:
        since = date_text(start, language)
        if not known:
            return Message("in force")[language]
        return Message("since {since}", since=since)[language]
    until = date_text(end, language)
    if not known:
        return Message("until {until}", until=until)[language]
    since = date_text(start, language)
    return Message("from {since} until {until}", since=since, until=until)[language]
