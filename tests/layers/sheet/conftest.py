"""Layers of the packaged dataset, and sheets made from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from werkzeug.datastructures import MultiDict

from geodata.dataset import Dataset
from geodata.i18n import Text
from geodata.store import Store, create_store
from layers.layer import Layer
from layers.sheet import SheetOptions, render_content, render_sheet
from portal.export.sheets import SHEETS
from portal.parameters.reader import read_parameters

Make = Callable[..., bytes]


@pytest.fixture(scope="session")
def make(lai_chau_store: Store) -> Make:
    """A sheet of the layer in ``query`` with the options given.

    What was drawn before is not drawn again, unless it is asked for ``anew``.
    """
    drawn: dict[str, bytes] = {}

    def sheet(
        query: dict[str, str] | None = None, *, anew: bool = False, **options: object
    ) -> bytes:
        asked = repr((sorted((query or {}).items()), sorted(options.items())))
        if anew or asked not in drawn:
            layer = Layer.from_query(query or {}, lai_chau_store)
            drawn[asked] = render_sheet(layer, lai_chau_store, SheetOptions(**options))
        return drawn[asked]

    return sheet


@pytest.fixture(scope="session")
def doubtful_store(tmp_path_factory, lai_chau_dataset: Dataset) -> Iterator[Store]:
    """A store in which something speaks against every figure of one indicator."""
    doubt = Text("Cộng không khớp với số của tỉnh", "Does not add up to the province's figure")
    figures = tuple(
        replace(figure, doubt=doubt) if figure.indicator == "population_density" else figure
        for figure in lai_chau_dataset.observations
    )
    dataset = replace(lai_chau_dataset, observations=figures)
    store = create_store(tmp_path_factory.mktemp("doubtful") / "store.gpkg", dataset)
    yield store
    store.close()


@pytest.fixture(scope="session")
def make_of(lai_chau_store: Store, doubtful_store: Store) -> Make:
    """A sheet of the kind and of the parameters of its address, with the options given."""

    def sheet(
        kind: str, query: dict[str, str], *, doubtful: bool = False, **options: object
    ) -> bytes:
        store = doubtful_store if doubtful else lai_chau_store
        params = read_parameters(SHEETS[kind].parameters, MultiDict(query))
        # The version of the dataset stands on the sheet: how wide it is must not move the map.
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(store, "info", replace(store.info, version="0123456789ab"))
            content = SHEETS[kind].show(params, store)
            return render_content(content, store, SheetOptions(**options))

    return sheet
