"""The comparison of two maps of named classes, as shares and transitions."""

from __future__ import annotations

from collections.abc import Mapping

from geodata.i18n import Language
from geodata.store import Store
from layers.class_shares import ClassAmount, Transition, class_amounts, compare_classes
from layers.comparison import Comparison
from layers.formatting import format_percent
from layers.labels import MISSING_KIND_NAMES
from layers.layer_view import LayerView
from portal.serializers.comparison_types import (
    ClassAmountDocument,
    ClassesDocument,
    SizedShares,
    TransitionDocument,
)
from portal.serializers.entities import Document
from portal.serializers.values_types import Named
from portal.translations import translate


def classes_document(store: Store, comparison: Comparison) -> ClassesDocument | None:
    """Shares of both sides and what became of each class; None of an indicator that is a number."""
    found = compare_classes(comparison, store)
    if found is None:
        return None
    language = comparison.left.layer.language
    names = {each.id: each.name[language] for each in comparison.left.indicator.categories}
    total = sum(each.units for each in found.before), sum(each.units for each in found.after)
    unsized = {
        name: translate(f"compare.unsized_{name}", language, n=n)
        for name, n in found.unsized.items()
        if n
    }
    return {
        "list": [_named(each.key, names, language) for each in found.before],
        "before": [_amount(each, total[0], language) for each in found.before],
        "after": [_amount(each, total[1], language) for each in found.after],
        "transitions": [_transition(each, language) for each in found.transitions],
        "notes": [*unsized.values()],
    }


def shares_documents(store: Store, view: LayerView) -> list[Document]:
    """The classes of one map with their colours, and what each has; only those that occur."""
    found = class_amounts(view, store)
    language = view.layer.language
    names = {each.id: each.name[language] for each in view.indicator.categories}
    colours = dict(zip(names, (row.colour for row in view.legend.classes), strict=False))
    total = sum(each.units for each in found)
    return [
        {
            **_named(each.key, names, language),
            **_amount(each, total, language),
            "colour": colours.get(each.key, ""),
        }
        for each in found
        if each.units
    ]


def _named(key: str, names: Mapping[str, str], language: Language) -> Named:
    return {"id": key, "name": names[key] if key in names else MISSING_KIND_NAMES[key][language]}


def _amount(amount: ClassAmount, total: int, language: Language) -> ClassAmountDocument:
    share = f" ({format_percent(100 * amount.units / total, language)})" if total else ""
    return {
        **_sized(amount.shares, language),
        "id": amount.key,
        "units": amount.units,
        "units_text": f"{amount.units}{share}",
    }


def _transition(transition: Transition, language: Language) -> TransitionDocument:
    return {
        **_sized(transition.shares, language),
        "before": transition.before,
        "after": transition.after,
        "units": transition.units,
    }


def _sized(shares: Mapping[str, float], language: Language) -> SizedShares:
    area, people = shares.get("area"), shares.get("population")
    return {
        "area": area,
        "area_text": "" if area is None else format_percent(100 * area, language),
        "people": people,
        "people_text": "" if people is None else format_percent(100 * people, language),
    }
