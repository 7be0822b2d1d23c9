"""What differs between two definitions of an indicator, in the reader's words."""

from __future__ import annotations

from geodata.i18n import Language
from geodata.ledger.record_differences import EntryDifference
from portal.translations import translate

_LABELS = {
    "name_vi": "publishing.name_vi", "name_en": "publishing.name_en",
    "definition_vi": "publishing.definition_vi", "definition_en": "publishing.definition_en",
    "theme": "indicators.theme", "measure_unit": "indicators.measure_unit",
    "kind": "indicators.kind", "extreme": "publishing.extreme",
    "numerator": "indicators.numerator", "denominator": "indicators.denominator",
    "ratio_factor": "definitions.ratio_factor", "direction": "indicators.direction",
    "decimals": "publishing.decimals", "minimum": "publishing.minimum",
    "maximum": "publishing.maximum", "usual_range": "definitions.usual_range",
    "levels": "definitions.levels", "categories": "publishing.classes",
    "ordered": "publishing.order_of_classes",
}  # fmt: skip
_WORDS = {
    "kind": "indicators.", "direction": "indicators.", "extreme": "publishing.extreme_",
}  # fmt: skip
"""Fields whose values are words of the program, and where these stand."""


def definition_fields(
    difference: EntryDifference, language: Language
) -> list[tuple[str, str, str]]:
    """Each field that differs: its label, what it was and what it is."""
    return [
        (
            translate(_LABELS[each.name], language),
            _word(each.name, each.before, language),
            _word(each.name, each.after, language),
        )
        for each in difference.fields
    ]


def _word(field: str, value: str, language: Language) -> str:
    if field in _WORDS and value:
        return translate(f"{_WORDS[field]}{value}", language)
    return value
