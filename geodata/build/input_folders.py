"""Where the build finds its inputs: tables and grids in ``data``, documents in ``seeds``.

A folder without these two is itself the place of both.
"""

from __future__ import annotations

from pathlib import Path

_DATA, _DOCUMENTS = "data", "seeds"


def data_folder(inputs: Path) -> Path:
    """Folder of tables, boundaries and grids; recipes name files relative to it."""
    return _subfolder(inputs, _DATA)


def find_input_file(inputs: Path, name: str) -> Path | None:
    """The file named by a source, among the documents or the data; None where it is in neither."""
    for folder in (_subfolder(inputs, _DOCUMENTS), data_folder(inputs)):
        if (folder / name).is_file():
            return folder / name
    return None


def _subfolder(inputs: Path, name: str) -> Path:
    folder = inputs / name
    return folder if folder.is_dir() else inputs
