"""Units of every era and who became whom, from registers and events."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from geodata.build.territory_recipe import RegisterRow, TerritoryRecipe
from geodata.build.unit_kinds import bilingual_names, split_full_name
from geodata.dataset_files import PredecessorsTable, SuccessionRow, SuccessorsTable, UnitEvent
from geodata.dataset_files.territory_records import DistrictsTable, ProvinceTable
from geodata.errors import FileFault, InvalidInput
from geodata.faults import FaultCollector
from geodata.i18n import Message
from geodata.model import Level, Succession, Unit
from geodata.succession.crosswalk_chain import units_valid_on
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


def _unit(
    code: str,
    level: Level,
    full_name: str,
    span: tuple[dt.date, dt.date | None],
    stated: ProvinceTable | DistrictsTable | SuccessorsTable | PredecessorsTable,
) -> Unit:
    """A unit with the source and boundary quality stated for its kind in territory.toml."""
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
        boundary_quality=stated.boundary_quality,
        source_id=stated.source,
    )


def _province(recipe: TerritoryRecipe) -> Unit:
    stated = recipe.file.province
    unit = _unit(stated.code, "province", stated.full_name, (stated.valid_from, None), stated)
    return replace(unit, official_area_km2=stated.official_area_km2)


def _starts(recipe: TerritoryRecipe, code: str) -> list[dt.date]:
    """First days of the versions of an old unit."""
    created = [event.date for event in recipe.events.events if code in event.created]
    return [recipe.horizon, *created]


def _districts(recipe: TerritoryRecipe, province: Unit) -> list[Unit]:
    before, stated = recipe.file.predecessors, recipe.file.districts
    if before is None or stated is None:
        return []
    names = {row["district_code"]: row["district"] for row in recipe.rows(before.register)}
    units = []
    for code, full_name in sorted(names.items()):
        starts = _starts(recipe, code)
        for span in zip(starts, [*starts[1:], stated.until], strict=True):
            unit = _unit(code, "district", full_name, span, stated)
            units.append(replace(unit, parent_id=province.unit_id))
    return units


def _communes(recipe: TerritoryRecipe, province: Unit) -> list[Unit]:
    today, before = recipe.file.successors, recipe.file.predecessors
    units = []
    for row in recipe.rows(today.register):
        with _at(row):
            unit = _unit(row["code"], "commune", row["name"], (recipe.merger, None), today)
        units.append(_with_register(replace(unit, parent_id=province.unit_id), row))
    if before is None:
        return units
    for row in recipe.rows(before.register):
        start = _starts(recipe, row["code"])[-1]
        with _at(row):
            unit = _unit(row["code"], "commune", row["name"], (start, recipe.merger), before)
        units.append(replace(unit, parent_id=row["district_code"]))
    for old in recipe.events.former:
        span = (recipe.horizon, old.until)
        unit = _unit(old.code, "commune", old.full_name, span, before)
        units.append(replace(unit, parent_id=old.district))
    return units


@contextmanager
def _at(row: RegisterRow) -> Iterator[None]:
    """A name that cannot be read is a fault of its row."""
    try:
        yield
    except InvalidInput as error:
        remedy = Message("Write the rank before the name")
        raise row.row.fault(row.columns["name"], error.what, error.allowed, remedy) from None


def _with_register(unit: Unit, row: RegisterRow) -> Unit:
    return replace(
        unit,
        official_area_km2=row.number("area"),
        seat=row["seat"],
        seat_lon=row.number("lon"),
        seat_lat=row.number("lat"),
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
    areas = {stated.unit: stated.km2 for stated in recipe.file.official_areas}
    units = list(units)
    _require_known(areas, units, "inputs/territory.toml [[official_area]] unit")
    return [
        replace(unit, official_area_km2=areas.get(unit.unit_id, unit.official_area_km2))
        for unit in units
    ]


def _with_aliases(unit: Unit, recipe: TerritoryRecipe) -> Unit:
    names = recipe.aliases.get(unit.unit_id, ())
    return replace(unit, aliases=tuple(name for name in names if name != unit.name.vi))


def _successions(recipe: TerritoryRecipe, units: Sequence[Unit]) -> list[Succession]:
    pairs: list[tuple[UnitEvent, SuccessionRow]] = []
    for event in recipe.events.events:
        changes = list(event.changes)
        if event.crosswalk:
            changes += [SuccessionRow(old, new) for old, new in _crosswalk(recipe, units)]
        pairs += [(event, change) for change in changes]
    ends = [identity for _, change in pairs for identity in (change.from_id, change.to_id)]
    _require_known(ends, units, "events.toml")
    _require_successors(units, {change.from_id for _, change in pairs})
    parts = Counter(change.from_id for _, change in pairs)
    return [_succession(event, change, parts[change.from_id] == 1) for event, change in pairs]


def _succession(event: UnitEvent, change: SuccessionRow, whole: bool) -> Succession:
    return Succession(
        from_id=change.from_id,
        to_id=change.to_id,
        date=event.date,
        legal_basis=event.legal_basis,
        whole=whole,
        share_area=1.0 if whole else change.share_area,
        share_population=1.0 if whole else change.share_population,
        source_id=event.source,
        share_households=1.0 if whole else change.share_households,
        note=change.note,
    )


def _crosswalk(recipe: TerritoryRecipe, units: Sequence[Unit]) -> list[tuple[str, str]]:
    assert recipe.file.predecessors is not None
    table = recipe.file.predecessors.crosswalk
    eve = recipe.merger - dt.timedelta(days=1)
    before = {unit.code: unit.unit_id for unit in units_valid_on(units, "commune", eve)}
    after = {unit.code: unit.unit_id for unit in units_valid_on(units, "commune", recipe.merger)}
    rows = recipe.rows(table)
    faults = FaultCollector()
    for row in rows:
        for name, known in (("old", before), ("new", after)):
            if row[name] not in known:
                what = Message("The code is in no register")
                remedy = Message("Correct the code, or add the unit to the register")
                faults.add(row.row.fault(row.columns[name], what, remedy=remedy))
    faults.raise_any()
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
