"""The specification of a file: data that travels, and a key that says when bytes are equal."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from geodata.errors import StoreFault
from geodata.store import Store
from portal.export.kinds import EXPORT_KINDS
from portal.export.render import render
from portal.export.spec import ExportSpec

SpecOf = Callable[..., ExportSpec]
OLD = "indicator=population&period=2019-04-01&level=commune&date=2013-01-01&lang=en"
QUERIES = {
    "sheet": "indicator=population&bw=1&note=a%20note&width=120.5&height=99&dpi=96&title=Mine",
    "pair": f"{OLD}&on=2025-07-01&preset=half-page",
    "difference": f"{OLD}&on=2025-07-01&measure=relative",
    "multiples": "indicators=population,population_density&lang=en",
    "atlas": "indicator=population&units=90001-20250701&office=Office",
    "unit": "unit=90001-20250701&lang=en",
    "unit-report": "unit=90001-20250701&signer=Someone",
    "doubts": "source=report&signer=Someone&lang=en",
    "completeness": "level=commune&year=2025&lang=en",
    "report": "indicators=population&dpi=96&signer=Someone&title=Mine",
}


def every_address() -> list[str]:
    return [
        f"/export/{name}.{ending}?{QUERIES.get(name, 'indicator=population')}"
        for name, kind in EXPORT_KINDS.items()
        for ending in kind.formats
    ]


@pytest.mark.slow
@pytest.mark.parametrize("address", every_address())
def test_what_another_process_reads_makes_the_same_bytes(
    toy_store: Store, spec_of: SpecOf, address: str
) -> None:
    spec = spec_of(toy_store, address, PORTAL_PUBLIC_URL="https://maps.example")
    again = ExportSpec.from_json(spec.to_json())
    assert again == spec == pickle.loads(pickle.dumps(spec))
    assert hash(again) == hash(spec)
    assert again.cache_key == spec.cache_key
    assert render(again, toy_store) == render(spec, toy_store)


@pytest.mark.parametrize("address", every_address())
def test_the_parameters_of_a_specification_give_the_same_specification(
    toy_store: Store, spec_of: SpecOf, address: str
) -> None:
    from urllib.parse import urlencode

    spec = spec_of(toy_store, address)
    again = spec_of(toy_store, f"{address.partition('?')[0]}?{urlencode(spec.params)}")
    assert (again.params, again.cache_key) == (spec.params, spec.cache_key)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sheet.png?", "sheet.png?indicator="),
        ("sheet.png?indicator=population", "sheet.png?indicator=population&bw=0&dpi=300"),
        ("sheet.png?width=100&height=100", "sheet.png?height=100.0&width=100.00"),
        ("sheet.png?note=a%20b", "sheet.png?note=%20a%0A%20b"),
        ("difference.svg?", "difference.svg?measure=absolute"),
        ("multiples.svg?periods=2019,2025", "multiples.svg?periods=2025,%202019,2019"),
        ("atlas.pdf?pages=units", "atlas.pdf?"),
    ],
)
def test_addresses_that_ask_for_the_same_share_a_key(
    toy_store: Store, spec_of: SpecOf, one: str, other: str
) -> None:
    first, second = (spec_of(toy_store, f"/export/{each}") for each in (one, other))
    assert first.cache_key == second.cache_key


def test_a_key_changes_with_all_that_changes_the_bytes_and_with_nothing_else(
    toy_store: Store, spec_of: SpecOf, tmp_path: Path
) -> None:
    address = "/export/sheet.png?indicator=population"
    spec = spec_of(toy_store, address)
    others = [
        spec_of(toy_store, f"{address}&bw=1"),
        spec_of(toy_store, address.replace("png", "pdf")),
        spec_of(toy_store, address, PORTAL_PUBLIC_URL="https://maps.example"),
        spec_of(toy_store, address, b"a logo"),
        spec_of(toy_store, address, b"another"),
        replace(spec, dataset_version="0" * 12),
    ]
    others.append(replace(others[2], short_page=""))
    keys = [each.cache_key for each in (spec, *others)]
    assert len(set(keys)) == len(keys)
    # Tables say nothing of where the portal stands, nor do documents; a sheet without relief
    # nothing of the grid.
    grid = tmp_path / "relief.tif"
    grid.write_bytes(b"")
    for same in ("data.csv", "atlas.pdf", "report.docx"):
        away = spec_of(toy_store, f"/export/{same}", PORTAL_PUBLIC_URL="https://maps.example")
        assert away.cache_key == spec_of(toy_store, f"/export/{same}").cache_key
    assert spec_of(toy_store, address, PORTAL_RELIEF=grid).cache_key == spec.cache_key


def test_relief_is_told_from_the_next_one_at_its_path(
    toy_store: Store, spec_of: SpecOf, tmp_path: Path
) -> None:
    grid, keys = tmp_path / "relief.tif", set()
    for content in (b"", b"x"):
        grid.write_bytes(content)
        spec = spec_of(toy_store, "/export/sheet.png?hillshade=1", PORTAL_RELIEF=grid)
        assert spec.settings.relief == grid
        keys.add(spec.cache_key)
    assert len(keys) == 2


def test_a_specification_is_data_and_stays_as_it_is(toy_store: Store, spec_of: SpecOf) -> None:
    spec = spec_of(toy_store, "/export/data.csv")
    with pytest.raises(FrozenInstanceError):
        spec.pages = 2


def test_nothing_is_made_from_another_dataset_or_with_another_logo(
    toy_store: Store, spec_of: SpecOf
) -> None:
    spec = spec_of(toy_store, "/export/data.csv")
    with pytest.raises(StoreFault, match="just changed"):
        render(replace(spec, dataset_version="0" * 12), toy_store)
    with pytest.raises(ValueError, match="logo"):
        render(spec, toy_store, logo=b"a logo")


def test_every_kind_is_described() -> None:
    from portal.export.openapi_paths import export_paths

    described = set(export_paths())
    for name, kind in EXPORT_KINDS.items():
        assert {f"/export/{name}.{ending}" for ending in kind.formats} <= described
        assert len({parameter.name for parameter in kind.parameters}) == len(kind.parameters)
