"""A new dataset: a commented skeleton that builds, to be filled with the figures of a place."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from geodata.dataset import DATASET_ID
from geodata.errors import FileFault
from geodata.i18n import Message

_PLACE = "PLACE_ID"


def write_skeleton(folder: Path) -> list[Path]:
    """Write the files of a new dataset with sample inputs; the folder's name is the dataset's id.

    Parameters
    ----------
    folder
        A folder that does not exist or is empty.

    Returns
    -------
    list of Path
        The files written, relative to the folder.

    Raises
    ------
    FileFault
        The folder holds something, or its name is no id.
    """
    place = folder.resolve().name
    if not DATASET_ID.fullmatch(place):
        what = Message("The name of the folder is no id of a dataset")
        form = Message("lower-case letters, digits, - and _, beginning with a letter")
        raise FileFault(what, place, form, where=str(folder))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        remedy = Message("Choose a new folder: nothing that exists is written over")
        raise FileFault(Message("The folder is not empty"), remedy=remedy, where=str(folder))
    written = []
    for name, template in _templates(files("geodata.dataset_files") / "skeleton_files", Path()):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        text = template.read_text(encoding="utf-8").replace(_PLACE, place)
        target.write_text(text, encoding="utf-8", newline="\n")
        written.append(name)
    return written


def _templates(source: Traversable, place: Path) -> Iterator[tuple[Path, Traversable]]:
    for entry in sorted(source.iterdir(), key=lambda each: each.name):
        if entry.is_dir():
            yield from _templates(entry, place / entry.name)
        else:
            yield place / entry.name, entry
