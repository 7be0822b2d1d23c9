"""Sheets look as they did: small grey pictures compared with a tolerance.

Run with ``SHEET_GOLDEN=write`` to make the pictures anew, and look at them before committing.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from geodata.store import Store
from layers.sheet import PRESETS

FOLDER = Path(__file__).parent / "golden"
BINH_LU = "03390-20250701"
OLD = {"indicator": "population_density", "level": "commune", "date": "2020-02-01"}
CASES: dict[str, tuple[dict[str, str], dict[str, object]]] = {
    **{preset: ({}, {"preset": preset}) for preset in PRESETS},
    "bw-106-units": (OLD, {"preset": "a4-portrait", "bw": True, "graticule": True}),
    "symbols-english": ({"indicator": "population", "lang": "en"}, {"preset": "square"}),
    "one-unit": ({}, {"preset": "half-page", "extent": BINH_LU}),
    "no-data": ({"indicator": "forest_cover_rate", "period": "2011"}, {"preset": "half-page"}),
}


def small(content: bytes) -> Image.Image:
    """A sheet at half its size in 16 greys, which is what is kept."""
    picture = Image.open(io.BytesIO(content)).convert("L")
    half = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX)
    return half.point(lambda level: level // 16 * 17)


@pytest.mark.parametrize("name", CASES)
def test_a_sheet_looks_as_it_did(name: str, make, lai_chau_store: Store) -> None:
    query, options = CASES[name]
    found = small(make(query, dpi=96, public_url="https://map.example", **options))
    path = FOLDER / f"{name}.png"
    if os.environ.get("SHEET_GOLDEN") == "write":
        found.save(path, optimize=True, bits=4)
    wanted = Image.open(path).convert("L")
    assert found.size == wanted.size
    difference = np.abs(np.asarray(found, dtype=int) - np.asarray(wanted, dtype=int))
    assert difference.mean() < 2.5
    assert (difference > 96).mean() < 0.01


def test_the_pictures_kept_are_few_and_small() -> None:
    kept = list(FOLDER.glob("*.png"))
    assert {path.stem for path in kept} == set(CASES)
    assert len(kept) < 12
    assert all(path.stat().st_size < 60_000 for path in kept)
