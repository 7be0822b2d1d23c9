"""Cells of a raster have the colours of its legend, and what has no value is clear."""

from __future__ import annotations

from types import SimpleNamespace as Some

import numpy as np
import pytest

from geodata.i18n import Text
from layers.colour import from_hex
from layers.rasters.raster_colours import class_colours, raster_legend, raster_pixels

NAN = np.nan


def raster(style: str, **more: object) -> Some:
    return Some(
        **{
            "style": style,
            "low": 100.0,
            "high": 300.0,
            "classes": (),
            "unit": "m",
            "categorical": False,
        }
        | more
    )


FOREST = Some(code=1, name=Text("rừng", "forest"), colour="#336600")
WATER = Some(code=3, name=Text("mặt nước", "water"), colour="")


def test_a_cell_of_a_class_has_its_colour_and_every_other_code_is_clear() -> None:
    layer = raster("classes", classes=(FOREST, WATER))
    cells = np.array([[1.0, 3.0], [2.0, NAN]])
    pixels = raster_pixels(layer, cells, 30.0)
    own = class_colours(layer)
    assert pixels[0, 0].tolist() == [0x33, 0x66, 0x00, 255]
    assert pixels[0, 1].tolist() == [round(255 * part) for part in from_hex(own[3])] + [255]
    assert not pixels[1].any()
    rows = raster_legend(layer, "vi")
    assert [(row.label, row.colour) for row in rows] == [("Rừng", "#336600"), ("Mặt nước", own[3])]


def test_a_value_has_the_colour_of_its_place_between_the_ends_of_the_ramp() -> None:
    layer = raster("ramp")
    cells = np.array([[100.0, 200.0, 300.0, 50.0, 400.0, NAN]])
    low, middle, high, below, above, missing = raster_pixels(layer, cells, 30.0)[0].tolist()
    assert below == low != middle != high == above
    assert [pixel[3] for pixel in (low, middle, high)] == [255] * 3
    assert missing == [0, 0, 0, 0]
    rows = raster_legend(layer, "vi")
    ends = [[round(255 * part) for part in from_hex(row.colour)] for row in (rows[0], rows[-1])]
    assert [low[:3], high[:3]] == ends


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_hillshade_has_no_legend_and_is_grey(language) -> None:
    layer = raster("hillshade", z_factor=1.0)
    assert raster_legend(layer, language) == ()
    cells = np.array([[100.0, 130.0, NAN]] * 3)
    pixels = raster_pixels(layer, cells, 30.0)
    assert (pixels[..., 0] == pixels[..., 1]).all()
    assert not pixels[:, 2, 3].any()
