"""``/about``: the data, the method, the limits, and how true the boundaries are."""

from __future__ import annotations

from flask import Flask, render_template

from geodata.model import LEVELS
from geodata.store import Store
from geodata.text import Language
from layers.formatting import format_number, format_percent
from layers.words import LEVEL_NAMES, date_text
from portal.documents.records import Document, source_document, unit_name, validity_label
from portal.pages.shared import read_page
from portal.services import current_store


def about() -> str:
    """The page."""
    store, language = current_store(), read_page()["lang"]
    return render_template(
        "about.html",
        counts=_counts(store, language),
        timeline=_timeline(store, language),
        truths=_truths(store, language),
        sources=[source_document(s, language) for s in store.sources() if s.licence],
    )


def _counts(store: Store, language: Language) -> dict[str, str]:
    numbers = {
        "units": store.units(limit=1).total,
        "indicators": len(store.indicators()),
        "sources": len(store.sources()),
        "observations": store.observations(limit=1).total,
    }
    shown = {key: format_number(n, 0, language) for key, n in numbers.items()}
    date = date_text(store.info.reference_date, language)
    return {**shown, "version": store.info.version, "date": date}


def _timeline(store: Store, language: Language) -> list[Document]:
    rows = []
    for step in store.info.timeline:
        counts = {v: store.units(level=v, date=step.date, limit=1).total for v in LEVELS}
        words = [f"{LEVEL_NAMES[v][language]}: {n}" for v, n in counts.items() if n]
        rows.append(
            {
                "date": date_text(step.date, language),
                "name": step.name[language],
                "counts": "; ".join(words),
            }
        )
    return rows


def _truths(store: Store, language: Language) -> list[Document]:
    """The report of the build, communes of today first."""
    units = {u.unit_id: u for u in store.units().items}
    rows = [(units[t.unit_id], t) for t in store.truths()]
    order = {u: place for place, u in enumerate(units)}
    rows.sort(key=lambda r: (r[0].valid_to is not None, r[0].level, order[r[0].unit_id]))
    return [
        {
            **unit_name(unit, language),
            "validity": validity_label(store, unit, language),
            "official": _number(truth.official_area_km2, 2, language),
            "shape": _number(truth.shape_area_km2, 2, language),
            "difference": _share(truth.area_difference, language),
            "deviation": _number(truth.deviation_m, 0, language),
            "outside": _share(truth.outside_share, language),
            "note": truth.note[language],
        }
        for unit, truth in rows
    ]


def _number(value: float | None, decimals: int, language: Language) -> str:
    return "–" if value is None else format_number(value, decimals, language)


def _share(value: float | None, language: Language) -> str:
    return "–" if value is None else format_percent(100 * value, language)


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule("/about", "about", about)
