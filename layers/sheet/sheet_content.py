"""The content of a sheet: one map or several that share classes, titles and address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from geodata.i18n import Language
from layers.layer_view import LayerView
from layers.legend import Legend
from layers.sheet import captions
from layers.sheet.merged_units import Lineage


@dataclass(frozen=True)
class SheetMap:
    """One map of a sheet.

    Parameters
    ----------
    heading
        Lines above the map, the first one strong; none on a sheet of one map.
    name
        What tells it from the other maps, in a few words.
    marked
        Ids of units whose outline is dashed, for what the remarks of the sheet say of them.
    """

    layer_view: LayerView
    heading: tuple[str, ...] = ()
    name: str = ""
    marked: frozenset[str] = frozenset()

    @property
    def largest(self) -> float:
        """The largest value, sign ignored."""
        values = (unit_view.value for unit_view in self.layer_view.unit_views.values())
        return max((abs(value) for value in values if value is not None), default=0.0)


@dataclass(frozen=True)
class SheetLegend:
    """The legend of one or several maps.

    Parameters
    ----------
    layer_view
        Its legend has the classes, colours and symbols.
    maps
        The maps it is for.
    counts
        The legends whose numbers of units stand in columns, with the columns' headings.
    largest
        The value whose symbol is the largest.
    """

    layer_view: LayerView
    maps: tuple[SheetMap, ...]
    counts: tuple[tuple[str, Legend], ...]
    largest: float


@dataclass(frozen=True)
class SheetContent:
    """The content of a sheet.

    Parameters
    ----------
    alt
        What is shown, highest, lowest and missing, for those who do not see the picture.
    legends
        One for all maps, or one for each.
    page
        Path and query of the live page.
    lineage
        The mergers between the two sides of a comparison.
    remarks
        What else is said below the maps, each with its heading.
    """

    title: str
    subtitle: str
    alt: str
    maps: tuple[SheetMap, ...]
    legends: tuple[SheetLegend, ...]
    page: str
    lineage: Lineage | None = None
    remarks: tuple[tuple[str, str], ...] = ()

    @property
    def first(self) -> LayerView:
        """The first map, for what all maps have in common."""
        return self.maps[0].layer_view

    @property
    def language(self) -> Language:
        """Of all words on the sheet."""
        return self.first.layer.language

    @property
    def shared(self) -> bool:
        """Whether one legend explains all maps."""
        return len(self.legends) == 1

    def legend_of(self, place: int) -> SheetLegend:
        """The legend of the map at ``place``."""
        return self.legends[0 if self.shared else place]


def layer_content(layer_view: LayerView) -> SheetContent:
    """A sheet of one map."""
    shown = SheetMap(layer_view)
    return SheetContent(
        title=layer_view.title,
        subtitle=layer_view.subtitle,
        alt=alt_text(layer_view),
        maps=(shown,),
        legends=(single_map_legend(shown),),
        page=page_path("/", layer_view.layer.to_query()),
    )


def single_map_legend(shown: SheetMap) -> SheetLegend:
    """The legend of one map."""
    heading = captions.UNIT_COUNT[shown.layer_view.layer.language]
    return SheetLegend(
        shown.layer_view, (shown,), ((heading, shown.layer_view.legend),), shown.largest
    )


def page_path(path: str, query: Mapping[str, str]) -> str:
    """An address as the page itself writes it."""
    return f"{path}?{urlencode(query, safe=',/:')}"


def alt_text(layer_view: LayerView) -> str:
    """The alternative text of a map, made from its figures."""
    kind = captions.MAP[layer_view.layer.language]
    return f"{kind}. {map_description(layer_view)}. {layer_view.subtitle}."


def map_description(layer_view: LayerView) -> str:
    """Description of one map, without the full stop."""
    missing = [f"{m.label.lower()} {m.count}" for m in layer_view.legend.missing if m.count]
    return "; ".join([layer_view.summary.rstrip("."), *missing])
