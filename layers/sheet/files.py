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

from layers.sheet.fonts import Weight, font_face
from layers.sheet.metadata import Metadata
from layers.sheet.options import SheetOptions
from layers.sheet.paper import Paper
from layers.sheet.png import png
from layers.sheet.svg import compact

# Words stay words: TrueType in PDF, text elements in SVG; ids of SVG parts are always the same.
mpl.rcParams["pdf.fonttype"] = 42
mpl.rcParams["svg.fonttype"] = "none"
mpl.rcParams["svg.hashsalt"] = "sheet"
# Letters as wide as they were measured, at any resolution.
mpl.rcParams["text.hinting"] = "no_hinting"

MADE_WITH = "commune-indicator-portal"


def write(paper: Paper, words: Metadata, options: SheetOptions) -> bytes:
    """The file, with its metadata."""
    if options.format == "png":
        return _png(paper, words, options)
    return _pdf(paper, words) if options.format == "pdf" else _svg(paper, words)


def _png(paper: Paper, words: Metadata, options: SheetOptions) -> bytes:
    info = PngInfo()
    fields = {
        "Title": words.title,
        "Author": words.author,
        "Description": words.alt,
        "Copyright": words.licence,
        "Creation Time": words.day.date().isoformat(),
        "Software": MADE_WITH,
        "Source": words.address,
        "Version": words.version,
    }
    for name, value in fields.items():
        if value:
            info.add_itxt(name, value, words.language)
    return png(paper, options.pixels(), options.dpi, info)


def _pdf(paper: Paper, words: Metadata) -> bytes:
    target = io.BytesIO()
    info = {
        "Title": words.title,
        "Author": words.author,
        "Subject": words.alt,
        "Keywords": "; ".join(p for p in (words.address, words.version, words.licence) if p),
        "Creator": MADE_WITH,
        "Producer": "matplotlib",
        "CreationDate": words.day,
        "ModDate": words.day,
    }
    FigureCanvasPdf(paper.figure).print_pdf(target, metadata=info)
    return target.getvalue()


def _svg(paper: Paper, words: Metadata) -> bytes:
    target = io.BytesIO()
    info = {
        "Title": words.title,
        "Creator": words.author,
        "Description": words.alt,
        "Date": words.day.date().isoformat(),
        "Source": words.address,
        "Identifier": words.version,
        "Rights": words.licence or None,
        "Language": words.language,
        "Format": "image/svg+xml",
        "Type": "http://purl.org/dc/dcmitype/StillImage",
    }
    FigureCanvasSVG(paper.figure).print_svg(target, metadata=info)
    return _described(compact(target.getvalue().decode()), paper, words).encode()


def _described(svg: str, paper: Paper, words: Metadata) -> str:
    """The drawing with its fonts inside and a description that screen readers find."""
    faces = "".join(_face(weight, letters) for weight, letters in paper.written.items() if letters)
    start = svg.index("<svg ")
    end = svg.index(">", start)
    head = svg[start:end] + f' role="img" xml:lang="{words.language}">'
    inside = f"<desc>{escape(words.alt)}</desc><style>{faces}</style>"
    title = svg.index("</title>", end) + len("</title>") if "<title>" in svg else end + 1
    return svg[:start] + head + svg[end + 1 : title] + inside + svg[title:]


def _face(weight: Weight, letters: set[str]) -> str:
    return font_face(weight, frozenset(letters))
