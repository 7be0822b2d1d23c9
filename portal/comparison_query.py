"""How the address of a comparison is read; ``mode`` is its layout, ``measure`` its arithmetic."""

from __future__ import annotations

from layers.layer_query import require_one_of
from portal.parameters import MEASURES

COMPARISON_MODES = ("side", "swipe", "difference", "outline")
"""Two maps, one with a swipe, the differences, the old lines over the new map."""


def parse_comparison_query(query: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The layout of the page, and the query as the API takes it.

    Raises
    ------
    InvalidInput
        There is no such layout, or no such measure.
    """
    mode = require_one_of("mode", query.pop("mode", "") or COMPARISON_MODES[0], COMPARISON_MODES)
    if query.get("measure"):
        require_one_of("measure", query["measure"], MEASURES)
    return mode, query
