"""A small diagram of predecessors flowing into their successor, as inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geodata.i18n import Language
from geodata.succession.lineage import LineageStep
from layers.formatting import format_percent
from portal.translations import translate

WIDTH = 640.0
_ROW = 30.0
_LABEL = 235.0  # width of the names on either side
_MIN_HEIGHT = 3.0  # height of the thinnest band, so that none vanishes
_MAX_HEIGHT = 22.0


def sankey_diagram(
    parts: Sequence[LineageStep], name: str, language: Language
) -> dict[str, Any] | None:
    """Bands from every predecessor to the unit, as high as the part they bring.

    The parts are those by population, else by area. Where some are not known, their bands share
    what the others leave, and are marked. None where the unit was formed from itself alone.

    Returns
    -------
    dict
        ``width`` and ``height`` in pixels, ``bands`` (path, text, its position, whether its share
        is known) and ``label``, the diagram in words.
    """
    if len(parts) < 2:
        return None
    shares = [_share(part) for part in parts]
    unknown = sum(share is None for share in shares)
    left = (1 - sum(share or 0 for share in shares)) / max(unknown, 1)
    height = _ROW * len(parts)
    thick = _MAX_HEIGHT * len(parts) * 0.8
    top = (height - thick) / 2
    bands, words = [], []
    for row, (part, known) in enumerate(zip(parts, shares, strict=True)):
        middle = _ROW * row + _ROW / 2
        share = left if known is None else known
        size = max(_MIN_HEIGHT, thick * share)
        own = min(size, _MAX_HEIGHT) / 2
        shown = "" if known is None else format_percent(100 * known, language)
        bands.append(
            {
                "path": _band((middle - own, middle + own), (top, top + thick * share)),
                "text": part.old.full_name[language],
                "share": shown or translate("mergers.unknown_part", language),
                "known": known is not None,
                "y": round(middle, 1),
            }
        )
        words.append(
            f"{part.old.full_name[language]} {shown or translate('mergers.unknown_part', language)}"
        )
        top += thick * share
    label = translate("unit.flow", language, name=name, parts="; ".join(words))
    return {
        "width": WIDTH,
        "height": height,
        "left": _LABEL,
        "right": WIDTH - _LABEL,
        "middle": round(height / 2, 1),
        "bands": bands,
        "name": name,
        "label": label,
    }


def _share(part: LineageStep) -> float | None:
    return next((part.of_new[w] for w in ("population", "area") if w in part.of_new), None)


def _band(left: tuple[float, float], right: tuple[float, float]) -> str:
    """A band between two heights on either side, curved like a river."""
    x0, x1 = _LABEL + 8, WIDTH - _LABEL - 8
    mid = (x0 + x1) / 2
    (a, b), (c, d) = left, right
    return (
        f"M{x0:.0f} {a:.1f}C{mid:.0f} {a:.1f} {mid:.0f} {c:.1f} {x1:.0f} {c:.1f}"
        f"L{x1:.0f} {d:.1f}C{mid:.0f} {d:.1f} {mid:.0f} {b:.1f} {x0:.0f} {b:.1f}Z"
    )
