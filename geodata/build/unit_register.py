"""Units of every era and who became whom, from registers and events."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from geodata.build.territory_recipe import TerritoryRecipe
from geodata.build.unit_kinds import bilingual_names, split_full_name
from geodata.errors import FileFault
from geodata.i18n import Message, Text
from geodata.model import Level, Succession, Unit
from geodata.vietnamese_names import match_key


def build_units(recipe: TerritoryRecipe) -> tuple[list[Unit], list[Succession]]:
    """All units, without shapes, and all successions, without shares of parts.

    A unit's parent is the version of its district valid on the unit's last day, or today's.

    Raises
    ------
    FileFault
        A register, the crosswalk and the events do not agree.
    """
    province = _province(recipe)
    units = [province, *_districts(recipe, province), *_communes(recipe, province)]
    _require_unique(unit.unit_id for unit in units)
    units = [replace(unit, parent_id=_parent(unit, units)) for unit in units]
    units = [_with_aliases(unit, recipe) for unit in _with_areas(units, recipe)]
    return units, _successions(recipe, units)


def unit_id(code: str, valid_from: dt.date) -> str:
    """Identifier of the unit ``code`` that begins on ``valid_from``."""
    return f"{code}-{valid_from:%Y%m%d}"


def units_valid_on(units: Iterable[Unit], level: Level, day: dt.date) -> list[Unit]:
    """Units of a level that exist on a day."""
    return [unit for unit in units if unit.level == level and unit.valid_on(day)]


def _unit(
    code: str,
    level: Level,
    full_name: str,
    span: tuple[dt.date, dt.date | None],
    defaults: Mapping[str, Any],
) -> Unit:
    """A unit with the ``source`` and ``boundary_quality`` stated for its kind in territory.toml."""
    kind, name = split_full_name(full_name)
    short, full = bilingual_names(kind, name)
    return Unit(
        unit_id=unit_id(code, span[0]),
        code=code,
        level=level,
        kind=kind,
        name=short,
        full_name=full,
        parent_id=None,
        valid_from=span[0],
        valid_to=span[1],
        official_area_km2=None,
        shape_area_km2=None,
        seat="",
        seat_lon=None,
        seat_lat=None,
        boundary_quality=defaults["boundary_quality"],
        source_id=defaults["source"],
    )


def _province(recipe: TerritoryRecipe) -> Unit:
    defaults = recipe.settings["province"]
    span = (defaults["valid_from"], None)
    unit = _unit(defaults["code"], "province", defaults["full_name"], span, defaults)
    return replace(unit, official_area_km2=defaults["official_area_km2"])


def _starts(recipe: TerritoryRecipe, code: str) -> list[dt.date]:
    """First days of the versions of an old unit."""
    created = [event["date"] for event in recipe.events if code in event.get("created", ())]
    return [recipe.horizon, *created]


def _districts(recipe: TerritoryRecipe, province: Unit) -> list[Unit]:
    rows = recipe.rows(recipe.settings["predecessors"]["register"])
    defaults = recipe.settings["districts"]
    names = {row["district_code"]: row["district"] for row in rows}
    units = []
    for code, full_name in sorted(names.items()):
        starts = _starts(recipe, code)
        for span in zip(starts, [*starts[1:], defaults["until"]], strict=True):
            unit = _unit(code, "district", full_name, span, defaults)
            units.append(replace(unit, parent_id=province.unit_id))
    return units


def _communes(recipe: TerritoryRecipe, province: Unit) -> list[Unit]:
    today = recipe.settings["successors"]
    units = []
    for row in recipe.rows(today["register"]):
        unit = _unit(row["code"], "commune", row["name"], (recipe.merger, None), today)
        units.append(_with_register(replace(unit, parent_id=province.unit_id), row))
    before = recipe.settings["predecessors"]
    old = [
        (row["code"], row["name"], row["district_code"], _starts(recipe, row["code"])[-1],
         recipe.merger)
        for row in recipe.rows(before["register"])
    ]  # fmt: skip
    old += [
        (entry["code"], entry["full_name"], entry["district"], recipe.horizon, entry["until"])
        for entry in recipe.former
    ]
    for code, full_name, district, start, end in old:
        unit = _unit(code, "commune", full_name, (start, end), before)
        units.append(replace(unit, parent_id=district))
    return units


def _with_register(unit: Unit, row: dict[str, str]) -> Unit:
    return replace(
        unit,
        official_area_km2=float(row["area"]) if row["area"] else None,
        seat=row["seat"],
        seat_lon=float(row["lon"]) if row["lon"] else None,
        seat_lat=float(row["lat"]) if row["lat"] else None,
    )


def _parent(unit: Unit, units: Sequence[Unit]) -> str | None:
    """Id of the parent: a bare district code is resolved on the unit's last day."""
    if unit.parent_id is None or "-" in unit.parent_id:
        return unit.parent_id
    assert unit.valid_to is not None
    last_day = unit.valid_to - dt.timedelta(days=1)
    for district in units_valid_on(units, "district", last_day):
        if district.code == unit.parent_id:
            return district.unit_id
    raise FileFault(
        Message("A commune's district is in no register"),
        found=f"{unit.full_name.vi}: {unit.parent_id}",
        where="events.toml former",
    )


