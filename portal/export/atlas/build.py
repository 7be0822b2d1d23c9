"""The atlas: contents, a page for each unit or indicator, sources; the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from geodata.model import Unit
from geodata.store import Store
from layers.labels import date_text
from layers.layer import Layer
from layers.layer_view import resolve_layer
from layers.sheet.canvas import Canvas
from layers.sheet.fonts import Weight
from layers.sheet.layout_block import Rect
from layers.sheet.options import FULL_EXTENT
from layers.sheet.pdf_writer import Bookmark, DocumentInfo, PageLink, PdfDocument
from layers.sheet.writers import small_picture
from portal.export.atlas.indicator_page import write_indicator
from portal.export.atlas.page_flow import BOTTOM, LEFT, TOP, WIDTH, PageColumn, PageFlow
from portal.export.atlas.references import AtlasContext
from portal.export.atlas.sparse_page import write_sparse
from portal.export.atlas.unit_page import write_unit
from portal.export.page_selection import DocumentIndicators, former_districts
from portal.export.sparse_indicators import sparse_indicators
from portal.tasks.progress import ProgressCallback
from portal.translations import translate

_LINE = 5.2
_HEAD = 34.0
_PER_PAGE = int((BOTTOM - TOP - _HEAD) / _LINE)


@dataclass(frozen=True)
class AtlasEntry:
    """A subject of an atlas with pages of its own."""

    title: str
    group: str
    write: Callable[[PageFlow, AtlasContext], None]


def unit_entries(
    units: Sequence[Unit], layer: Layer, store: Store, params: Mapping[str, Any]
) -> list[AtlasEntry]:
    """A page for each unit, under the district it lies in or whose larger part it came from."""
    language, layer_view = layer.language, resolve_layer(layer, store)
    districts = former_districts(store)

    def entry(unit: Unit) -> AtlasEntry:
        def write(flow: PageFlow, context: AtlasContext) -> None:
            write_unit(flow, unit, layer_view, context)

        above = districts.get(unit.unit_id, ())
        group = above[0] if above else (unit.parent_id or "")
        return AtlasEntry(unit.full_name[language], _group(store, group, layer), write)

    found = [entry(unit) for unit in units]
    if params.get("units"):
        return found
    order = list(dict.fromkeys(sorted(entry.group for entry in found)))
    return sorted(found, key=lambda entry: order.index(entry.group))


def _group(store: Store, unit_id: str, layer: Layer) -> str:
    """The name of a district, said to be a former one where it is on the layer's day."""
    if not unit_id:
        return ""
    unit, language = store.unit(unit_id), layer.language
    name = unit.full_name[language]
    still = unit.valid_on(layer.drawn_on)
    return name if still else translate("atlas.former", language, name=name)


def indicator_entries(
    chosen: DocumentIndicators, store: Store, params: Mapping[str, Any]
) -> list[AtlasEntry]:
    """A page for each indicator, under its theme; at the end one for those with few figures."""
    names = {theme.id: theme.name for theme in store.themes()}
    extent = str(params.get("extent", FULL_EXTENT))

    def entry(layer: Layer) -> AtlasEntry:
        indicator = store.indicator(layer.indicator)

        def write(flow: PageFlow, context: AtlasContext) -> None:
            write_indicator(flow, resolve_layer(layer, store), context, extent)

        theme = names[indicator.theme][layer.language]
        return AtlasEntry(indicator.name[layer.language], theme, write)

    found = [entry(layer) for layer in chosen.maps]
    if chosen.rest:
        language = chosen.maps[0].language
        title = translate("report.few", language)

        def write_rest(flow: PageFlow, context: AtlasContext) -> None:
            write_sparse(flow, sparse_indicators(chosen.rest, store, extent), context, title)

        found.append(AtlasEntry(title, "", write_rest))
    return found


class _FirstPage:
    """Takes the pages of an atlas and keeps the first."""

    def __init__(self) -> None:
        self.canvas: Canvas | None = None
        self.count = 0

    def add(self, canvas: Canvas) -> None:
        self.canvas = self.canvas or canvas
        self.count += 1


def first_page(entries: Sequence[AtlasEntry], title: str, context: AtlasContext) -> bytes:
    """The first page behind the contents as a small picture."""
    info, language = context.store.info, context.language
    book = _FirstPage()
    running = f"{title} · {info.title[language]} · {info.version}"
    before = contents_pages(entries)
    flow = PageFlow(book, running, before, lambda n: translate("atlas.page", language, n=n))
    entries[0].write(flow, context)
    flow.end_page()
    assert book.canvas is not None
    return small_picture(book.canvas)


