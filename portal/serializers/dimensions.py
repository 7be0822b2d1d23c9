"""The code lists by which indicators are broken down, as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from geodata.i18n import Language, Message
from geodata.model import Dimension, Indicator
from geodata.series_id import parse_dimensions
from geodata.store import Store
from portal.serializers.catalogue_types import DimensionDocument
from portal.serializers.list_types import DimensionsDocument

_ALL = Message("All")


def dimensions_document(store: Store, language: Language) -> DimensionsDocument:
    """All code lists, in the order of the dataset."""
    items = [dimension_document(each, language) for each in store.dimensions()]
    return {"items": items, "total": len(items), "next": None}


def dimension_document(dimension: Dimension, language: Language) -> DimensionDocument:
    """A code list with its codes in the order of the menu."""
    return {
        "id": dimension.id,
        "name": dimension.name[language],
        "total": dimension.total[language],
        "overlapping": dimension.overlapping,
        "codes": [
            {"id": code.id, "name": code.name[language], "parent": code.parent}
            for code in dimension.codes
        ],
    }


def part_names(store: Store, part: Indicator, language: Language) -> tuple[str, str]:
    """What a part of an indicator is a part by, and what it is called among its like."""
    names = {dimension.id: dimension for dimension in store.dimensions()}
    values = [(names[name], code) for name, code in parse_dimensions(part.dimensions)]
    codes = [dimension.code(code) for dimension, code in values]
    return (
        ", ".join(dimension.name[language] for dimension, _ in values),
        ", ".join(code.name[language] for code in codes if code),
    )


def total_name(store: Store, parts: Iterable[Indicator], language: Language) -> str:
    """What the total of an indicator is called beside its parts."""
    names = {dimension.id: dimension for dimension in store.dimensions()}
    used = {name for part in parts for name, _ in parse_dimensions(part.dimensions)}
    totals = {names[name].total[language] for name in used}
    return totals.pop() if len(totals) == 1 else _ALL[language]
