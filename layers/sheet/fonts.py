"""Be Vietnam Pro from its package: files for matplotlib, widths for the layout, subsets for SVG.

What it has no glyph for, as a reader's ✓ or α, is set in the font that comes with matplotlib.
"""

from __future__ import annotations

import unicodedata
from base64 import b64encode
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Literal

import fontpkg
import matplotlib as mpl
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontProperties

from layers.sheet.layout_block import MM_PER_POINT

Weight = Literal["regular", "semibold"]
FAMILY = "Be Vietnam Pro"
WEIGHTS: dict[Weight, int] = {"regular": 400, "semibold": 600}
FALLBACK_FAMILY = "DejaVu Sans"
_FALLBACK_FILES: dict[Weight, str] = {
    "regular": "DejaVuSans.ttf",
    "semibold": "DejaVuSans-Bold.ttf",
}
_UNKNOWN = "?"


@lru_cache(maxsize=8)
def font_path(weight: Weight, family: str = FAMILY) -> str:
    """The file of a weight."""
    if family == FALLBACK_FAMILY:
        return str(Path(mpl.get_data_path()) / "fonts" / "ttf" / _FALLBACK_FILES[weight])
    return str(fontpkg.path(FAMILY, WEIGHTS[weight]))


@lru_cache(maxsize=4)
def _advances(weight: Weight, family: str = FAMILY) -> dict[str, float]:
    """Width of every character, in parts of the size of type."""
    with TTFont(font_path(weight, family)) as font:
        widths, per_em = font["hmtx"].metrics, font["head"].unitsPerEm
        return {chr(c): widths[name][0] / per_em for c, name in font.getBestCmap().items()}


def replace_missing_glyphs(text: str) -> str:
    """``text`` in NFC with what no font here can show as question marks."""
    known = _advances("regular")
    composed = unicodedata.normalize("NFC", text)
    return "".join(c if c in known or _in_fallback(c) else _UNKNOWN for c in composed)


def _in_fallback(character: str) -> bool:
    # The emptiness of a control character is no glyph.
    return character.isprintable() and character in _advances("regular", FALLBACK_FAMILY)


def split_by_font(text: str) -> list[tuple[str, str]]:
    """The stretches of a text that one font shows, each with that font's family."""
    known = _advances("regular")
    parts = groupby(text, lambda c: FAMILY if c in known else FALLBACK_FAMILY)
    return [(family, "".join(found)) for family, found in parts]


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: Weight = "regular") -> float:
    """Width of one line, mm, for ``size`` in points; kerning is left out of account."""
    known = _advances(weight)
    return sum(known[c] if c in known else _width_elsewhere(c, weight) for c in text) * (
        size * MM_PER_POINT
    )


def _width_elsewhere(character: str, weight: Weight) -> float:
    unknown = _advances(weight)[_UNKNOWN]
    return _advances(weight, FALLBACK_FAMILY).get(character, unknown)


def font_properties(weight: Weight, size: float, family: str = FAMILY) -> FontProperties:
    """The font as matplotlib takes it: the file itself, under the name other programs know."""
    path = font_path(weight, family)
    return FontProperties(family=family, weight=WEIGHTS[weight], size=size, fname=path)


def wrap_text(
    text: str, size: float, width: float, weight: Weight = "regular", max_lines: int = 0
) -> list[str]:
    """``text`` in lines no wider than ``width`` (mm).

    Parameters
    ----------
    max_lines
        Largest number of lines; what is left over ends in an ellipsis. 0 is any number.
    """
    lines: list[str] = []
    for word in _pieces(text, size, width, weight):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if max_lines and len(lines) > max_lines:
        lines = [
            *lines[: max_lines - 1],
            truncate_text(" ".join(lines[max_lines - 1 :]), size, width, weight),
        ]
    return lines


def truncate_text(text: str, size: float, width: float, weight: Weight = "regular") -> str:
    """``text`` cut, with an ellipsis, to what fits."""
    if text_width(text, size, weight) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = text_width(text[:middle].rstrip() + "…", size, weight) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip() + "…"


def _pieces(text: str, size: float, width: float, weight: Weight) -> list[str]:
    """The words of a text; those wider than a line (addresses) cut into pieces that fit."""
    pieces = []
    for word in replace_missing_glyphs(text).split(" "):
        rest = word
        while rest and text_width(rest, size, weight) > width:
            cut = max(1, int(len(rest) * width / text_width(rest, size, weight)))
            while cut > 1 and text_width(rest[:cut], size, weight) > width:
                cut -= 1
            # An address is cut where one of its parts ends.
            mark = max(rest.rfind(sign, 0, cut) for sign in "&?/")
            cut = mark + 1 if mark > 0.4 * cut else cut
            pieces.append(rest[:cut])
            rest = rest[cut:]
        if rest:
            pieces.append(rest)
    return pieces


def font_face_css(weight: Weight, characters: frozenset[str], family: str = FAMILY) -> str:
    """A CSS ``@font-face`` that carries the characters used, as WOFF2."""
    options = Options(flavor="woff2", recalc_timestamp=False, layout_features=["kern", "mark"])
    options.drop_tables += ["DSIG"]
    with TTFont(font_path(weight, family), recalcTimestamp=False) as font:
        chosen = Subsetter(options)
        chosen.populate(text="".join(sorted(characters)))
        chosen.subset(font)
        font.flavor = "woff2"
        target = BytesIO()
        font.save(target, reorderTables=True)
    data = b64encode(target.getvalue()).decode()
    return (
        f'@font-face{{font-family:"{family}";font-weight:{WEIGHTS[weight]};'
        f'src:url("data:font/woff2;base64,{data}") format("woff2")}}'
    )
