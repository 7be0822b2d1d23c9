"""How the page that compares reads its address: a small part that drawing needs too."""

from __future__ import annotations

from layers.layer_query import require_one_of
from portal.parameters import COMPARE_MODES

MODES = ("side", "swipe", "difference", "outline")
"""Two maps, one with a swipe, the differences, the old lines over the new map."""


def read_comparison(given: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The mode of the page, and the query as the API takes it.

    In the page's address ``mode`` says how both are laid out, and ``change`` what the API calls
    ``mode``: a difference in the unit of measure or in per cent.

    Raises
    ------
    InvalidInput
        There is no such mode, or no such way to take a difference.
    """
    mode = require_one_of("mode", given.pop("mode", "") or MODES[0], MODES)
    change = given.pop("change", "")
    if not change:
        return mode, given
    return mode, {**given, "mode": require_one_of("change", change, COMPARE_MODES)}
