"""Making matplotlib's SVG small: short numbers, steps for places, outlined words as words."""

from __future__ import annotations

import re
from collections import Counter

_TOKEN = re.compile(r"[A-Za-z]|-?\d+(?:\.\d+)?(?:e-?\d+)?")
_PATH = re.compile(r'd="(M[^"]*)"')
_HALO = re.compile(r'<g id="halo-([\d.]+)-\d+">(.*?)</g>', re.DOTALL)
_DRAWN = re.compile(r'<path d="([^"]*)"([^>]*)/>')
_LONG = 400
_POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3}
_PARTS = 100
"""Parts of a point to which places are rounded: a hundredth is 0.004 mm."""
_SHORTEST = 20
"""Steps shorter than this are left out: 0.07 mm, half of what can be told apart on paper."""


def compact_svg(svg: str) -> str:
    """The same drawing in about a fifth of the bytes."""
    svg = _PATH.sub(lambda match: f'd="{_shortened(match[1])}"', svg)
    svg = svg.replace('transform="rotate(-0 ', 'transform="rotate(0 ')
    svg = re.sub(r' transform="rotate\(0 [^"]*"', "", svg)
    return _shared(_HALO.sub(_outlined, svg))


def _shared(svg: str) -> str:
    """Long paths that are drawn several times, such as a line and what lies below it, kept once."""
    times = Counter(match[1] for match in _DRAWN.finditer(svg) if len(match[1]) > _LONG)
    names = {path: f"line-{i}" for i, path in enumerate(p for p, n in times.items() if n > 1)}
    kept = "".join(f'<path id="{name}" d="{path}"/>' for path, name in names.items())

    def use(match: re.Match[str]) -> str:
        name = names.get(match[1])
        return f'<use xlink:href="#{name}"{match[2]}/>' if name else match[0]

    svg = _DRAWN.sub(use, svg)
    return svg.replace("</svg>", f"<defs>{kept}</defs></svg>") if kept else svg


def halo_id(width: float, number: int) -> str:
    """The id of words that are drawn as an outline of ``width`` points."""
    return f"halo-{width:g}-{number}"


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
        points = [
            (round(float(next(tokens)) * _PARTS), round(float(next(tokens)) * _PARTS))
            for _ in range(_POINTS[command])
        ]
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


def _is_seen(point: tuple[int, int], start: tuple[int, int]) -> bool:
    return max(abs(point[0] - start[0]), abs(point[1] - start[1])) >= _SHORTEST


def _numbers(points: list[tuple[int, int]], origin: tuple[int, int]) -> str:
    steps = [value - start for point in points for value, start in zip(point, origin, strict=True)]
    return " ".join(_number(step) for step in steps)


def _number(parts: int) -> str:
    """``1234`` hundredths as ``12.34``, ``-5`` as ``-.05``."""
    shown = f"{parts / _PARTS:.2f}".rstrip("0").rstrip(".")
    return shown.replace("0.", ".", 1) if shown.startswith(("0.", "-0.")) else shown or "0"
