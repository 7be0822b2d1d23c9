"""The footer of a sheet: sources, status of figures, boundaries, numbered doubts, dataset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.errors import InvalidInput
from geodata.i18n import Language, Message
from geodata.i18n.collation import sort_key
from geodata.model import Indicator, Source, Unit
from geodata.period import parse_period
from layers.counterpart import agreement_note
from layers.figure_quality import doubt_remark
from layers.formatting import capitalise
from layers.labels import date_text
from layers.layer import Layer
from layers.layer_view import LayerView
from layers.places.place_view import place_sources, resolve_places
from layers.rasters.raster_view import raster_citation, resolve_rasters
from layers.sheet import captions
from layers.sheet.merged_units import BOUNDS, MERGED, bounds_text
from layers.sheet.options import SheetOptions
from layers.sheet.sheet_content import SheetContent, SheetMap
from layers.sheet.unit_names import HEADING as NAMES
from layers.sheet.unit_names import NamesApart
from layers.unit_views import UnitView

if TYPE_CHECKING:
    from geodata.store.interface import Store

_MOST_SOURCES = 4
_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class FooterEntry:
    """A line of the footer: its heading, its words and the most lines it may take.

    Parameters
    ----------
    brief_lines
        The most lines it may take on a page whose small print stands elsewhere; 0 for none.
    names
        Whether it is a list of names.
    """

    heading: str
    text: str
    max_lines: int = 2
    brief_lines: int = 0
    names: bool = False


@dataclass(frozen=True, slots=True)
class Footer:
    """The entries that always stand there, and the notes that stand as far as there is room.

    Parameters
    ----------
    numbers
        For each map the number of the note of each doubtful unit.
    names
        What is said of names that have no room on the maps; empty where all have.
    """

    fixed: tuple[FooterEntry, ...]
    notes: tuple[FooterEntry, ...]
    numbers: tuple[dict[str, str], ...]
    names: str = ""

    def brief(self) -> Footer:
        """What a page for the wall says: names without room, the sources in a line, the address."""
        kept = (entry for entry in self.fixed if entry.brief_lines)
        shown = tuple(replace(entry, max_lines=entry.brief_lines) for entry in kept)
        return replace(self, fixed=shown, notes=())

    def small_print(self) -> list[str]:
        """All of it as lines of text, for the notes of a file."""
        return [f"{e.heading}: {e.text}" if e.heading else e.text for e in self.fixed + self.notes]

    def with_names(self, apart: NamesApart, content: SheetContent, *, brief: bool) -> Footer:
        """The same with the names that have no room, in the place of any other list.

        A sheet of mergers lists these with the numbers of the names. On a brief page the names
        stand alone, and the mergers in the small print.
        """
        language, lineage = content.language, content.lineage
        others = [entry for entry in self.fixed if not entry.names]
        words = apart.text(content, brief=brief)
        joint = lineage is not None and not brief
        entry = FooterEntry((MERGED if joint else NAMES)[language], words, 60, 60, True)
        listed = [entry] if words else []
        if lineage is not None and brief:
            merged = lineage.text({}, (), language)
            listed.append(FooterEntry(MERGED[language], merged, 60, 0, True))
        return replace(self, fixed=(*listed, *others), names=words)


def doubt_text(unit_view: UnitView, indicator: Indicator, language: Language) -> str:
    """Why a figure, or one it came from, is doubtful or impossible; empty for a sound one."""
    if not unit_view.doubtful and unit_view.impossible is None:
        return ""
    doubts = dict.fromkeys(doubt_remark(f, indicator, language) for f in unit_view.figures)
    return "; ".join(doubt for doubt in doubts if doubt)


def observation_sources(layer_view: LayerView, store: Store) -> list[Source]:
    """The sources of the figures on a map, the best first."""
    used = {
        figure.source_id
        for unit_view in layer_view.unit_views.values()
        for figure in unit_view.figures
    }
    joint = (part for each in layer_view.joint_values for part in each.record.contributions)
    used |= {part.observation.source_id for part in joint}
    return sorted((store.source(s) for s in used), key=lambda s: (s.rank, s.id))


def map_sources(layer_view: LayerView, store: Store) -> list[Source]:
    """The sources of what a map shows: of its figures, then of the places over it."""
    places = place_sources(resolve_places(store, layer_view.layer.places), store)
    return list(dict.fromkeys((*observation_sources(layer_view, store), *places)))


def boundary_sources(layer_view: LayerView, store: Store) -> list[Source]:
    """The sources of the shapes on a map."""
    ids = sorted({unit.source_id for unit in layer_view.units.values() if unit.source_id})
    return [store.source(source_id) for source_id in ids]


def rasters_citation(layer: Layer, folder: Path | None) -> str:
    """The rasters on a map with their credits, as a line of its own: ``Rasters: …``.

    Parameters
    ----------
    folder
        Of the registered rasters; None where none is drawn.

    Returns
    -------
    str
        Empty without rasters.
    """
    entry = _rasters_entry(layer, folder)
    return f"{entry.heading}: {entry.text}" if entry.text else ""


def _rasters_entry(layer: Layer, folder: Path | None) -> FooterEntry:
    language = layer.language
    views = resolve_rasters(layer.rasters, folder)
    cited = "; ".join(raster_citation(each, language) for each in views)
    return FooterEntry(captions.RASTERS[language], cited, 3)


def source_citation(source: Source, language: Language) -> str:
    """Title, number and date of a source."""
    number = Message("no.")[language]
    parts = [source.title[language], f"{number} {source.number}" if source.number else ""]
    if source.date and source.date not in source.title[language]:
        parts.append(_date(source.date, language))
    return ", ".join(part for part in parts if part)


def _date(day: str, language: Language) -> str:
    try:
        return parse_period(day).label(language)
    except InvalidInput:
        return day


def build_footer(
    content: SheetContent,
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
    language = content.language
    numbers, doubts = _doubts(content, near)
    sources = dict.fromkeys(
        s for m in content.maps for s in observation_sources(m.layer_view, store)
    ) | dict.fromkeys(s for m in content.maps for s in map_sources(m.layer_view, store))
    bounds = "; ".join(filter(None, (bounds_text(shown.layer_view) for shown in content.maps)))
    dataset = f"{_dataset(store, language)}."
    fixed = (
        FooterEntry(captions.SOURCES[language], _sources(list(sources), language), 6, 1),
        _rasters_entry(content.first.layer, options.rasters),
        FooterEntry(captions.DATA[language], _status(content), 4),
        FooterEntry(captions.BOUNDARIES[language], _boundaries(content, meridian), 4),
        *(FooterEntry(heading, text, 8) for heading, text in content.remarks),
        FooterEntry(BOUNDS[language], bounds, 8),
        FooterEntry(captions.NOTE[language], options.note, 30, 30),
        FooterEntry(captions.ADDRESS[language], " ".join(filter(None, (dataset, address))), 3, 3),
    )
    legends = [sheet_legend.layer_view.legend for sheet_legend in content.legends]
    own = list(dict.fromkeys(note for legend in legends for note in legend.notes))
    beside = (agreement_note(shown.layer_view, store) for shown in content.maps)
    own += dict.fromkeys(note for note in beside if note)
    notes = [FooterEntry("", text, 4) for text in own] + doubts
    if notes and not options.note:
        notes[0] = FooterEntry(captions.NOTE[language], notes[0].text, notes[0].max_lines)
    return Footer(tuple(e for e in fixed if e.text), tuple(notes), numbers)


def _doubts(
    content: SheetContent, near: Collection[str]
) -> tuple[tuple[dict[str, str], ...], list[FooterEntry]]:
    """One number for each reason; the units near first, then in dictionary order."""
    language = content.language
    reasons: dict[str, list[tuple[int, Unit]]] = {}
    for place, shown in enumerate(content.maps):
        for unit in sorted(
            shown.layer_view.units.values(),
            key=lambda u: (u.unit_id not in near, sort_key(u.name[language], language)),
        ):
            layer_view = shown.layer_view
            doubt = doubt_text(layer_view.unit_views[unit.unit_id], layer_view.indicator, language)
            if doubt:
                reasons.setdefault(doubt, []).append((place, unit))
    numbers: tuple[dict[str, str], ...] = tuple({} for _ in content.maps)
    entries = []
    for number, (doubt, found) in enumerate(reasons.items(), 1):
        for place, unit in found:
            numbers[place][unit.unit_id] = str(number)
        names = list(dict.fromkeys(unit.name[language] for _, unit in found))
        shown_names = names[:_MOST_NAMES] + (["…"] if len(names) > _MOST_NAMES else [])
        entries.append(FooterEntry("", f"({number}) {', '.join(shown_names)}: {doubt}", 3))
    return numbers, entries


def _sources(sources: list[Source], language: Language) -> str:
    lines = [source_citation(source, language) for source in sources[:_MOST_SOURCES]]
    if len(sources) > _MOST_SOURCES:
        lines.append(captions.MORE_SOURCES[language].format(n=len(sources) - _MOST_SOURCES))
    return "; ".join(lines)


def _status(content: SheetContent) -> str:
    """How many figures there are of which status; of two maps each for itself."""
    language = content.language
    if len(content.maps) == 2:
        parts = [f"{capitalise(m.name)}: {_counted([m], language)}" for m in content.maps]
        return ". ".join(parts)
    return _counted(content.maps, language)


def _counted(maps: Sequence[SheetMap], language: Language) -> str:
    legends = [shown.layer_view.legend for shown in maps]
    n, total = (sum(each) for each in zip(*((x.with_value, x.total) for x in legends), strict=True))
    unit_views = [unit_view for shown in maps for unit_view in shown.layer_view.unit_views.values()]
    kinds = Counter(_kind(unit_view) for unit_view in unit_views if unit_view.value is not None)
    parts = [captions.UNITS_WITH_VALUE[language].format(n=n, total=total)]
    parts += [captions.STATUS_COUNTS[k][language].format(n=count) for k, count in kinds.items()]
    flagged = {
        "doubtful": sum(legend.doubtful for legend in legends),
        "impossible": sum(legend.impossible for legend in legends),
    }
    parts += [captions.STATUS_COUNTS[k][language].format(n=n) for k, n in flagged.items() if n]
    return "; ".join(parts)


def _kind(unit_view: UnitView) -> str:
    figure = unit_view.observation
    return "computed" if figure is not None and figure.method else unit_view.status


def _boundaries(content: SheetContent, meridian: float) -> str:
    language = content.language
    units = [unit for shown in content.maps for unit in shown.layer_view.units.values()]
    qualities = dict.fromkeys(unit.boundary_quality for unit in units)
    village = all(unit.level == "village" for unit in units)
    known = captions.VILLAGE_BOUNDARY_QUALITY if village else captions.BOUNDARY_QUALITY
    parts = [known[quality][language] for quality in qualities]
    if meridian == meridian:  # noqa: PLR0124 - not a number without shapes
        minutes = round(abs(meridian) * 60)
        place = f"{minutes // 60}°{minutes % 60:02d}'"
        parts.append(captions.PROJECTION[language].format(meridian=place))
    text = "; ".join(parts)
    return capitalise(text)


def _dataset(store: Store, language: Language) -> str:
    info = store.info
    return captions.DATASET[language].format(
        title=info.title[language],
        date=date_text(info.reference_date, language),
        version=info.version or "–",
    )