def atlas_pdf(
    entries: Sequence[AtlasEntry], title: str, context: AtlasContext, on_progress: ProgressCallback
) -> bytes:
    """The file.

    Parameters
    ----------
    on_progress
        Told before each page how many are done.
    """
    info, params, language = context.store.info, context.params, context.language
    running = f"{title} · {info.title[language]} · {info.version}"
    imprint = DocumentInfo(
        title, translate("report.subject_line", language), str(params.get("office", "")),
        f"{info.id} {info.version}", language, info.reference_date,
    )  # fmt: skip
    book = PdfDocument(imprint)
    before = contents_pages(entries)
    flow = PageFlow(book, running, before, lambda n: translate("atlas.page", language, n=n))
    starts = []
    for done, entry in enumerate(entries):
        on_progress(done, entry.title)
        starts.append(before + book.count + (flow.canvas is not None))
        entry.write(flow, context)
    on_progress(len(entries), translate("report.sources", language))
    sources_at = before + book.count + 1
    context.references.write(flow, language)
    flow.end_page()
    on_progress(len(entries) + 1, translate("atlas.contents", language))
    written = book.count
    contents = TableOfContents(PageFlow(book, running, -written, flow.number), title, context)
    jumps = contents.write(entries, [*starts, sources_at])
    assert book.count - written == before
    marks = [Bookmark(translate("atlas.contents", language), 0)]
    for group, members in groupby(zip(entries, starts, strict=True), key=lambda e: e[0].group):
        parts = tuple(Bookmark(entry.title, page) for entry, page in members)
        marks += [Bookmark(group, parts[0].page, parts)] if group else parts
    marks.append(Bookmark(translate("report.sources", language), sources_at))
    return book.to_bytes(before, marks, jumps)


def _lines(entries: Sequence[AtlasEntry]) -> int:
    """Lines of the contents: entries, groups, and the sources."""
    groups = [group for group, _ in groupby(entries, key=lambda entry: entry.group) if group]
    return len(entries) + len(groups) + 1


def contents_pages(entries: Sequence[AtlasEntry]) -> int:
    """Pages the contents take."""
    return -(-_lines(entries) // _PER_PAGE)


class TableOfContents:
    """The pages of contents, and where their lines lead.

    Parameters
    ----------
    flow
        Its first page is the first of the finished book.
    """

    def __init__(self, flow: PageFlow, title: str, context: AtlasContext) -> None:
        self._flow, self._title, self._context = flow, title, context
        self._lines = 0
        self._jumps: list[PageLink] = []

    def write(self, entries: Sequence[AtlasEntry], pages: Sequence[int]) -> list[PageLink]:
        """Write all lines; ``pages`` has the sources' as its last."""
        numbered = zip(entries, pages[:-1], strict=True)
        for group, members in groupby(numbered, key=lambda each: each[0].group):
            listed = list(members)
            if group:
                self._line(group, listed[0][1], 0.0, "semibold")
            for entry, page in listed:
                self._line(entry.title, page, 5.0 if group else 0.0, "regular")
        self._line(translate("report.sources", self._context.language), pages[-1], 0.0, "semibold")
        self._flow.end_page()
        return self._jumps

    def _line(self, words: str, page: int, x: float, weight: Weight) -> None:
        if self._lines % _PER_PAGE == 0:
            self._open()
        self._lines += 1
        flow, top, width = self._flow, self._flow.y, WIDTH - x
        flow.y += 0.35
        columns = (PageColumn("", width - 20, lines=1), PageColumn("", 20, "right", 1))
        flow.row([words, str(page + 1)], columns, 9, weight=weight, x=x, width=width)
        flow.y = top + _LINE
        self._jumps.append(PageLink(flow.page, Rect(LEFT + x, top, width, _LINE), page))

    def _open(self) -> None:
        """A page with its head, as high on every one of them."""
        flow, language = self._flow, self._context.language
        params, info = self._context.params, self._context.store.info
        flow.start_page(self._title, self._title)
        day = date_text(info.reference_date, language)
        title, version = info.title[language], info.version
        made = translate("carried.dataset", language, title=title, day=day, version=version)
        if params.get("office"):
            flow.paragraph(str(params["office"]), 8.5, weight="semibold", most=1)
        flow.paragraph(made, 8.5, most=1)
        if params.get("note"):
            flow.paragraph(str(params["note"]), 8.5, most=2)
        flow.y = TOP + _HEAD - 8
        flow.paragraph(translate("atlas.contents", language), 11, weight="semibold", most=1)
        flow.y = TOP + _HEAD
