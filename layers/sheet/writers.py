"""A drawn page as PNG, PDF or SVG. No clock is asked: dates are the dataset's.

matplotlib's settings are global to a process, so the four a file depends on are set once, here.
"""

from __future__ import annotations

import io
from html import escape

import matplotlib as mpl
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from PIL.PngImagePlugin import PngInfo

from layers.sheet.canvas import Canvas
from layers.sheet.fonts import Weight, font_face_css
from layers.sheet.metadata import SheetMetadata
from layers.sheet.options import SheetOptions
from layers.sheet.png import encode_png
from layers.sheet.svg import compact_svg

# Words stay words: TrueType in PDF, text elements in SVG; ids of SVG parts are always the same.
mpl.rcParams["pdf.fonttype"] = 42
mpl.rcParams["svg.fonttype"] = "none"
mpl.rcParams["svg.hashsalt"] = "sheet"
# Letters as wide as they were measured, at any resolution.
mpl.rcParams["text.hinting"] = "no_hinting"

SOFTWARE_NAME = "commune-indicator-portal"


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
    FigureCanvasPdf(canvas.figure).print_pdf(target, metadata=info)
    return target.getvalue()


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
        _face(weight, letters) for weight, letters in canvas.used_characters.items() if letters
    )
    start = svg.index("<svg ")
    end = svg.index(">", start)
    head = svg[start:end] + f' role="img" xml:lang="{metadata.language}">'
    inside = f"<desc>{escape(metadata.alt)}</desc><style>{faces}</style>"
    title = svg.index("</title>", end) + len("</title>") if "<title>" in svg else end + 1
    return svg[:start] + head + svg[end + 1 : title] + inside + svg[title:]


def _face(weight: Weight, letters: set[str]) -> str:
    return font_face_css(weight, frozenset(letters))
