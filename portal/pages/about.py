"""``/about``: the data, the method, the limits, and how true the boundaries are."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable

from flask import Flask, render_template

from geodata.i18n import Language
from geodata.i18n.collation import sort_key
from geodata.model import LEVELS, PositionalAccuracy, Unit
from geodata.store import Store
from layers.formatting import format_number, format_percent
from layers.labels import LEVEL_NAMES, date_text
from portal.app_state import app_state, current_store
from portal.caching.page_cache import cached_page
from portal.pages.shared import read_page_params
from portal.parameters.declared import LANG
from portal.parameters.types import choice_parameter
from portal.serializers.entities import Document, source_document, unit_name, validity_label
from portal.translations import translate
from portal.urls import page_url

SORT_KEYS: dict[str, Callable[[PositionalAccuracy], float | None]] = {
    "name": lambda _: None,
    "official": lambda accuracy: accuracy.official_area_km2,
    "shape": lambda accuracy: accuracy.shape_area_km2,
    "difference": lambda accuracy: accuracy.area_difference,
    "deviation": lambda accuracy: accuracy.deviation_m,
    "outside": lambda accuracy: accuracy.outside_share,
}
"""Sort keys of the report on the boundaries."""
SORT = choice_parameter(
    "sort",
    "Column of the report on the boundaries; with - the largest first",
    (*SORT_KEYS, *(f"-{name}" for name in SORT_KEYS)),
)


def about() -> str:
    """The page."""
    params = read_page_params(SORT)
    store, language, order = current_store(), params["lang"], params.get("sort", "")
    return render_template(
        "about.html",
        order=order,
        place=store.info.title[language],
        operator=app_state().settings.operator,
        contact=app_state().settings.contact,
        columns=_columns(order, language),
        counts=_counts(store, language),
        timeline=_timeline(store, language),
        accuracies=_accuracies(store, order, language),
        truth_words=_accuracy_sentences(store, language),
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
        counts = {
            v: store.units(level=v, date=step.date, with_shape=True, limit=1).total for v in LEVELS
        }
        words = [f"{LEVEL_NAMES[v][language]}: {n}" for v, n in counts.items() if n]
        rows.append(
            {
                "date": date_text(step.date, language),
                "name": step.name[language],
                "counts": "; ".join(words),
            }
        )
    return rows


def _accuracy_sentences(store: Store, language: Language) -> list[str]:
    """A summary of the table of the boundaries, in sentences."""
    measured = _measured_units(store)
    deviations = [t.deviation_m for _, t in measured if t.deviation_m is not None]
    said = [_deviation_sentence(deviations, language)] if deviations else []
    for former, key in ((False, "truth_area"), (True, "truth_former")):
        areas = [
            abs(accuracy.area_difference)
            for unit, accuracy in measured
            if (unit.valid_to is not None) == former and accuracy.area_difference is not None
        ]
        if areas:
            # Rounded up, so that "within" holds.
            percent = format_percent(math.ceil(max(areas) * 10_000) / 100, language, 2)
            said.append(translate(f"about.{key}", language, percent=percent, n=len(areas)))
    noted = sum(bool(accuracy.note) for _, accuracy in measured)
    return [*said, translate("about.truth_area_noted", language, all=len(measured), n=noted)]


def _deviation_sentence(deviations: list[float], language: Language) -> str:
    """The largest deviation beside the limit the dataset's recipe states, if it states one."""
    recipe = app_state().settings.dataset / "inputs" / "territory.toml"
    stated = tomllib.loads(recipe.read_text(encoding="utf-8")) if recipe.is_file() else {}
    limit = stated.get("limits", {}).get("deviation_m")
    most = format_number(max(deviations), 0, language)
    if limit is None:
        return translate("about.truth_deviation_bare", language, most=most)
    over = sum(deviation > limit for deviation in deviations)
    key = "about.truth_deviation_over" if over else "about.truth_deviation"
    return translate(key, language, most=most, limit=format_number(limit, 0, language), n=over)


def _measured_units(store: Store) -> list[tuple[Unit, PositionalAccuracy]]:
    units = {u.unit_id: u for u in store.units().items}
    return [(units[t.unit_id], t) for t in store.accuracies()]


def _least_accurate_first(row: tuple[Unit, PositionalAccuracy]) -> tuple[float, ...]:
    """Units of today by their deviation, then the former ones by what lay outside."""
    unit, accuracy = row
    former = unit.valid_to is not None
    worst = accuracy.outside_share if former else accuracy.deviation_m
    return former, -(worst or 0.0), -abs(accuracy.area_difference or 0.0)


def _columns(order: str, language: Language) -> list[Document]:
    """The columns of the report that sort it, each with the address that does."""
    found = []
    for name in SORT_KEYS:
        here = order.removeprefix("-") == name
        # Numbers begin with the largest, names with the first; a second time turns them round.
        first = name if name == "name" else f"-{name}"
        turned = name if first.startswith("-") else f"-{name}"
        query = {"sort": turned if order == first else first}
        sorting = ("descending" if order.startswith("-") else "ascending") if here else ""
        url = page_url("/about", language, query) + "#truth"
        found.append({"name": name, "url": url, "sorting": sorting})
    return found


def _ordered(
    measured: list[tuple[Unit, PositionalAccuracy]], order: str, language: Language
) -> list[tuple[Unit, PositionalAccuracy]]:
    """By a column, units without its number last; by default `_least_accurate_first`."""
    column = order.removeprefix("-")
    if not column:
        return sorted(measured, key=_least_accurate_first)
    down = order.startswith("-")
    if column == "name":
        by_name = [(sort_key(unit.name[language], language), unit.unit_id) for unit, _ in measured]
        return [row for _, row in sorted(zip(by_name, measured, strict=True), reverse=down)]
    value = SORT_KEYS[column]
    known = [row for row in measured if value(row[1]) is not None]
    known.sort(key=lambda row: value(row[1]) or 0.0, reverse=down)
    return [*known, *(row for row in measured if value(row[1]) is None)]


def _accuracies(store: Store, order: str, language: Language) -> list[Document]:
    """The report of the build, the least true boundaries of today first."""
    rows = _ordered(_measured_units(store), order, language)
    return [
        {
            **unit_name(unit, language),
            "validity": validity_label(store, unit, language),
            "official": _number(accuracy.official_area_km2, 2, language),
            "shape": _number(accuracy.shape_area_km2, 2, language),
            "difference": _share(accuracy.area_difference, language),
            "deviation": _number(accuracy.deviation_m, 0, language),
            "outside": _share(accuracy.outside_share, language),
            "note": accuracy.note[language],
        }
        for unit, accuracy in rows
    ]


def _number(value: float | None, decimals: int, language: Language) -> str:
    return "–" if value is None else format_number(value, decimals, language)


def _share(value: float | None, language: Language) -> str:
    return "–" if value is None else format_percent(100 * value, language)


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule("/about", "about", cached_page(about, (SORT, LANG)))
