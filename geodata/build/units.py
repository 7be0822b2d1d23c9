"""Units of every era and who became whom, from registers and events."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from geodata.build.ranks import both_names, split_full_name
from geodata.build.recipe import Recipe
from geodata.errors import FileFault
from geodata.model import Level, Succession, Unit
from geodata.names import match_key
from geodata.text import Text


def build_units(recipe: Recipe) -> tuple[list[Unit], list[Succession]]:
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


def valid_on(units: Iterable[Unit], level: Level, day: dt.date) -> list[Unit]:
    """Units of a level that exist on a day."""
    return [unit for unit in units if unit.level == level and unit.valid_on(day)]


def _unit(
    code: str,
    level: Level,
    full_name: str,
    span: tuple[dt.date, dt.date | None],
    told: Mapping[str, Any],
) -> Unit:
    """A unit with the ``source`` and ``boundary_quality`` told of its kind in territory.toml."""
    kind, name = split_full_name(full_name)
    short, full = both_names(kind, name)
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
        boundary_quality=told["boundary_quality"],
        source_id=told["source"],
    )


def _province(recipe: Recipe) -> Unit:
    told = recipe.settings["province"]
    span = (told["valid_from"], None)
    unit = _unit(told["code"], "province", told["full_name"], span, told)
    return replace(unit, official_area_km2=told["official_area_km2"])


def _starts(recipe: Recipe, code: str) -> list[dt.date]:
    """First days of the versions of an old unit."""
    created = [event["date"] for event in recipe.events if code in event.get("created", ())]
    return [recipe.horizon, *created]


def _districts(recipe: Recipe, province: Unit) -> list[Unit]:
    rows = recipe.rows(recipe.settings["predecessors"]["register"])
    told = recipe.settings["districts"]
    names = {row["district_code"]: row["district"] for row in rows}
    units = []
    for code, full_name in sorted(names.items()):
        starts = _starts(recipe, code)
        for span in zip(starts, [*starts[1:], told["until"]], strict=True):
            unit = _unit(code, "district", full_name, span, told)
            units.append(replace(unit, parent_id=province.unit_id))
    return units


def _communes(recipe: Recipe, province: Unit) -> list[Unit]:
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
        (told["code"], told["full_name"], told["district"], recipe.horizon, told["until"])
        for told in recipe.former
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
    for district in valid_on(units, "district", last_day):
        if district.code == unit.parent_id:
            return district.unit_id
    raise FileFault(
        Text("Xã thuộc huyện không có trong danh mục", "A commune's district is in no register"),
        found=f"{unit.full_name.vi}: {unit.parent_id}",
        where="events.toml former",
    )


def _with_areas(units: Iterable[Unit], recipe: Recipe) -> list[Unit]:
    areas = {told["unit"]: told["km2"] for told in recipe.settings.get("official_area", ())}
    units = list(units)
    _require_known(areas, units, "inputs/territory.toml official_area")
    return [
        replace(unit, official_area_km2=areas.get(unit.unit_id, unit.official_area_km2))
        for unit in units
    ]


def _with_aliases(unit: Unit, recipe: Recipe) -> Unit:
    names = recipe.aliases.get(unit.unit_id, ())
    return replace(unit, aliases=tuple(name for name in names if name != unit.name.vi))


def _successions(recipe: Recipe, units: Sequence[Unit]) -> list[Succession]:
    told: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for event in recipe.events:
        changes = list(event.get("changes", ()))
        if event.get("crosswalk"):
            changes += [{"from": old, "to": new} for old, new in _crosswalk(recipe, units)]
        told += [(event, change) for change in changes]
    ends = [change[end] for _, change in told for end in ("from", "to")]
    _require_known(ends, units, "events.toml")
    _require_successors(units, {change["from"] for _, change in told})
    parts = Counter(change["from"] for _, change in told)
    return [_succession(event, change, parts[change["from"]] == 1) for event, change in told]


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


def _crosswalk(recipe: Recipe, units: Sequence[Unit]) -> list[tuple[str, str]]:
    eve = recipe.merger - dt.timedelta(days=1)
    before = {unit.code: unit.unit_id for unit in valid_on(units, "commune", eve)}
    after = {unit.code: unit.unit_id for unit in valid_on(units, "commune", recipe.merger)}
    register = recipe.settings["predecessors"]["crosswalk"]
    rows = recipe.rows(register)
    strays = [row["old"] for row in rows if row["old"] not in before]
    strays += [row["new"] for row in rows if row["new"] not in after]
    if strays:
        raise FileFault(
            Text("Mã không có trong danh mục", "Codes are in no register"),
            found=", ".join(sorted(strays)),
            where=register["file"],
        )
    return [(before[row["old"]], after[row["new"]]) for row in rows]


def _require_unique(ids: Iterable[str]) -> None:
    doubled = sorted(identity for identity, count in Counter(ids).items() if count > 1)
    if doubled:
        raise FileFault(
            Text("Đơn vị trùng mã và hiệu lực", "Units share code and validity"),
            found=", ".join(doubled),
        )


def _require_known(ids: Iterable[str], units: Sequence[Unit], where: str) -> None:
    known = {unit.unit_id for unit in units}
    if missing := sorted({identity for identity in ids if identity not in known}):
        raise FileFault(
            Text("Không có đơn vị này", "There is no such unit"), ", ".join(missing), where=where
        )


def _require_successors(units: Sequence[Unit], heirs: set[str]) -> None:
    ended = {unit.unit_id for unit in units if unit.level == "commune" and unit.valid_to}
    lost = sorted(ended - heirs)
    if lost:
        raise FileFault(
            Text("Xã chấm dứt mà không có đơn vị kế thừa", "Communes ended without a successor"),
            found=", ".join(lost),
            where="events.toml",
        )


def name_keys(unit: Unit) -> set[str]:
    """Every spelling of a unit's name, as `match_key`."""
    return {match_key(name) for name in (unit.name.vi, *unit.aliases)}
