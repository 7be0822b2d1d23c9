"""What stands below a map: sources, status of the figures, boundaries, numbered doubts, dataset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.errors import InvalidInput
from geodata.model import Source
from geodata.names import collation_key
from geodata.period import parse_period
from geodata.text import Language
from layers.drawn import DrawnLayer, Mark
from layers.sheet import words
from layers.sheet.options import SheetOptions
from layers.words import date_text

if TYPE_CHECKING:
    from geodata.store.interface import Store

_MOST_SOURCES = 4
_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the footer: its heading, its words and the most lines it may take."""

    heading: str
    text: str
    most: int = 2


@dataclass(frozen=True, slots=True)
class Footer:
    """The entries that always stand there, and the notes that stand as far as there is room.

    Parameters
    ----------
    numbers
        Number of the note of each doubtful unit.
    """

    fixed: tuple[Entry, ...]
    notes: tuple[Entry, ...]
    numbers: dict[str, str]


def doubt_of(mark: Mark, language: Language) -> str:
    """Why a figure, or one it came from, is doubtful; empty when nothing speaks against it."""
    if not mark.doubtful:
        return ""
    if mark.observation is not None:
        return mark.observation.doubt[language]
    parts = mark.recast.contributions if mark.recast else ()
    doubts = dict.fromkeys(part.observation.doubt[language] for part in parts)
    return "; ".join(doubt for doubt in doubts if doubt)


def used_sources(drawn: DrawnLayer, store: Store) -> list[Source]:
    """The sources of the figures on a map, the best first."""
    used = {m.observation.source_id for m in drawn.marks.values() if m.observation is not None}
    records = [m.recast for m in drawn.marks.values() if m.recast is not None]
    used |= {part.observation.source_id for r in records for part in r.contributions}
    return sorted((store.source(s) for s in used), key=lambda s: (s.rank, s.id))


def boundary_sources(drawn: DrawnLayer, store: Store) -> list[Source]:
    """The sources of the shapes on a map."""
    ids = sorted({unit.source_id for unit in drawn.units.values() if unit.source_id})
    return [store.source(source_id) for source_id in ids]


def source_line(source: Source, language: Language) -> str:
    """Title, number and date of a source."""
    number = "số" if language == "vi" else "no."
    parts = [source.title[language], f"{number} {source.number}" if source.number else ""]
    if source.date and source.date not in source.title[language]:
        parts.append(_date(source.date, language))
    return ", ".join(part for part in parts if part)


def _date(day: str, language: Language) -> str:
    try:
        return parse_period(day).label(language)
    except InvalidInput:
        return day


def footer(
    drawn: DrawnLayer,
    store: Store,
    options: SheetOptions,
    meridian: float,
    address: str,
    *,
    near: Collection[str] = (),
) -> Footer:
    """All that is said below a map.

    Parameters
    ----------
    meridian
        Central meridian of the map's plane, degrees; NaN without a map.
    address
        Where the map is found again.
    near
        Ids of the units the map is about; their doubts come first.
    """
    language = drawn.layer.language
    numbers, doubts = _doubts(drawn, near)
    fixed = (
        Entry(words.SOURCES[language], _sources(used_sources(drawn, store), language), 3),
        Entry(words.DATA[language], _status(drawn)),
        Entry(words.BOUNDARIES[language], _boundaries(drawn, store, meridian)),
        Entry(words.ADDRESS[language], f"{_dataset(store, language)}. {address}", 3),
    )
    own = [*([options.note] if options.note else []), *drawn.legend.notes]
    notes = [Entry("", text, 4) for text in own] + doubts
    if notes:
        notes[0] = Entry(words.NOTE[language], notes[0].text, notes[0].most)
    return Footer(tuple(e for e in fixed if e.text), tuple(notes), numbers)


def _doubts(drawn: DrawnLayer, near: Collection[str]) -> tuple[dict[str, str], list[Entry]]:
    """One number for each reason; the units near first, then in dictionary order."""
    language = drawn.layer.language
    units = sorted(
        drawn.units.values(), key=lambda u: (u.unit_id not in near, collation_key(u.name[language]))
    )
    reasons: dict[str, list[str]] = {}
    for unit in units:
        doubt = doubt_of(drawn.marks[unit.unit_id], language)
        if doubt:
            reasons.setdefault(doubt, []).append(unit.unit_id)
    numbers: dict[str, str] = {}
    entries = []
    for number, (doubt, ids) in enumerate(reasons.items(), 1):
        numbers |= dict.fromkeys(ids, str(number))
        names = [drawn.units[u].name[language] for u in ids[:_MOST_NAMES]]
        names += ["…"] if len(ids) > _MOST_NAMES else []
        entries.append(Entry("", f"({number}) {', '.join(names)}: {doubt}", 3))
    return numbers, entries


def _sources(sources: list[Source], language: Language) -> str:
    lines = [source_line(source, language) for source in sources[:_MOST_SOURCES]]
    if len(sources) > _MOST_SOURCES:
        lines.append(words.MORE_SOURCES[language].format(n=len(sources) - _MOST_SOURCES))
    return "; ".join(lines)


def _status(drawn: DrawnLayer) -> str:
    language, legend = drawn.layer.language, drawn.legend
    counted = words.COUNTED[language].format(n=legend.with_value, total=legend.total)
    kinds = Counter(_kind(mark) for mark in drawn.marks.values() if mark.value is not None)
    parts = [counted]
    parts += [words.STATUSES[k][language].format(n=n) for k, n in kinds.items()]
    if legend.doubtful:
        parts.append(words.STATUSES["doubtful"][language].format(n=legend.doubtful))
    return "; ".join(parts)


def _kind(mark: Mark) -> str:
    figure = mark.observation
    return "computed" if figure is not None and figure.method else mark.status


def _boundaries(drawn: DrawnLayer, store: Store, meridian: float) -> str:
    language = drawn.layer.language
    qualities = dict.fromkeys(unit.boundary_quality for unit in drawn.units.values())
    parts = [words.QUALITY[quality][language] for quality in qualities]
    if meridian == meridian:  # noqa: PLR0124 - not a number without shapes
        minutes = round(abs(meridian) * 60)
        place = f"{minutes // 60}°{minutes % 60:02d}'"
        parts.append(words.PROJECTION[language].format(meridian=place))
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]


def _dataset(store: Store, language: Language) -> str:
    info = store.info
    return words.DATASET[language].format(
        title=info.title[language],
        date=date_text(info.reference_date, language),
        version=info.version or "–",
    )
