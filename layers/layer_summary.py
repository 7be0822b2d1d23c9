"""A layer in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from geodata.i18n import Language, Message
from geodata.model import Indicator, Unit
from layers.formatting import format_value
from layers.legend import Legend
from layers.recast_layer import RECAST_STATUS_NAMES, SHOWN_RECAST_STATUSES

if TYPE_CHECKING:
    from layers.unit_views import UnitView


def layer_summary(
    title: str,
    indicator: Indicator,
    legend: Legend,
    unit_views: Mapping[str, UnitView],
    units: Mapping[str, Unit],
    *,
    language: Language,
) -> str:
    """A sentence about a map for those who do not see it.

    Says how many units have a figure, by which way where they were recast, the highest and the
    lowest value or, of named classes, how many units each has, and what is doubtful or impossible.
    """
    counted = Message("{n} of {total} units have a figure", n=legend.with_value, total=legend.total)
    parts = [f"{title}: {counted[language]}"]
    parts += [
        f"{count} {RECAST_STATUS_NAMES[status][language].lower()}"
        for status, count in recast_status_counts(unit_views).items()
        if count
    ]
    if indicator.kind == "category":
        parts += [f"{row.label}: {row.count}" for row in legend.classes if row.count]
        parts += [f"{row.label}: {row.count}" for row in legend.missing if row.kind == "mixed"]
    else:
        parts += _highest_and_lowest(indicator, unit_views, units, language)
    if legend.doubtful:
        parts.append(f"{legend.doubtful} {Message('doubtful')[language]}")
    if legend.impossible:
        said = Message("{n} impossible and not drawn", n=legend.impossible)
        parts.append(said[language])
    return "; ".join(parts) + "."


def recast_status_counts(unit_views: Mapping[str, UnitView]) -> dict[str, int]:
    """How many units have a recast value of each status; all zero on a layer as published."""
    found = [unit_view.status for unit_view in unit_views.values() if unit_view.recast is not None]
    return {status: found.count(status) for status in SHOWN_RECAST_STATUSES}


def _highest_and_lowest(
    indicator: Indicator,
    unit_views: Mapping[str, UnitView],
    units: Mapping[str, Unit],
    language: Language,
) -> list[str]:
    """Whose value is the highest and whose the lowest, of those nothing speaks against."""
    sound = [
        (unit_view.value, units[unit_id])
        for unit_id, unit_view in unit_views.items()
        if unit_view.value is not None and not unit_view.doubtful
    ]
    ends = [(max, Message("highest")[language]), (min, Message("lowest")[language])]
    parts = []
    for pick, word in ends[: len(sound)]:
        value, unit = pick(sound, key=lambda pair: pair[0])
        shown = format_value(value, indicator, language)
        parts.append(f"{word} {unit.full_name[language]} {shown}")
    return parts
