"""The rasters that an address names, each with its opacity."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.locale_numbers import plain_integer
from geodata.rasters.raster_id import RASTER_ID

MOST_RASTERS = 3
_FULL = 100


@dataclass(frozen=True, slots=True)
class RasterChoice:
    """A registered raster drawn over the fills of the units and under their lines.

    Parameters
    ----------
    id
        As it was registered.
    opacity
        Per cent; None for what its style has by default.
    """

    id: str
    opacity: int | None = None


def read_raster_choices(text: str) -> tuple[RasterChoice, ...]:
    """Rasters from the lowest to the uppermost: ``land_cover:60,relief``.

    Whether there are such rasters is not asked: that is known where they are drawn.

    Raises
    ------
    InvalidInput
        An id or an opacity cannot be one, or too many are named.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    chosen = tuple(_choice(part, text) for part in parts)
    if len(chosen) > MOST_RASTERS or len({each.id for each in chosen}) < len(chosen):
        raise _not_allowed(text)
    return chosen


def format_raster_choices(chosen: tuple[RasterChoice, ...]) -> str:
    """The reverse of `read_raster_choices`."""
    return ",".join(
        each.id if each.opacity is None else f"{each.id}:{each.opacity}" for each in chosen
    )


def _choice(part: str, text: str) -> RasterChoice:
    name, has_opacity, opacity = part.partition(":")
    if not RASTER_ID.fullmatch(name):
        raise _not_allowed(text)
    if not has_opacity:
        return RasterChoice(name)
    per_cent = plain_integer(opacity)
    if per_cent is None or per_cent > _FULL:
        raise _not_allowed(text)
    return RasterChoice(name, per_cent)


def _not_allowed(found: str) -> InvalidInput:
    return InvalidInput(
        Message("Value not allowed"),
        found=found,
        allowed=Message(
            "ids of at most {most} registered rasters, each once, with commas between, and their "
            "opacity in per cent: land_cover:60,relief",
            most=MOST_RASTERS,
        ),
        where="rasters",
    )
