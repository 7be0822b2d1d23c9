"""What a change of a record means, entry by entry: places and villages that came, went or changed.

A commune's villages are one record, since the areas around their points depend on each other; what
differs between two of them is told village by village.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from geodata.ledger.listed_records import RecordChange, RecordKey, RecordState
from geodata.vietnamese_names import match_key

EntryKind = Literal["place", "village", "complete", "indicator"]
EntryChange = Literal["added", "changed", "removed"]

_OF_PLACES = ("name", "category", "unit_id", "lon", "lat")
_OF_VILLAGES = ("kind", "lon", "lat", "population", "households", "joined_name")
DEFINITION_FIELDS = (
    "name_vi", "name_en", "definition_vi", "definition_en", "theme", "measure_unit", "kind",
    "extreme", "numerator", "denominator", "ratio_factor", "direction", "decimals", "minimum",
    "maximum", "usual_range", "levels", "categories", "ordered",
)  # fmt: skip
"""What of an indicator is told when it is defined otherwise."""
_ABOUT_VILLAGES = ("title", "number", "date", "period", "merged_on", "legal_basis")


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that holds something else; empty texts for what is not there.

    Parameters
    ----------
    name
        As in `geodata.model.Place` and `geodata.villages.import_record.ImportedVillage`, or the
        heading of a column of the list's own.
    """

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EntryDifference:
    """A place or village that came, went or changed.

    Parameters
    ----------
    id
        Of the place; the category of a complete list; empty for a village.
    unit_id
        The commune it belongs to; empty for a category.
    fields
        What differs of one that changed.
    """

    kind: EntryKind
    change: EntryChange
    id: str
    name: str
    unit_id: str
    fields: tuple[FieldDifference, ...] = ()


def counts_of_records(
    made: Iterable[RecordChange], listed: Mapping[RecordKey, str] | None = None
) -> dict[str, int]:
    """How many entries became what, as `geodata.ledger.ledger_records.Revision.counts`.

    A commune's villages are one record, but each of them is counted.

    Parameters
    ----------
    listed
        All records that a list gives, by key; those that do not differ are as they were.
    """
    found: Counter[str] = Counter()
    for change in made:
        entries = entry_differences(change.key, change.old, change.new)
        # What a list says of itself is no entry of it.
        found.update(each.change for each in entries if each.name or each.kind != "village")
    counts = {name: found[name] for name in ("added", "changed", "removed")}
    given = sum(_entries(key, content) for key, content in (listed or {}).items())
    unchanged = max(0, given - counts["added"] - counts["changed"])
    return {**counts, "unchanged": unchanged, "blank": 0, "doubtful": 0}


def _entries(key: RecordKey, content: str) -> int:
    return len(RecordState(0, content).document["rows"]) if key.kind == "villages" else 1


def entry_differences(
    key: RecordKey, before: RecordState, after: RecordState
) -> Iterator[EntryDifference]:
    """What came, went or changed from one state of a record to another."""
    old, new = before.document, after.document
    if key.kind == "villages":
        yield from _villages(key.id, old, new)
    elif key.kind == "place":
        fields = _fields(_place_fields(old), _place_fields(new)) if old and new else ()
        shown = new or old
        yield EntryDifference(
            "place", _change(old, new), key.id, shown["name"], shown["unit_id"], fields
        )
    elif key.kind == "indicator":
        fields = _fields(_definition(old), _definition(new))
        name = (new or old)["indicator"]["name_vi"]
        yield EntryDifference("indicator", _change(old, new), key.id, name, "", fields)
    else:
        yield EntryDifference("complete", _change(old, new), key.id, "", "")


def _change(old: object, new: object) -> EntryChange:
    if not new:
        return "removed"
    return "changed" if old else "added"


def _place_fields(place: dict[str, Any]) -> dict[str, Any]:
    own = place.get("columns") or "[]"
    columns = json.loads(own) if isinstance(own, str) else own
    return {name: place.get(name) for name in _OF_PLACES} | dict(columns)


def _definition(document: dict[str, Any]) -> dict[str, Any]:
    """What is told of a definition: the unit of measure by its sign, classes by their names."""
    row = dict(document.get("indicator", {}))
    row["measure_unit"] = row.get("measure_unit_symbol_vi", "")
    row["levels"] = str(row.get("levels", "")).replace("|", ", ")
    row["usual_range"] = str(row.get("usual_range", "")).replace("|", " – ")
    classes = json.loads(row.get("categories") or "[]")
    row["categories"] = ", ".join(str(each.get("name_vi", "")) for each in classes)
    return {name: row.get(name) for name in DEFINITION_FIELDS}


def _villages(commune: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[EntryDifference]:
    before, after = _by_name(old), _by_name(new)
    about = _fields(
        {name: old.get(name) for name in _ABOUT_VILLAGES},
        {name: new.get(name) for name in _ABOUT_VILLAGES},
    )
    if old and new and about:
        yield EntryDifference("village", "changed", "", "", commune, about)
    for name in {**before, **after}:
        one, other = before.get(name), after.get(name)
        fields = _fields(_village_fields(one), _village_fields(other)) if one and other else ()
        if one is None or other is None or fields:
            shown = other or one or {}
            change = _change(one, other)
            yield EntryDifference("village", change, "", shown["name"], commune, fields)


def _by_name(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    rows = document.get("rows", ())
    return {(row["kind"], match_key(row["name"])): row for row in rows}


def _village_fields(row: dict[str, Any]) -> dict[str, Any]:
    fields = {name: row[name] for name in _OF_VILLAGES}
    # A shape is too long to be shown: whether it is another one is told.
    shape = row["wkt"]
    return fields | {"shape": hashlib.sha256(shape.encode()).hexdigest()[:8] if shape else ""}


def _fields(old: dict[str, Any], new: dict[str, Any]) -> tuple[FieldDifference, ...]:
    return tuple(
        FieldDifference(name, _text(old.get(name)), _text(new.get(name)))
        for name in {**old, **new}
        if _text(old.get(name)) != _text(new.get(name))
    )


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)
