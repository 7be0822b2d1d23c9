"""Every mark of a sheet stands where it stood: what pictures of a hundred dots an inch blur.

Run with ``SHEET_GOLDEN=write`` to write the lists anew, and look at the sheets before committing.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib.artist import Artist
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch
from werkzeug.datastructures import MultiDict

from geodata.store import Store
from layers.sheet import SheetOptions, render_content
from layers.sheet.canvas import Canvas
from portal.export.sheets import SHEETS
from portal.parameters.reader import read_parameters

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parent / "golden" / "marks"
CASES: dict[str, tuple[str, dict[str, str], dict[str, object]]] = {
    "sheet": ("sheet", {"indicator": "population_density"}, {"graticule": True}),
    "half-page-bw": (
        "sheet", {"indicator": "population", "places": "school,tourist_site", "lang": "en"},
        {"preset": "half-page", "bw": True, "office": "Uỷ ban nhân dân", "note": "Ghi chú"},
    ),
    "slide": ("sheet", {"indicator": "population"}, {"preset": "slide", "public_url": "https://x"}),
    "bare": ("sheet", {"indicator": "population_density"}, {"preset": "square", "bare": True}),
    "category": ("sheet", {"indicator": "difficulty_area"}, {"preset": "a4-portrait"}),
    "pair": ("pair", {"indicator": "population_density"}, {}),
    "multiples": (
        "multiples", {"indicator": "population", "indicators": "population,population_density"},
        {"preset": "a4-portrait"},
    ),
    "difference": (
        "difference", {"indicator": "population_density", "measure": "relative", "lang": "en"},
        {"preset": "a3-portrait"},
    ),
    "symbols-of-old-units": (
        "sheet", {"indicator": "population", "date": "2025-06-30", "style": "symbols"},
        {"preset": "a3-landscape", "graticule": True},
    ),
    "isolated-class": (
        "sheet", {"indicator": "population_density", "isolate": "334.5", "classes": "4",
                  "scheme": "equal_interval"},
        {"preset": "half-page"},
    ),
    "colours-per-period": (
        "multiples", {"indicator": "population_density", "class_basis": "all_periods"},
        {"preset": "slide", "bw": True},
    ),
}  # fmt: skip
# Widths of type differ a little between versions of what sets it.
NEAR_MM = 0.25
_NUMBER = re.compile(r"-?\d+\.\d\d")


def mark(canvas: Canvas, artist: Artist) -> str:
    """One line: where and how something is drawn; mm, points."""
    x, y = canvas._origin
    if isinstance(artist, PathPatch):
        box = artist.get_path().get_extents()
        place = (box.x0 + x, box.y0 + y, box.x1 + x, box.y1 + y, artist.get_linewidth())
        words = (to_hex(artist.get_facecolor(), True), artist.get_hatch() or "-")
        clipped = "-" if canvas._clip is None else "clipped"
        return " ".join(["path", *(f"{each + 0.0:.2f}" for each in place), *words, clipped])
    left, base = artist.get_position()
    place = (left + x, base + y, artist.get_fontsize())
    numbers = " ".join(f"{each:.2f}" for each in place)
    return f"text {numbers} {artist.get_ha()} {to_hex(artist.get_color())} {artist.get_text()!r}"


@pytest.fixture
def marks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The marks of what is drawn, in order."""
    drawn: list[str] = []
    add = Canvas._add

    def noted(canvas: Canvas, artist: Artist) -> None:
        drawn.append(mark(canvas, artist))
        add(canvas, artist)

    monkeypatch.setattr(Canvas, "_add", noted)
    return drawn


def agree(one: str, other: str) -> bool:
    """Whether two marks are the same but for a quarter of a millimetre."""
    pairs = zip(_NUMBER.findall(one), _NUMBER.findall(other), strict=False)
    alike = _NUMBER.sub("n", one) == _NUMBER.sub("n", other)
    return alike and all(abs(float(a) - float(b)) <= NEAR_MM for a, b in pairs)


@pytest.mark.parametrize("name", CASES)
def test_every_mark_of_a_sheet_stands_where_it_stood(
    name: str, marks: list[str], lam_khe_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, query, options = CASES[name]
    info = replace(lam_khe_store.info, version="0123456789ab")
    monkeypatch.setattr(lam_khe_store, "info", info)
    params = read_parameters(SHEETS[kind].parameters, MultiDict(query))
    content = SHEETS[kind].show(params, lam_khe_store)
    render_content(content, lam_khe_store, SheetOptions(dpi=96, **options))
    path = FOLDER / f"{name}.txt"
    if os.environ.get("SHEET_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(marks) + "\n", encoding="utf-8")
    wanted = path.read_text(encoding="utf-8").splitlines()
    moved = [pair for pair in zip(wanted, marks, strict=False) if not agree(*pair)]
    assert (moved, len(marks)) == ([], len(wanted))
