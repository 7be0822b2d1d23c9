"""A drawn page as PNG; a large one strip by strip, so that its picture is never whole in memory.

PNG: W3C Portable Network Graphics (3rd edition).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from PIL.PngImagePlugin import PngInfo

from layers.sheet.canvas import Canvas

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LEVEL = 5
_STRIP_PIXELS = 12_000_000
"""Pixels drawn at once, about: 48 MB."""
_INCH = 0.0254


def encode_png(canvas: Canvas, size: tuple[int, int], dpi: int, words: PngInfo) -> bytes:
    """The file.

    Parameters
    ----------
    size
        Width and height, pixels.
    words
        The texts to write into it.
    """
    width, height = size
    per_metre = round(dpi / _INCH)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [
        _chunk(b"IHDR", header),
        _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
    ]
    chunks += [_chunk(name, data) for name, data, *_ in words.chunks]
    packer = zlib.compressobj(_LEVEL)
    for rows in _strips(canvas, width, height, dpi):
        # Each row begins with the number of its filter: none.
        plain = np.zeros((len(rows), 1 + 3 * width), dtype=np.uint8)
        plain[:, 1:] = rows[:, :, :3].reshape(len(rows), 3 * width)
        chunks.append(_chunk(b"IDAT", packer.compress(plain.tobytes())))
    chunks += [_chunk(b"IDAT", packer.flush()), _chunk(b"IEND", b"")]
    return _SIGNATURE + b"".join(chunks)


def _strips(canvas: Canvas, width: int, height: int, dpi: int) -> Iterator[np.ndarray]:
    """Rows of the picture from the top, four colours each.

    A strip's height is a multiple of the side of a hatch's tile, which is an inch, so that hatches
    run on from one into the next.
    """
    # A hair more than whole pixels: matplotlib cuts the rest off.
    canvas.figure.set_size_inches((width + 0.01) / dpi, (height + 0.01) / dpi)
    canvas.figure.set_dpi(dpi)
    tall = max(1, _STRIP_PIXELS // (width * dpi)) * dpi
    above = -(-height // tall) * tall - height
    for bottom in range(height + above - tall, -1, -tall):
        canvas.shift_pixels(-bottom)
        renderer = RendererAgg(width, tall, dpi)
        canvas.figure.draw(renderer)
        rows = np.asarray(renderer.buffer_rgba())
        yield rows[max(0, bottom + tall - height) :]
    canvas.shift_pixels(0)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
