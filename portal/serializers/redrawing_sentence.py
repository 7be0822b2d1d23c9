"""What redrawn lines alone did to the figures of a period, in a sentence."""

from __future__ import annotations

from geodata.i18n import Language
from geodata.period import parse_period
from geodata.store import Store
from layers.comparison import Comparison
from layers.sparse_map import is_sparse
from portal.serializers.comparison_types import Spread
from portal.translations import translate

MOST_NAMES = 3
"""Units without a figure that are named."""


def redrawing_sentence(store: Store, comparison: Comparison, before: Spread, after: Spread) -> str:
    """What was kept, how many units became how many, and the spread on both sides.

    Of a map too sparse to speak of all its units, only that.

    Parameters
    ----------
    before, after
        The same figures on the units of the left side and on those of the right.
    """
    language = comparison.left.layer.language
    if is_sparse(before["with_value"], before["units"]):
        return few_units_sentence(before["with_value"], before["units"], language)
    words = {
        "before": str(before["units"]),
        "after": str(after["units"]),
        "low": before["lowest_text"],
        "high": before["highest_text"],
        "middle": before["median_text"],
        "new_low": after["lowest_text"],
        "new_high": after["highest_text"],
        "new_middle": after["median_text"],
    }
    said = f"{_kept(comparison, before, after)} {translate('compare.redrawing', language, **words)}"
    missing = _missing(store, comparison, before)
    return f"{said} {missing}" if missing else said


def few_units_sentence(with_value: int, units: int, language: Language) -> str:
    """That the figures of so few units say nothing of all."""
    return translate("compare.few", language, n=str(with_value), total=str(units))


def _kept(comparison: Comparison, before: Spread, after: Spread) -> str:
    """Which figures they are, and that nothing else moved: of what is counted, its total."""
    language = comparison.left.layer.language
    period = parse_period(comparison.left.layer.period).label(language)
    if before["sum_text"] and before["sum_text"] == after["sum_text"]:
        return translate("compare.kept_total", language, period=period, total=before["sum_text"])
    return translate("compare.kept", language, period=period)


def _missing(store: Store, comparison: Comparison, before: Spread) -> str:
    """How many units of the left side have no figure to recast, and the first of their names."""
    language = comparison.left.layer.language
    none = [unit for unit, view in comparison.left.unit_views.items() if view.value is None]
    if not none:
        return ""
    names = [store.unit(unit).full_name[language] for unit in none[:MOST_NAMES]]
    if len(none) > MOST_NAMES:
        names.append("…")
    told = {"n": str(len(none)), "total": str(before["units"]), "names": ", ".join(names)}
    return translate("compare.missing", language, **told)
