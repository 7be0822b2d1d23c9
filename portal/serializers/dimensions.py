"""The code lists by which indicators are broken down, as JSON."""

from __future__ import annotations

from geodata.i18n import Language
from geodata.model import Dimension
from geodata.store import Store
from portal.serializers.catalogue_types import DimensionDocument
from portal.serializers.list_types import DimensionsDocument


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
