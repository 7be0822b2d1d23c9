"""Sheets of a comparison: before and after side by side, and the map of differences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.period import parse_period
from layers.comparison import Comparison, Mode, comparison_title
from layers.difference import Part, draw_difference, known_part
from layers.drawn import DrawnLayer
from layers.sheet import words
from layers.sheet.subject import Key, Map, Subject, alt_part, capital, layer_subject, page

if TYPE_CHECKING:
    from geodata.store.interface import Store


def pair_subject(found: Comparison, store: Store) -> Subject:
    """Both sides of a comparison in one set of classes."""
    left, right = found.left, found.right
    language = left.layer.language
    names = words.BEFORE[language], words.AFTER[language]
    maps = (
        Map(left, _heading(left, left.layer.period), names[0]),
        Map(right, _heading(right, found.period2 or left.layer.period), names[1]),
    )
    both = replace(left, legend=found.legend)
    largest = max(Map(drawn).largest for drawn in (left, found.base, right))
    headings = f"{words.COUNT[language]}: {names[0]}", names[1]
    counts = (headings[0], left.legend), (headings[1], right.legend)
    title = left.layer.title or _titled(found, store)
    parts = [f"{capital(shown.name)}: {alt_part(shown.drawn)}" for shown in maps]
    return Subject(
        title=title,
        subtitle=capital(words.SHARED[language]),
        alt=f"{words.PAIR[language]}. {title}. {'. '.join(parts)}.",
        maps=maps,
        keys=(Key(both, maps, counts, largest),),
        page=_page(found, "absolute", "side"),
    )


def difference_subject(
    found: Comparison, store: Store, mode: Mode, part: Part | None = None
) -> Subject:
    """The map of differences: the part the page shows, unless another is asked for."""
    drawn = draw_difference(store, found, mode, part or known_part(found))
    return replace(layer_subject(drawn), page=_page(found, mode, "difference"))


def _titled(found: Comparison, store: Store) -> str:
    symbol = found.left.indicator.measure_unit.symbol[found.left.layer.language]
    title = comparison_title(found, store)
    return f"{title} ({symbol})" if symbol else title


def _heading(drawn: DrawnLayer, period: str) -> tuple[str, str]:
    """Units and boundaries; period, how the figures came about and how good the lines are."""
    language = drawn.layer.language
    qualities = sorted({unit.boundary_quality for unit in drawn.units.values()})
    lines = [words.SHORT_QUALITY[quality][language] for quality in qualities]
    moved = any(mark.status not in ("", "published") for mark in drawn.marks.values())
    recast = [words.RECAST[language]] if drawn.layer.on and moved else []
    parts = [parse_period(period).label(language), *recast, ", ".join(lines)]
    units, boundaries = drawn.subtitle.split(" · ")[:2]
    return f"{capital(boundaries)} · {units.lower()}", " · ".join(parts)


def _page(found: Comparison, mode: Mode, layout: str) -> str:
    """The page that compares, in the order in which it writes its address itself."""
    query = found.left.layer.to_query()
    language = query.pop("lang", "")
    query["on"] = found.right.layer.drawn_on.isoformat()
    optional = {
        "period2": found.period2,
        "mode": "" if layout == "side" else layout,
        "change": "" if mode == "absolute" else mode,
        "lang": language,
    }
    return page("/compare", query | {name: value for name, value in optional.items() if value})
