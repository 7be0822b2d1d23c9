"""A file to be made: its name, its type, how much work it is, and who makes it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from layers.layer import Layer
from portal.tasks.progress import ProgressCallback, ignore_progress


@dataclass(frozen=True, slots=True)
class ExportSpec:
    """A file to be made.

    Parameters
    ----------
    key
        Equal for orders that give equal bytes from one store.
    name
        Of the file, without folder.
    pages
        How much there is to do; what has more than one reports its progress.
    work
        Makes the file and reports; None where ``make`` is all there is.
    page
        The canonical page whose short address stands on the file; empty where none does.
    """

    key: tuple[object, ...]
    name: str
    mimetype: str
    make: Callable[[], bytes]
    pages: int = 1
    build: Callable[[ProgressCallback], bytes] | None = None
    page: str = ""

    def run(self, on_progress: ProgressCallback = ignore_progress) -> bytes:
        """Make the file."""
        return self.make() if self.build is None else self.build(on_progress)


def file_name(layer: Layer) -> str:
    """A name of plain letters for the file of a layer."""
    parts = [layer.indicator, layer.period, layer.level, layer.drawn_on.isoformat()]
    plain = unicodedata.normalize("NFKD", "_".join(parts))
    return "".join(c if c.isascii() and (c.isalnum() or c in "_-") else "-" for c in plain)


def cache_key(spec: ExportSpec, version: str) -> str:
    """The tag of a file: it changes with the dataset and with what is asked, never by itself."""
    return hashlib.sha256(repr((version, spec.key)).encode()).hexdigest()[:20]
