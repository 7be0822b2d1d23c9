"""Layers of the packaged dataset, and sheets made from them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geodata.store import Store
from layers.layer import Layer
from layers.sheet import SheetOptions, render_sheet

Make = Callable[..., bytes]


@pytest.fixture(scope="session")
def make(lai_chau_store: Store) -> Make:
    """A sheet of the layer in ``query`` with the options given."""

    def sheet(query: dict[str, str] | None = None, **options: object) -> bytes:
        layer = Layer.from_query(query or {}, lai_chau_store)
        return render_sheet(layer, lai_chau_store, SheetOptions(**options))

    return sheet
