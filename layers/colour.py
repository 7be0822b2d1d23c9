"""Colours in perceptual spaces: OKLab to mix them, CIELAB to measure them.

References: Ottosson, *A perceptual color space for image processing* (2020); IEC 61966-2-1 (sRGB);
CIE 15 (CIELAB, D65).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Linear sRGB to the cone responses of OKLab, and from their cube roots to L, a, b.
_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])


def from_hex(colour: str) -> Floats:
    """``#rrggbb`` as three sRGB components, 0 to 1."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def to_hex(rgb: Floats) -> str:
    """Three sRGB components, clipped to 0…1, as ``#rrggbb``."""
    return "#" + "".join(f"{round(float(c) * 255):02x}" for c in np.clip(rgb, 0, 1))


def linear(rgb: Floats) -> Floats:
    """Undo the transfer curve of sRGB: components, proportional to light."""
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def encoded(light: Floats) -> Floats:
    """The inverse of `linear`, clipped to the gamut."""
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def to_oklab(rgb: Floats) -> Floats:
    """Convert sRGB to OKLab."""
    return np.asarray(_TO_OKLAB @ np.cbrt(_TO_LMS @ linear(rgb)))


def from_oklab(lab: Floats) -> Floats:
    """OKLab to sRGB, clipped to the gamut."""
    cones = np.linalg.solve(_TO_OKLAB, lab) ** 3
    return encoded(np.linalg.solve(_TO_LMS, cones))


def to_cielab(rgb: Floats) -> Floats:
    """Convert sRGB to CIELAB under D65; the first component is lightness, 0 to 100."""
    ratio = _TO_XYZ @ linear(rgb) / _WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def lightness(colour: str) -> float:
    """CIELAB lightness of ``#rrggbb``, 0 (black) to 100 (white)."""
    return float(to_cielab(from_hex(colour))[0])


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours by WCAG 2.2, 1 to 21."""
    weights = _TO_XYZ[1]
    light = sorted(float(weights @ linear(from_hex(c))) for c in (one, other))
    return (light[1] + 0.05) / (light[0] + 0.05)
