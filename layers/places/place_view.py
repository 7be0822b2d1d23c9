"""The places drawn over a layer, resolved once for screen and paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.model import Place, PlaceCategory, Source
from geodata.store_cache import cached_per_store
from layers.places.symbol_choice import PlaceSymbol, choose_symbols

if TYPE_CHECKING:
    from geodata.store.interface import Store


@dataclass(frozen=True)
class PlaceView:
    """The places of some categories.

    Parameters
    ----------
    categories
        In the order of the menu.
    symbols
        By the id of the category.
    places
        Those of the categories, with a position or without.
    """

    categories: tuple[PlaceCategory, ...]
    symbols: dict[str, PlaceSymbol]
    places: tuple[Place, ...]

    @property
    def placed(self) -> tuple[Place, ...]:
        """The places that have a position."""
        return tuple(place for place in self.places if place.lon is not None)

    @property
    def unplaced(self) -> int:
        """How many places have none."""
        return len(self.places) - len(self.placed)

    @property
    def incomplete(self) -> bool:
        """Whether there may be places of the categories that nobody has listed."""
        return not all(category.complete for category in self.categories)

    def count(self, category_id: str) -> int:
        """How many places of a category have a position."""
        return sum(place.category == category_id for place in self.placed)


NO_PLACES = PlaceView((), {}, ())


@cached_per_store(32)
def resolve_places(store: Store, chosen: tuple[str, ...]) -> PlaceView:
    """The places of a layer.

    Parameters
    ----------
    chosen
        Ids of categories, as `layers.layer.Layer.places` has them.
    """
    if not chosen:
        return NO_PLACES
    categories = tuple(each for each in store.place_categories() if each.id in chosen)
    return PlaceView(categories, place_symbols(store), store.places(categories=chosen).items)


@cached_per_store(1)
def categories_of_theme(store: Store, theme_id: str) -> tuple[str, ...]:
    """Ids of the categories of places that belong to a theme, in the order of the menu."""
    return tuple(each.id for each in store.place_categories() if each.theme == theme_id)


def place_symbols(store: Store) -> dict[str, PlaceSymbol]:
    """The symbol of each category, chosen with all of them in sight."""
    return choose_symbols(store.place_categories())


def place_sources(view: PlaceView, store: Store) -> list[Source]:
    """The sources of the places, the best first."""
    used = {place.source_id for place in view.places}
    return sorted((store.source(each) for each in used), key=lambda s: (s.rank, s.id))
