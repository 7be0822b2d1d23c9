"""Cells of a registered raster as colours, and the legend of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.i18n import Language
from geodata.rasters.hillshade import hillshade
from geodata.rasters.raster_layer import RasterLayer, RasterStyle
from layers.colour import from_hex
from layers.formatting import capitalise, fewest_decimals, format_number
from layers.palettes import QUALITATIVE_COLOURS, ramp_colours
from layers.rasters.raster_choice import RasterChoice

Pixels = npt.NDArray[np.uint8]

_RAMP_PALETTE = "earths"
_STEPS = 64
_LEGEND_STEPS = 5
HILLSHADE_OPACITY = 50
_DEFAULT_OPACITY: dict[RasterStyle, int] = {
    "hillshade": HILLSHADE_OPACITY,
    "classes": 80,
    "ramp": 80,
}
_SIGNIFICANT = 3


@dataclass(frozen=True, slots=True)
class RasterLegendRow:
    """A class, or a value on the colour ramp."""

    label: str
    colour: str


def opacity_of(layer: RasterLayer, choice: RasterChoice) -> int:
    """The opacity of a raster, per cent: what the address says, else that of its style."""
    return _DEFAULT_OPACITY[layer.style] if choice.opacity is None else choice.opacity


def is_multiplied(layer: RasterLayer) -> bool:
    """Whether its colours are multiplied with those below rather than laid over them."""
    return layer.style == "hillshade"


def raster_pixels(
    layer: RasterLayer, cells: npt.NDArray[np.float64], ground: float | npt.NDArray[np.float64]
) -> Pixels:
    """The colours of cells.

    Parameters
    ----------
    cells
        Shape (rows, columns), rows from the north; not a number where there is none.
    ground
        Side of a cell on the ground, metres.

    Returns
    -------
    ndarray of uint8, shape (rows, columns, 4)
        Red, green, blue and opacity, which is 0 where there is no value and for codes that mean
        nothing. Of elevations the grey of their hillshade.
    """
    if layer.style == "hillshade":
        return hillshade_pixels(cells, ground, layer.z_factor)
    pixels = np.zeros((*cells.shape, 4), np.uint8)
    known = ~np.isnan(cells)
    if layer.style == "classes":
        known = np.zeros(cells.shape, dtype=bool)
        for code, colour in class_colours(layer).items():
            here = cells == code
            pixels[here, :3] = _rgb(colour)
            known |= here
    else:
        colours = np.array([_rgb(each) for each in ramp_colours(_RAMP_PALETTE, _STEPS)], np.uint8)
        share = (np.nan_to_num(cells) - layer.low) / (layer.high - layer.low)
        pixels[..., :3] = colours[np.round(np.clip(share, 0, 1) * (_STEPS - 1)).astype(int)]
    pixels[..., 3] = np.where(known, 255, 0)
    pixels[~known, :3] = 0
    return pixels


def hillshade_pixels(
    elevation: npt.NDArray[np.float64],
    ground: float | npt.NDArray[np.float64],
    z_factor: float = 1.0,
) -> Pixels:
    """The grey of the light on a surface, to be multiplied with what lies below.

    Parameters
    ----------
    elevation, ground, z_factor
        As of `geodata.rasters.hillshade.hillshade`.
    """
    known = ~np.isnan(elevation)
    light = hillshade(elevation, ground, z_factor)
    pixels = np.zeros((*elevation.shape, 4), np.uint8)
    pixels[..., :3] = np.round(np.nan_to_num(light) * 255)[..., None]
    pixels[..., 3] = np.where(known, 255, 0)
    pixels[~known, :3] = 0
    return pixels


def printed_pixels(layer: RasterLayer, pixels: Pixels, opacity: int) -> Pixels:
    """The colours of cells as they lie on paper, where nothing blends by itself.

    Black with an opacity of 1 - g over a colour c gives g·c: what multiplying with the grey g
    gives. So the multiplication is exact in every format, one without blend modes too.

    Parameters
    ----------
    pixels
        As `raster_pixels` gives them.
    opacity
        Per cent.
    """
    if is_multiplied(layer):
        return multiplied_pixels(pixels, opacity)
    printed = pixels.copy()
    printed[..., 3] = np.round(pixels[..., 3].astype(float) * opacity / 100)
    return printed


def multiplied_pixels(greys: Pixels, opacity: int = HILLSHADE_OPACITY) -> Pixels:
    """Greys as black of the opposite opacity; see `printed_pixels`."""
    printed = np.zeros_like(greys)
    dark = (255 - greys[..., 0].astype(float)) * greys[..., 3] / 255
    printed[..., 3] = np.round(dark * opacity / 100)
    return printed


def class_colours(layer: RasterLayer) -> dict[int, str]:
    """The colour of each class; those that neither preset nor file names are the portal's own."""
    own = [*QUALITATIVE_COLOURS.values()]
    return {
        each.code: each.colour or own[number % len(own)]
        for number, each in enumerate(layer.classes)
    }


def raster_legend(layer: RasterLayer, language: Language) -> tuple[RasterLegendRow, ...]:
    """What its colours mean; empty for a hillshade."""
    if layer.style == "classes":
        colours = class_colours(layer)
        return tuple(
            RasterLegendRow(capitalise(each.name[language]), colours[each.code])
            for each in layer.classes
        )
    if layer.style == "hillshade":
        return ()
    values = [float(each) for each in np.linspace(layer.low, layer.high, _LEGEND_STEPS)]
    colours_of = ramp_colours(_RAMP_PALETTE, _LEGEND_STEPS)
    return tuple(
        RasterLegendRow(value_text(layer, value, language), colour)
        for value, colour in zip(values, colours_of, strict=True)
    )


def value_text(layer: RasterLayer, value: float, language: Language) -> str:
    """A value with its unit, or the name of its class."""
    if layer.categorical:
        found = layer.class_of(value)
        return capitalise(found.name[language]) if found else f"{value:g}"
    size = math.floor(math.log10(abs(value))) if value else 0
    decimals = fewest_decimals([round(value, 6)], max(0, _SIGNIFICANT - 1 - size))
    number = format_number(value, decimals, language)
    return f"{number}\u00a0{layer.unit}" if layer.unit else number


def _rgb(colour: str) -> list[int]:
    return [round(float(part) * 255) for part in from_hex(colour)]
