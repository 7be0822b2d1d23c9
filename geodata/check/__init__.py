"""Verify that a dataset is what it says: one line for each fault, with file, row and value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from geodata.build.document_observations import scan_document_observations
from geodata.catalogue import read_catalogue
from geodata.check.accuracy_checks import check_accuracies
from geodata.check.document_completeness import check_document_completeness
from geodata.check.geometry_checks import check_geometries
from geodata.check.manifest_checks import check_manifest
from geodata.check.observation_checks import check_observations
from geodata.check.place_checks import check_places
from geodata.check.quote_checks import check_quotes
from geodata.check.succession_checks import check_succession
from geodata.check.unit_checks import check_units
from geodata.check.village_checks import check_villages
from geodata.dataset import Dataset, read_dataset, read_dataset_info
from geodata.dataset_files import scan_dataset_files
from geodata.errors import FileFault
from geodata.faults import FaultCollector

Check = Callable[[Dataset], Iterable[FileFault]]

CHECKS: tuple[Check, ...] = (
    check_manifest,
    check_units,
    check_succession,
    check_geometries,
    check_accuracies,
    check_observations,
    check_villages,
    check_places,
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
        Empty when all is well; ``fault.message(language)`` is one line. Faults of the files that
        people write, or of a table that cannot be read at all, are reported alone, because nothing
        else can be judged without these.
    """
    written = FaultCollector()
    with written.catching():
        if (folder / "inputs").is_dir():
            scan_dataset_files(folder, written)
        else:  # A dataset that was not made from inputs.
            read_catalogue(folder, written)
            read_dataset_info(folder, written)
    if written.faults:
        return written.faults
    try:
        dataset = read_dataset(folder)
    except FileFault as fault:
        return [fault]
    faults = [fault for check in CHECKS for fault in check(dataset)]
    faults += scan_document_observations(folder, dataset.catalogue)[1]
    faults += check_quotes(dataset, inputs)
    faults += check_document_completeness(dataset, folder, inputs)
    return faults
