"""Verify that the manifest speaks of the files that stand beside it."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.check.check_faults import check_fault
from geodata.dataset import Dataset, dataset_version, read_manifest
from geodata.errors import FileFault
from geodata.i18n import Message

_MANIFEST = "shipped/manifest.json"


def check_manifest(dataset: Dataset) -> Iterator[FileFault]:
    """The version is the hash of the files, and the numbers of records are right."""
    folder = dataset.info.folder
    if folder is None:
        return
    manifest = read_manifest(folder)
    version = dataset_version(folder)
    if manifest.get("version") != version:
        said = Message("The version does not match the files; run `portal dataset build` again")
        yield check_fault(f"{_MANIFEST} version", said, manifest.get("version", ""), version)
    for field, value in _expected(dataset).items():
        found = manifest.get(field, manifest.get("counts", {}).get(field))
        if found != value:
            said = Message("The manifest does not match the data")
            yield check_fault(f"{_MANIFEST} {field}", said, found, str(value))


_COUNTS = {
    "units": "units",
    "successions": "successions",
    "observations": "observations",
    "accuracies": "accuracies",
    "mentions": "mentions",
    "changes": "changes",
}
"""Numbers in the manifest, and the field of `geodata.dataset.Dataset` each one counts."""


def _expected(dataset: Dataset) -> dict[str, object]:
    expected: dict[str, object] = {
        "dataset": dataset.info.id,
        "reference_date": dataset.info.reference_date.isoformat(),
    }
    expected |= {name: len(getattr(dataset, field)) for name, field in _COUNTS.items()}
    if dataset.places:
        expected["places"] = len(dataset.places)
    if dataset.joint_figures:
        expected["joint_figures"] = len(dataset.joint_figures)
    return expected
