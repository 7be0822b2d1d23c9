"""A drawn page as PNG, PDF or SVG. No clock is asked: dates are the dataset's.

matplotlib's settings are global to a process, so the four a file depends on are set once, here.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
from matplotlib.backends.backend_svg import FigureCanvasSVG
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter

from layers.sheet.canvas import Canvas
from layers.sheet.fonts import Weight, font_face_css, wrap_text
from layers.sheet.footer import boundary_sources, map_sources
from layers.sheet.layout_block import MM_PER_POINT
from layers.sheet.options import SheetOptions
from layers.sheet.pdf_tags import Tag, write_structure
from layers.sheet.sheet_content import SheetContent

if TYPE_CHECKING:
    from geodata.store.interface import Store

# Words stay words: TrueType in PDF, text elements in SVG; ids of SVG parts are always the same.
mpl.rcParams["pdf.fonttype"] = 42
mpl.rcParams["svg.fonttype"] = "none"
mpl.rcParams["svg.hashsalt"] = "sheet"
# Letters as wide as they were measured, at any resolution.
mpl.rcParams["text.hinting"] = "no_hinting"

SOFTWARE_NAME = "commune-indicator-portal"


@dataclass(frozen=True, slots=True)
class SheetMetadata:
    """The words written into the file.

    Parameters
    ----------
    alt
        What is shown, highest, lowest and missing, for those who do not see the picture.
    address
        Where the map is found again.
    day
        The dataset's day; no clock is asked, so that a sheet can be made again byte by byte.
    notes
        The small print that a page for the wall leaves to its file.
    """

    title: str
    alt: str
    address: str
    author: str
    version: str
    licence: str
    language: str
    day: dt.datetime
    notes: tuple[str, ...] = ()


def page_url(content: SheetContent, options: SheetOptions) -> str:
    """The address of the live page; without a public address only the part after the host."""
    return f"{options.public_url}{content.page}"


def sheet_metadata(
    content: SheetContent, store: Store, options: SheetOptions, canvas: Canvas
) -> SheetMetadata:
    """The metadata written into the file of a sheet.

    Parameters
    ----------
    canvas
        The drawn page: it knows the sources of what is drawn beside the layer itself, as the small
        map, and the small print that stands elsewhere.
    """
    maps = [shown.layer_view for shown in content.maps]
    sources = [s for layer_view in maps for s in map_sources(layer_view, store)]
    sources += [s for layer_view in maps for s in boundary_sources(layer_view, store)]
    sources += [store.source(each) for each in sorted(canvas.credited_sources)]
    licences = dict.fromkeys(f"{s.id}: {s.licence}" for s in sources if s.licence)
    return SheetMetadata(
        title=content.title,
        alt=content.alt,
        address=page_url(content, options),
        author=options.office or store.info.title[content.language],
        version=f"{store.info.id} {store.info.version}",
        licence="; ".join(licences),
        language=content.language,
        day=dt.datetime.combine(store.info.reference_date, dt.time(), dt.UTC),
        notes=tuple(canvas.small_print),
    )


def write_sheet(canvas: Canvas, metadata: SheetMetadata, options: SheetOptions) -> bytes:
    """The file, with its metadata."""
    if options.format == "png":
        return _png(canvas, metadata, options)
    return _pdf(canvas, metadata) if options.format == "pdf" else _svg(canvas, metadata)


def _png(canvas: Canvas, metadata: SheetMetadata, options: SheetOptions) -> bytes:
    info = PngInfo()
    fields = {
        "Title": metadata.title,
        "Author": metadata.author,
        "Description": metadata.alt,
        "Copyright": metadata.licence,
        "Creation Time": metadata.day.date().isoformat(),
        "Software": SOFTWARE_NAME,
        "Source": metadata.address,
        "Version": metadata.version,
        "Comment": "\n".join(metadata.notes),
    }
    for name, value in fields.items():
        if value:
            info.add_itxt(name, value, metadata.language)
    return encode_png(canvas, options.pixels(), options.dpi, info)


def _pdf(canvas: Canvas, metadata: SheetMetadata) -> bytes:
    target = io.BytesIO()
    info = {
        "Title": metadata.title,
        "Author": metadata.author,
        "Subject": metadata.alt,
        "Keywords": "; ".join(
            p for p in (metadata.address, metadata.version, metadata.licence) if p
        ),
        "Creator": SOFTWARE_NAME,
        "Producer": "matplotlib",
        "CreationDate": metadata.day,
        "ModDate": metadata.day,
    }
    pages = [canvas, *([_notes_page(canvas, metadata)] if metadata.notes else [])]
    with PdfPages(target, metadata=info) as book:
        for page in pages:
            FigureCanvasPdf(page.figure)
            book.savefig(page.figure, facecolor=page.figure.get_facecolor())
    written = PdfReader(io.BytesIO(target.getvalue()))
    writer = PdfWriter()
    for each in written.pages:
        writer.add_page(each)
    writer.metadata = written.metadata
    write_structure(writer, [page.tags for page in pages], metadata.language)
    tagged = io.BytesIO()
    writer.write(tagged)
    return tagged.getvalue()


def _notes_page(canvas: Canvas, metadata: SheetMetadata) -> Canvas:
    """A page of the same size with the small print."""
    page = Canvas(canvas.width, canvas.height)
    margin, size = 0.06 * canvas.width, 11.0
    step = size * MM_PER_POINT * 1.4
    y = margin
    for number, words in enumerate((metadata.title, *metadata.notes)):
        strong: Weight = "regular" if number else "semibold"
        with page.tagged(Tag("P" if number else "H1")):
            for line in wrap_text(words, size, canvas.width - 2 * margin, strong):
                page.text(margin, y, line, size, weight=strong)
                y += step
        y += 0.3 * step
    return page


def _svg(canvas: Canvas, metadata: SheetMetadata) -> bytes:
    target = io.BytesIO()
    info = {
        "Title": metadata.title,
        "Creator": metadata.author,
        "Description": metadata.alt,
        "Date": metadata.day.date().isoformat(),
        "Source": metadata.address,
        "Identifier": metadata.version,
        "Rights": metadata.licence or None,
        "Language": metadata.language,
        "Format": "image/svg+xml",
        "Type": "http://purl.org/dc/dcmitype/StillImage",
    }
    FigureCanvasSVG(canvas.figure).print_svg(target, metadata=info)
    return _described(compact_svg(target.getvalue().decode()), canvas, metadata).encode()


def _described(svg: str, canvas: Canvas, metadata: SheetMetadata) -> str:
    """The drawing with its fonts inside and a description that screen readers find."""
    faces = "".join(
        font_face_css(weight, frozenset(letters), family)
        for (family, weight), letters in sorted(canvas.used_characters.items())
    )
    start = svg.index("<svg ")
    end = svg.index(">", start)
    head = svg[start:end] + f' role="img" xml:lang="{metadata.language}">'
    inside = f"<desc>{escape(metadata.alt)}</desc><style>{faces}</style>"
    title = svg.index("</title>", end) + len("</title>") if "<title>" in svg else end + 1
    return svg[:start] + head + svg[end + 1 : title] + inside + svg[title:]


# PNG (W3C Portable Network Graphics, 3rd edition): a large page is written strip by strip, so that
# its picture is never whole in memory.

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_COMPRESSION = 5
_STRIP_PIXELS = 12_000_000
"""Pixels drawn at once, about: 48 MB."""
_METRES_PER_INCH = 0.0254


def encode_png(canvas: Canvas, size: tuple[int, int], dpi: int, words: PngInfo) -> bytes:
    """The file.

    Parameters
    ----------
    size
        Width and height, pixels.
    words
        The texts to write into it.
    """
    width, height = size
    per_metre = round(dpi / _METRES_PER_INCH)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [
        _chunk(b"IHDR", header),
        _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
    ]
    chunks += [_chunk(name, data) for name, data, *_ in words.chunks]
    packer = zlib.compressobj(_PNG_COMPRESSION)
    for rows in _strips(canvas, width, height, dpi):
        # Each row begins with the number of its filter: none.
        plain = np.zeros((len(rows), 1 + 3 * width), dtype=np.uint8)
        plain[:, 1:] = rows[:, :, :3].reshape(len(rows), 3 * width)
        chunks.append(_chunk(b"IDAT", packer.compress(plain.tobytes())))
    chunks += [_chunk(b"IDAT", packer.flush()), _chunk(b"IEND", b"")]
    return _PNG_SIGNATURE + b"".join(chunks)


PREVIEW_DPI = 96


def small_picture(canvas: Canvas) -> bytes:
    """A page as a PNG for the screen."""
    size = tuple(round(side / 25.4 * PREVIEW_DPI) for side in (canvas.width, canvas.height))
    return encode_png(canvas, (size[0], size[1]), PREVIEW_DPI, PngInfo())


def _strips(canvas: Canvas, width: int, height: int, dpi: int) -> Iterator[np.ndarray]:
    """Rows of the picture from the top, four colours each.

    A strip's height is a multiple of the side of a hatch's tile, which is an inch, so that hatches
    run on from one into the next.
    """
    # A hair more than whole pixels: matplotlib cuts the rest off.
    canvas.figure.set_size_inches((width + 0.01) / dpi, (height + 0.01) / dpi)
    canvas.figure.set_dpi(dpi)
    tall = max(1, _STRIP_PIXELS // (width * dpi)) * dpi
    above = -(-height // tall) * tall - height
    for bottom in range(height + above - tall, -1, -tall):
        canvas.shift_pixels(-bottom)
        renderer = RendererAgg(width, tall, dpi)
        canvas.figure.draw(renderer)
        rows = np.asarray(renderer.buffer_rgba())
        yield rows[max(0, bottom + tall - height) :]
    canvas.shift_pixels(0)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


# SVG: matplotlib's made small by short numbers, steps for places and outlined words as words.

_TOKEN = re.compile(r"[A-Za-z]|-?\d+(?:\.\d+)?(?:e-?\d+)?")
_PATH = re.compile(r'd="(M[^"]*)"')
_HALO = re.compile(r'<g id="halo-([\d.]+)-\d+">(.*?)</g>', re.DOTALL)
_DRAWN = re.compile(r'<path d="([^"]*)"([^>]*)/>')
_SHARED_FROM = 400
"""Characters from which a path that is drawn several times is kept once."""
_POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3}
_PARTS_OF_A_POINT = 100
"""Parts of a point to which places are rounded: a hundredth is 0.004 mm."""
_SHORTEST_STEP = 20
"""Steps shorter than this are left out: 0.07 mm, half of what can be told apart on paper."""


def compact_svg(svg: str) -> str:
    """The same drawing in about a fifth of the bytes."""
    svg = _PATH.sub(lambda match: f'd="{_shortened(match[1])}"', svg)
    svg = svg.replace('transform="rotate(-0 ', 'transform="rotate(0 ')
    svg = re.sub(r' transform="rotate\(0 [^"]*"', "", svg)
    return _shared(_HALO.sub(_outlined, svg))


def _shared(svg: str) -> str:
    """Long paths that are drawn several times, such as a line and what lies below it, kept once."""
    times = Counter(match[1] for match in _DRAWN.finditer(svg) if len(match[1]) > _SHARED_FROM)
    names = {path: f"line-{i}" for i, path in enumerate(p for p, n in times.items() if n > 1)}
    kept = "".join(f'<path id="{name}" d="{path}"/>' for path, name in names.items())

    def use(match: re.Match[str]) -> str:
        name = names.get(match[1])
        return f'<use xlink:href="#{name}"{match[2]}/>' if name else match[0]

    svg = _DRAWN.sub(use, svg)
    return svg.replace("</svg>", f"<defs>{kept}</defs></svg>") if kept else svg


def _outlined(match: re.Match[str]) -> str:
    """Words of which only the outline is drawn; who reads the drawing aloud skips them."""
    words = re.sub(r"<!--.*?-->\s*", "", match[2], flags=re.DOTALL)
    stroke = f"stroke-width: {match[1]}; stroke-linejoin: round; fill: none; stroke"
    words = re.sub(r"\bfill(?=: #)", stroke, words, count=1)
    return f'<g aria-hidden="true">{words}</g>'


def _shortened(path: str) -> str:
    """A path in steps of hundredths of a point, without those too short to be seen."""
    parts: list[str] = []
    start = here = (0, 0)
    last = ""
    tokens = iter(_TOKEN.findall(path))
    for command in tokens:
        if command == "z":
            parts.append("z")
            here, last = start, ""
            continue
        points = [_point(next(tokens), next(tokens)) for _ in range(_POINTS[command])]
        if command == "M":
            parts.append("M" + _numbers(points, (0, 0)))
            start = here = points[0]
        elif command != "L" or _is_seen(points[0], here):
            # A command that is repeated need not be named again.
            parts.append((" " if command == last else command.lower()) + _numbers(points, here))
            here = points[-1]
        else:
            continue
        last = command
    return "".join(parts).replace(" -", "-")


def _point(x: str, y: str) -> tuple[int, int]:
    return round(float(x) * _PARTS_OF_A_POINT), round(float(y) * _PARTS_OF_A_POINT)


def _is_seen(point: tuple[int, int], start: tuple[int, int]) -> bool:
    return max(abs(point[0] - start[0]), abs(point[1] - start[1])) >= _SHORTEST_STEP


def _numbers(points: list[tuple[int, int]], origin: tuple[int, int]) -> str:
    x, y = origin
    return " ".join([f"{_number(point[0] - x)} {_number(point[1] - y)}" for point in points])


# The steps of a drawing are short, so that the same few thousand numbers come again and again.
@lru_cache(maxsize=1 << 14)
def _number(parts: int) -> str:
    """``1234`` hundredths as ``12.34``, ``-5`` as ``-.05``."""
    shown = f"{parts / _PARTS_OF_A_POINT:.2f}".rstrip("0").rstrip(".")
    return shown.replace("0.", ".", 1) if shown.startswith(("0.", "-0.")) else shown or "0"
