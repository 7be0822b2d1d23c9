"""Where the build finds its inputs: tables, boundaries and grids in ``data``, documents in ``seeds``.

A folder without these two is itself the place of both.
"""

from __future__ import annotations

from pathlib import Path

_DATA, _DOCUMENTS = "data", "seeds"


def data_folder(inputs: Path) -> Path:
    """Folder of tables, boundaries and grids; recipes name files relative to it."""
    return _inner(inputs, _DATA)


def document_folder(inputs: Path) -> Path:
    """Folder of the texts of documents; ``file`` of a source of kind ``report`` stands in it."""
    return _inner(inputs, _DOCUMENTS)


def _inner(inputs: Path, name: str) -> Path:
    folder = inputs / name
    return folder if folder.is_dir() else inputs
