"""``/method``: how figures are recast, with the formulas and their sources."""

from __future__ import annotations

import re
from itertools import chain, zip_longest

from flask import Flask, render_template
from markupsafe import Markup

from geodata.succession.crosswalk_table import COLUMNS
from layers.formatting import format_percent
from layers.recast_layer import MIN_COVERAGE
from portal.app_state import current_store
from portal.caching.page_cache import cached_page
from portal.pages.shared import read_page_params
from portal.parameters.declared import LANG
from portal.serializers.mergers import crosswalk_downloads
from portal.serializers.worked_example import worked_example

# Section of the texts -> its formulas; the texts explain the letters. What follows _ stands below
# the line: one sign, or all that is in braces.
RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("shares", ("Σ_t f(s, t) = 1", "f(s, t) = Σ f(s, m_1) · f(m_1, m_2) · … · f(m_k, t)")),
    ("counts", ("C(t) = Σ_s f(s, t) · C(s)",)),
    ("unknown", ("Σ_{s ⊆ t} C(s) ≤ C(t) ≤ Σ_{s ∩ t ≠ ∅} C(s)", "C(G) = Σ_{s ⊆ G} C(s)")),
    (
        "ratios",
        (
            "R(t) = k · [Σ_s g(s, t) · N(s)] / [Σ_s h(s, t) · D(s)]",
            "N(s) = R(s) · D(s) / k",
        ),
    ),
    ("extremes", ("max(t) = max_s max(s)", "min(t) = min_s min(s)")),
    (
        "backward",
        (
            "C(o) = Σ_n p(o, n) · C(n)",
            "p(o, n) = w(o) · f(o, n) / [Σ_{o′} w(o′) · f(o′, n)]",
        ),
    ),
    ("gaps", ()),
    ("coverage", ("Σ_{s ∈ K} p(s, t) / [1 − Σ_{s ∈ I} p(s, t)]",)),
    ("redrawing", ("v_2(n) − v_1(o) = [r(n) − v_1(o)] + [v_2(n) − r(n)]",)),
    ("balance", ("Σ_t C(t) + U − Σ_s C(s)",)),
    ("areal", ("f(s, t) = a(s ∩ t) / a(s)", "p(s, t) = a(s ∩ t) / a(t)")),
    (
        "villages",
        (
            "V(i) = {p : |p − x_i|² − w_i ≤ |p − x_j|² − w_j}",
            "w_i = c · A · P_i / (π · Σ_j P_j)",
        ),
    ),
)
_SUBSCRIPT = re.compile(r"_(\{[^}]*\}|.)")


def formula(text: str) -> Markup:
    """A formula as HTML, with what stands below the line there."""
    pieces = _SUBSCRIPT.split(text)
    low = (Markup("<sub>{}</sub>").format(sign.strip("{}")) for sign in pieces[1::2])
    return Markup("").join(chain.from_iterable(zip_longest(pieces[::2], low, fillvalue="")))


def method() -> str:
    """The page."""
    store, language = current_store(), read_page_params()["lang"]
    return render_template(
        "method.html",
        rules=[(key, [formula(text) for text in texts]) for key, texts in RULES],
        example=worked_example(store, language),
        least=format_percent(100 * MIN_COVERAGE["ratio"], language, 0),
        columns=[(name, words[language]) for name, words in COLUMNS.items()],
        downloads=crosswalk_downloads(store, language),
    )


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule("/method", "method", cached_page(method, (LANG,)))
