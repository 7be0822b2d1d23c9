"""``/method``: how figures are recast, with the formulas and their sources."""

from __future__ import annotations

from flask import Flask, render_template

from geodata.succession.table import COLUMNS
from layers.formatting import format_percent
from layers.redrawn import LEAST_COVERAGE
from portal.documents.mergers import downloads
from portal.pages.shared import read_page
from portal.services import current_store

# Section of the texts -> its formula; the texts explain the letters.
RULES = (
    ("shares", "Σₜ f(s, t) = 1;  f(s, t) = Σ f(s, m₁) · f(m₁, m₂) · … · f(mₖ, t)"),
    ("counts", "C(t) = Σₛ f(s, t) · C(s)"),
    ("unknown", "Σ C(s), s ⊆ t  ≤  C(t)  ≤  Σ C(s), s ∩ t ≠ ∅;  C(G) = Σ C(s), s ⊆ G"),
    ("ratios", "R(t) = k · Σₛ fₙ(s, t) · N(s) / Σₛ f_d(s, t) · D(s);  N(s) = R(s) · D(s) / k"),
    ("extremes", "max(t) = maxₛ max(s);  min(t) = minₛ min(s)"),
    ("backward", "C(o) = Σₙ p(o, n) · C(n);  p(o, n) = w(o) · f(o, n) / Σₒ′ w(o′) · f(o′, n)"),
    ("gaps", ""),
    ("coverage", "Σ p(s, t), s ∈ K  /  (1 − Σ p(s, t), s ∈ I)"),
    ("redrawing", "v₂(n) − v₁(o) = [r(n) − v₁(o)] + [v₂(n) − r(n)]"),
    ("balance", "Σₜ C(t) + U − Σₛ C(s)"),
    ("areal", "f(s, t) = a(s ∩ t) / a(s);  p(s, t) = a(s ∩ t) / a(t)"),
    (
        "villages",
        "V(i) = {p : |p − xᵢ|² − wᵢ ≤ |p − xⱼ|² − wⱼ};  wᵢ = c · A · Pᵢ / (π · Σⱼ Pⱼ)",
    ),
)


def method() -> str:
    """The page."""
    language = read_page()["lang"]
    return render_template(
        "method.html",
        rules=RULES,
        least=format_percent(100 * LEAST_COVERAGE["ratio"], language, 0),
        columns=[(name, words[language]) for name, words in COLUMNS.items()],
        downloads=downloads(current_store(), language),
    )


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule("/method", "method", method)
