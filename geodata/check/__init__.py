"""Verify that a dataset is what it says: one line for each fault, with file, row and value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from geodata.build.readings import scan_readings
from geodata.check.figures import check_figures
from geodata.check.manifest import check_manifest
from geodata.check.quotes import check_quotes
from geodata.check.reading import check_reading
from geodata.check.shapes import check_shapes
from geodata.check.succession import check_succession
from geodata.check.truths import check_truths
from geodata.check.units import check_units
from geodata.check.villages import check_villages
from geodata.dataset import Dataset, read_shipped
from geodata.errors import FileFault

Check = Callable[[Dataset], Iterable[FileFault]]

CHECKS: tuple[Check, ...] = (
    check_manifest,
    check_units,
    check_succession,
    check_shapes,
    check_truths,
    check_figures,
    check_villages,
)
"""What is verified of every dataset, in the order of the report."""


def check_dataset(folder: Path, inputs: Path | None = None) -> list[FileFault]:
    """Verify a dataset as shipped.

    Parameters
    ----------
    folder
        The dataset's folder.
    inputs
        Folder of the build's inputs; with it quotes are looked up in their documents.

    Returns
    -------
    list of FileFault
        Empty when all is well; ``fault.message(language)`` is one line. A table that cannot be read
        at all is the only fault reported, because nothing else can be judged without it.
    """
    try:
        dataset = read_shipped(folder)
    except FileFault as fault:
        return [fault]
    faults = [fault for check in CHECKS for fault in check(dataset)]
    faults += scan_readings(folder, dataset.catalogue)[1]
    faults += check_quotes(dataset, inputs)
    faults += check_reading(dataset, folder, inputs)
    return faults
