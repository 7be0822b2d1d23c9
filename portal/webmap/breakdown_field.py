"""Which part of an indicator is shown; ``static/js/panel/breakdown_field.js`` does the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layers.layer import Layer


def breakdown_groups(entry: Mapping[str, Any], layer: Layer) -> list[dict[str, Any]]:
    """The total and the parts of an indicator by what they are parts by.

    Parameters
    ----------
    entry
        The indicator in the catalogue document.

    Returns
    -------
    list
        ``name`` (empty for the total) and ``options``, each with how many units it covers at the
        layer's level and date; empty for an indicator without parts that have figures.
    """
    if not entry["parts"]:
        return []
    whole = {**entry, "dimensions": "", "label": entry["total_label"]}
    groups: dict[str, list[dict[str, str]]] = {}
    for part in (*([] if entry["breakdown"] else [whole]), *entry["parts"]):
        label = f"{part['label']} {_covered(part, layer)}"
        option = {"value": part["breakdown"], "label": label}
        groups.setdefault(part["dimensions"], []).append(option)
    return [{"name": name, "options": options} for name, options in groups.items()]


def _covered(part: Mapping[str, Any], layer: Layer) -> str:
    """``12/38``: units with a figure of the best period there, and all units."""
    where = (layer.level, layer.date.isoformat())
    here = [each for each in part["layers"] if (each["level"], each["date"]) == where]
    best = max(here, key=lambda each: each["with_value"], default=None)
    return f"({best['with_value']}/{best['total']})" if best else "(–)"
