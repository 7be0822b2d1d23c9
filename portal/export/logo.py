"""A reader's logo: a small picture that is read, checked and made anew before anything uses it."""

from __future__ import annotations

import io
import struct
import warnings
import zlib

from PIL import Image, ImageOps

from geodata.errors import InvalidInput
from geodata.i18n import Message
from portal.http_errors import TooLarge

FIELD = "logo"
MAX_BYTES = 1_000_000
MAX_LOGO_PIXELS = 4_000_000
MIN_SIDE = 16
_FORMATS = ("PNG", "JPEG")
_MAX_SIDE = 700
"""Longest side of what is kept, pixels: 30 mm at 600 dpi."""
_DECODE_ERRORS = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)
_DECOMPRESSION_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def read_logo(content: bytes) -> bytes:
    """A logo as a small PNG without anything but its picture; nothing for nothing.

    Parameters
    ----------
    content
        A file as it was sent; its name and its stated type are not asked.

    Raises
    ------
    TooLarge
        It has more than `MAX_BYTES` bytes or `MAX_LOGO_PIXELS` pixels.
    InvalidInput
        It is no whole PNG or JPEG, or smaller than `MIN_SIDE`.
    """
    if not content:
        return b""
    if len(content) > MAX_BYTES:
        raise too_large()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=_FORMATS)
            # Only the header has been read: what would unfold too far is not unfolded.
            _check_size(*picture.size)
            picture.load()
    except _DECOMPRESSION_BOMBS as error:
        raise _too_many_pixels("") from error
    except _DECODE_ERRORS as error:
        raise _unreadable() from error
    return _reencode(picture)


def _reencode(picture: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail((_MAX_SIDE, _MAX_SIDE), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    upright.save(target, "PNG")
    return target.getvalue()


def too_large() -> TooLarge:
    """The refusal of a file with too many bytes."""
    most = MAX_BYTES // 1_000_000
    return TooLarge(
        Message("The logo's file is too large"),
        allowed=Message("at most {most} MB", most=most),
        remedy=Message("Make the picture smaller and send it again"),
        where=FIELD,
    )


def _too_many_pixels(found: str) -> TooLarge:
    most = MAX_LOGO_PIXELS // 1_000_000
    return TooLarge(
        Message("The logo has too many pixels"),
        found=found,
        allowed=Message("at most {most} million pixels", most=most),
        remedy=Message("Make the picture smaller and send it again"),
        where=FIELD,
    )


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_LOGO_PIXELS:
        raise _too_many_pixels(f"{width} × {height}")
    if min(width, height) < MIN_SIDE:
        raise InvalidInput(
            Message("The logo is too small"),
            found=f"{width} × {height}",
            allowed=Message("at least {min_side} pixels a side", min_side=MIN_SIDE),
            where=FIELD,
        )  # fmt: skip


def _unreadable() -> InvalidInput:
    return InvalidInput(
        Message("The logo cannot be read"),
        allowed=_FORMATS,
        remedy=Message("Send a whole PNG or JPEG picture; SVG cannot be used"),
        where=FIELD,
    )
