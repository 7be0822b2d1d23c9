"""The one description of a map, for screen, table, popup, file and paper.

A `Layer` is exactly the query of the page's address.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from geodata.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language
from geodata.model import Level
from geodata.series_id import split_series_id
from layers.layer_query import (
    CLASS_BASES,
    LAYER_PARAMETERS,
    ClassBasis,
    format_thresholds,
    read_boundary_date,
    read_places,
    read_symbology,
    read_title,
    require_one_of,
    select_figures,
)
from layers.rasters.raster_choice import (
    RasterChoice,
    format_raster_choices,
    read_raster_choices,
)
from layers.symbology import Symbology, default_symbology

if TYPE_CHECKING:
    from geodata.store.interface import Store


@dataclass(frozen=True, slots=True)
class Layer:
    """One indicator, period, level and date, drawn with a classification and a palette.

    ``level`` and ``date`` say whose figures; ``on`` says on whose boundaries they are drawn.

    Parameters
    ----------
    indicator
        Id of the indicator, or of the series of a part of it; see `geodata.series_id`.
    date
        First day of a step of the dataset's timeline; any day of the step means the same.
    on
        First day of another step, on whose units the figures are recast; None as published then.
    status
        ``actual`` (an estimate where there is no actual figure), ``plan`` or ``target``.
    places
        Ids of the categories of places drawn over it.
    rasters
        The registered rasters drawn under its lines, the lowest first.
    isolate
        The value, or the lowest and the highest of the range, that is a class of its own.
    class_basis
        Whether the classes are made from the figures of the period or from those of all periods.
    title
        The reader's own title; empty for the one made from the indicator and the period.
    defaults
        The drawing the indicator has unless the reader chooses; not part of the identity.
    """

    indicator: str
    period: str
    level: Level
    date: dt.date
    status: str
    scheme: str
    classes: int
    thresholds: tuple[float, ...]
    palette: str
    style: str
    title: str
    language: Language
    defaults: Symbology = field(compare=False, repr=False)
    on: dt.date | None = None
    places: tuple[str, ...] = ()
    rasters: tuple[RasterChoice, ...] = ()
    isolate: tuple[float, ...] = ()
    class_basis: ClassBasis = "period"

    @classmethod
    def from_query(cls, query: Mapping[str, str], store: Store) -> Layer:
        """Read a layer from the parameters of an address; what is left out gets its default.

        Parameters
        ----------
        query
            Names of `LAYER_PARAMETERS`; an empty value counts as left out, other names are ignored.

        Raises
        ------
        InvalidInput, NotFound
            A value is not allowed; ``where`` names the parameter.
        """
        given = {k: v for k, v in query.items() if k in LAYER_PARAMETERS and v != ""}
        indicator, choice = select_figures(given, store)
        defaults = default_symbology(indicator)
        symbology = read_symbology(given, indicator, defaults)
        return cls(
            indicator=indicator.id,
            period=cast(str, choice.period),
            level=cast(Level, choice.level),
            date=cast(dt.date, choice.date),
            status=cast(str, choice.status),
            scheme=symbology.scheme,
            classes=symbology.classes,
            thresholds=symbology.thresholds,
            palette=symbology.palette,
            style=symbology.style,
            title=read_title(given.get("title", "")),
            language=require_one_of("lang", given.get("lang", DEFAULT_LANGUAGE), LANGUAGES),
            defaults=defaults,
            on=read_boundary_date(
                given, cast(Level, choice.level), cast(dt.date, choice.date), store
            ),
            places=read_places(given["places"], store) if "places" in given else (),
            rasters=read_raster_choices(given.get("rasters", "")),
            isolate=symbology.isolate,
            class_basis=cast(
                ClassBasis,
                require_one_of("class_basis", given.get("class_basis", "period"), CLASS_BASES),
            ),
        )

    @property
    def measured(self) -> str:
        """Id of the indicator itself, of which the map may show a part."""
        return split_series_id(self.indicator)[0]

    @property
    def breakdown(self) -> str:
        """Values of its dimensions, as ``sex:female,level:primary``; empty for the total."""
        return split_series_id(self.indicator)[1]

    @property
    def symbology(self) -> Symbology:
        """How it is drawn."""
        return Symbology(
            scheme=self.scheme,
            classes=self.classes,
            thresholds=self.thresholds,
            palette=self.palette,
            style=self.style,
            isolate=self.isolate,
        )

    @property
    def drawn_on(self) -> dt.date:
        """The day whose boundaries are drawn."""
        return self.on or self.date

    def to_query(self) -> dict[str, str]:
        """The canonical parameters: which figures, then what is not default."""
        query = {
            "indicator": self.measured,
            **({"breakdown": self.breakdown} if self.breakdown else {}),
            "period": self.period,
            "level": self.level,
            "date": self.date.isoformat(),
        }
        optional = {
            "on": (self.on.isoformat() if self.on else "", ""),
            "status": (self.status, "actual"),
            "scheme": (self.scheme, self.defaults.scheme),
            "classes": (str(self.classes), str(self.defaults.classes)),
            "thresholds": (
                format_thresholds(self.thresholds),
                format_thresholds(self.defaults.thresholds),
            ),
            "isolate": (format_thresholds(self.isolate), ""),
            "class_basis": (self.class_basis, "period"),
            "palette": (self.palette, self.defaults.palette),
            "style": (self.style, self.defaults.style),
            "places": (",".join(self.places), ""),
            "rasters": (format_raster_choices(self.rasters), ""),
            "title": (self.title, ""),
            "lang": (self.language, DEFAULT_LANGUAGE),
        }
        changed = {k: v for k, (v, default) in optional.items() if v not in (default, "")}
        return query | changed