def _with_areas(units: Iterable[Unit], recipe: TerritoryRecipe) -> list[Unit]:
    areas = {entry["unit"]: entry["km2"] for entry in recipe.settings.get("official_area", ())}
    units = list(units)
    _require_known(areas, units, "inputs/territory.toml official_area")
    return [
        replace(unit, official_area_km2=areas.get(unit.unit_id, unit.official_area_km2))
        for unit in units
    ]


def _with_aliases(unit: Unit, recipe: TerritoryRecipe) -> Unit:
    names = recipe.aliases.get(unit.unit_id, ())
    return replace(unit, aliases=tuple(name for name in names if name != unit.name.vi))


def _successions(recipe: TerritoryRecipe, units: Sequence[Unit]) -> list[Succession]:
    pairs: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for event in recipe.events:
        changes = list(event.get("changes", ()))
        if event.get("crosswalk"):
            changes += [{"from": old, "to": new} for old, new in _crosswalk(recipe, units)]
        pairs += [(event, change) for change in changes]
    ends = [change[end] for _, change in pairs for end in ("from", "to")]
    _require_known(ends, units, "events.toml")
    _require_successors(units, {change["from"] for _, change in pairs})
    parts = Counter(change["from"] for _, change in pairs)
    return [_succession(event, change, parts[change["from"]] == 1) for event, change in pairs]


def _succession(event: dict[str, Any], change: dict[str, Any], whole: bool) -> Succession:
    area, people, households = (
        1.0 if whole else change.get(f"share_{weight}")
        for weight in ("area", "population", "households")
    )
    return Succession(
        from_id=change["from"],
        to_id=change["to"],
        date=event["date"],
        legal_basis=Text.of(event["legal_basis"]),
        whole=whole,
        share_area=area,
        share_population=people,
        source_id=event["source"],
        share_households=households,
        note=Text.of(change["note"]) if "note" in change else Text(""),
    )


def _crosswalk(recipe: TerritoryRecipe, units: Sequence[Unit]) -> list[tuple[str, str]]:
    eve = recipe.merger - dt.timedelta(days=1)
    before = {unit.code: unit.unit_id for unit in units_valid_on(units, "commune", eve)}
    after = {unit.code: unit.unit_id for unit in units_valid_on(units, "commune", recipe.merger)}
    register = recipe.settings["predecessors"]["crosswalk"]
    rows = recipe.rows(register)
    strays = [row["old"] for row in rows if row["old"] not in before]
    strays += [row["new"] for row in rows if row["new"] not in after]
    if strays:
        raise FileFault(
            Message("Codes are in no register"),
            found=", ".join(sorted(strays)),
            where=register["file"],
        )
    return [(before[row["old"]], after[row["new"]]) for row in rows]


def _require_unique(ids: Iterable[str]) -> None:
    doubled = sorted(identity for identity, count in Counter(ids).items() if count > 1)
    if doubled:
        raise FileFault(
            Message("Units share code and validity"),
            found=", ".join(doubled),
        )


def _require_known(ids: Iterable[str], units: Sequence[Unit], where: str) -> None:
    known = {unit.unit_id for unit in units}
    if missing := sorted({identity for identity in ids if identity not in known}):
        raise FileFault(Message("There is no such unit"), ", ".join(missing), where=where)


def _require_successors(units: Sequence[Unit], successors: set[str]) -> None:
    ended = {unit.unit_id for unit in units if unit.level == "commune" and unit.valid_to}
    lost = sorted(ended - successors)
    if lost:
        raise FileFault(
            Message("Communes ended without a successor"),
            found=", ".join(lost),
            where="events.toml",
        )


def name_keys(unit: Unit) -> set[str]:
    """Every spelling of a unit's name, as `match_key`."""
    return {match_key(name) for name in (unit.name.vi, *unit.aliases)}
