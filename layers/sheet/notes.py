"""What stands below a map: sources, status of the figures, boundaries, numbered doubts, dataset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.errors import InvalidInput
from geodata.model import Source, Unit
from geodata.period import parse_period
from geodata.text import Language
from geodata.vietnamese_names import collation_key
from layers.drawn import DrawnLayer, Mark
from layers.sheet import words
from layers.sheet.options import SheetOptions
from layers.sheet.subject import Map, Subject, capital
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
        For each map the number of the note of each doubtful unit.
    """

    fixed: tuple[Entry, ...]
    notes: tuple[Entry, ...]
    numbers: tuple[dict[str, str], ...]


def doubt_of(mark: Mark, language: Language) -> str:
    """Why a figure, or one it came from, is doubtful; empty when nothing speaks against it."""
    if not mark.doubtful:
        return ""
    doubts = dict.fromkeys(figure.doubt[language] for figure in mark.figures)
    return "; ".join(doubt for doubt in doubts if doubt)


def used_sources(drawn: DrawnLayer, store: Store) -> list[Source]:
    """The sources of the figures on a map, the best first."""
    used = {figure.source_id for mark in drawn.marks.values() for figure in mark.figures}
    joint = (part for each in drawn.together for part in each.record.contributions)
    used |= {part.observation.source_id for part in joint}
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
    subject: Subject,
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
    language = subject.language
    numbers, doubts = _doubts(subject, near)
    sources = dict.fromkeys(s for m in subject.maps for s in used_sources(m.drawn, store))
    fixed = (
        Entry(words.SOURCES[language], _sources(list(sources), language), 3),
        Entry(words.DATA[language], _status(subject)),
        Entry(words.BOUNDARIES[language], _boundaries(subject, meridian)),
        Entry(words.ADDRESS[language], f"{_dataset(store, language)}. {address}", 3),
    )
    legends = [key.drawn.legend for key in subject.keys]
    own = [options.note] if options.note else []
    own += dict.fromkeys(note for legend in legends for note in legend.notes)
    notes = [Entry("", text, 4) for text in own] + doubts
    if notes:
        notes[0] = Entry(words.NOTE[language], notes[0].text, notes[0].most)
    return Footer(tuple(e for e in fixed if e.text), tuple(notes), numbers)


def _doubts(
    subject: Subject, near: Collection[str]
) -> tuple[tuple[dict[str, str], ...], list[Entry]]:
    """One number for each reason; the units near first, then in dictionary order."""
    language = subject.language
    reasons: dict[str, list[tuple[int, Unit]]] = {}
    for place, shown in enumerate(subject.maps):
        for unit in sorted(
            shown.drawn.units.values(),
            key=lambda u: (u.unit_id not in near, collation_key(u.name[language])),
        ):
            doubt = doubt_of(shown.drawn.marks[unit.unit_id], language)
            if doubt:
                reasons.setdefault(doubt, []).append((place, unit))
    numbers: tuple[dict[str, str], ...] = tuple({} for _ in subject.maps)
    entries = []
    for number, (doubt, found) in enumerate(reasons.items(), 1):
        for place, unit in found:
            numbers[place][unit.unit_id] = str(number)
        names = list(dict.fromkeys(unit.name[language] for _, unit in found))
        shown_names = names[:_MOST_NAMES] + (["…"] if len(names) > _MOST_NAMES else [])
        entries.append(Entry("", f"({number}) {', '.join(shown_names)}: {doubt}", 3))
    return numbers, entries


def _sources(sources: list[Source], language: Language) -> str:
    lines = [source_line(source, language) for source in sources[:_MOST_SOURCES]]
    if len(sources) > _MOST_SOURCES:
        lines.append(words.MORE_SOURCES[language].format(n=len(sources) - _MOST_SOURCES))
    return "; ".join(lines)


def _status(subject: Subject) -> str:
    """How many figures there are of which status; of two maps each for itself."""
    language = subject.language
    if len(subject.maps) == 2:
        parts = [f"{capital(m.name)}: {_counted([m], language)}" for m in subject.maps]
        return ". ".join(parts)
    return _counted(subject.maps, language)


def _counted(maps: Sequence[Map], language: Language) -> str:
    legends = [shown.drawn.legend for shown in maps]
    n, total = (sum(each) for each in zip(*((x.with_value, x.total) for x in legends), strict=True))
    marks = [mark for shown in maps for mark in shown.drawn.marks.values()]
    kinds = Counter(_kind(mark) for mark in marks if mark.value is not None)
    parts = [words.COUNTED[language].format(n=n, total=total)]
    parts += [words.STATUSES[k][language].format(n=count) for k, count in kinds.items()]
    doubtful = sum(legend.doubtful for legend in legends)
    if doubtful:
        parts.append(words.STATUSES["doubtful"][language].format(n=doubtful))
    return "; ".join(parts)


def _kind(mark: Mark) -> str:
    figure = mark.observation
    return "computed" if figure is not None and figure.method else mark.status


def _boundaries(subject: Subject, meridian: float) -> str:
    language = subject.language
    units = [unit for shown in subject.maps for unit in shown.drawn.units.values()]
    qualities = dict.fromkeys(unit.boundary_quality for unit in units)
    village = all(unit.level == "village" for unit in units)
    known = words.VILLAGE_QUALITY if village else words.QUALITY
    parts = [known[quality][language] for quality in qualities]
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
