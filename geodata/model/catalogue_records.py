"""What the catalogue of a dataset holds: indicators, how they are shown, sources."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from geodata.i18n import Text
from geodata.model.codes import Direction, Extreme, Kind, Level


@dataclass(frozen=True, slots=True)
class MeasureUnit:
    """A unit of measure.

    Parameters
    ----------
    id
        Its name in the catalogue.
    symbol
        What stands behind a figure, as ``ha``.
    name
        Its name in full.
    space
        Whether a space stands between a figure and the symbol.
    """

    id: str
    symbol: Text
    name: Text
    space: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of indicators in the menu.

    Parameters
    ----------
    id
        Its name in addresses; the indicator file of the theme has the same name.
    name
        Its name in the menu.
    lead
        Id of the indicator it opens with; empty where it names none.
    """

    id: str
    name: Text
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Classification:
    """How an indicator is classed unless the reader chooses otherwise.

    Parameters
    ----------
    scheme
        Name of a classification scheme: ``quantiles``, ``thresholds`` …
    classes
        Number of classes.
    thresholds
        Inner breaks when the scheme is ``thresholds``, in the unit of measure.
    """

    scheme: str = "quantiles"
    classes: int = 5
    thresholds: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """One of the named classes that are the values of an indicator of kind ``category``.

    Parameters
    ----------
    id
        Its code in tables, files and addresses.
    name
        What it is called on the map and in tables.
    colour
        Name of a colour of the qualitative palettes; empty where the order of the list gives it.
    """

    id: str
    name: Text
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured; of an indicator that is broken down, also one part of it.

    Parameters
    ----------
    id
        Its name in addresses and tables; of a part the id of the series, see `geodata.series_id`.
    theme
        Id of its theme.
    group
        Sub-heading within the theme; empty where the dataset has none.
    name
        Its name in the menu and in headings.
    definition
        What is counted or measured, and of what.
    measure_unit
        Unit of measure of its values.
    kind
        ``count`` adds up over units; ``ratio`` = ``ratio_factor`` × numerator / denominator and is
        never averaged by area; ``extreme`` is a lowest or highest value and does neither; the
        values of a ``category`` are named classes, which are counted and never averaged.
    numerator
        Id of the indicator that is a ratio's numerator; None where there are no figures of it.
    denominator
        Id of the indicator that is a ratio's denominator. Only of ratios.
    ratio_factor
        By what the quotient is multiplied: 100 for per cent. Only of ratios.
    direction
        Whether more is better.
    decimals
        Digits after the decimal mark when shown.
    minimum, maximum
        Range of possible values, inclusive; None is open.
    levels
        Levels at which the indicator has a meaning.
    not_applicable_kinds
        Kinds of unit for which it has none (wards have no new-rural criteria).
    classification
        How it is classed unless the reader chooses otherwise.
    palette
        The catalogue's own choice of colours; empty where it leaves them to the rule of ``layers``.
    style
        The catalogue's own choice of how a layer is drawn, by id; empty where it leaves it to what
        ``layers`` takes for the kind.
    extreme
        Of kind ``extreme``, which one: the ``lowest`` or ``highest`` of merged units is that of the
        whole. None for values that cannot be put together at all (criteria met, relief).
    categories
        Of kind ``category``, the classes that its values can be, in their order.
    ordered
        Of kind ``category``, whether that order means more or less (areas I, II, III), or is only
        that of the legend.
    breakdowns
        By which dimensions it is broken down: each a list of ids of `Dimension` that are crossed,
        joined by commas. Empty of a part.
    whole
        Of a part, the id of the indicator that is broken down; else empty.
    dimensions
        Of a part, the values of its dimensions, as ``sex:female,level:primary``; else empty.
    usual_range
        The lowest and the highest figure that is usual; one outside is possible and is asked about
        when a table brings it. Empty where nobody states them.
    estimates
        Id of the indicator whose official figures cover few units and which it estimates for all:
        a map of one offers the other and says which is which. Empty of most.
    former_ids
        Ids that it had when it was an indicator of its own; their addresses lead to it.
    flow
        Whether a figure counts what happened during its period, so that it grows from January on,
        rather than what there is at its end. Only of counts.
    """

    id: str
    theme: str
    group: Text
    name: Text
    definition: Text
    measure_unit: MeasureUnit
    kind: Kind
    numerator: str | None
    denominator: str | None
    ratio_factor: float | None
    direction: Direction
    decimals: int
    minimum: float | None
    maximum: float | None
    levels: tuple[Level, ...]
    not_applicable_kinds: tuple[str, ...]
    classification: Classification
    palette: str
    style: str
    extreme: Extreme | None = None
    categories: tuple[Category, ...] = ()
    ordered: bool = False
    breakdowns: tuple[str, ...] = ()
    whole: str = ""
    dimensions: str = ""
    former_ids: tuple[str, ...] = ()
    usual_range: tuple[float, ...] = ()
    estimates: str = ""
    flow: bool = False

    @property
    def measured(self) -> str:
        """Id of the indicator itself, of which this is the total or a part."""
        return self.whole or self.id

    @property
    def category_ids(self) -> tuple[str, ...]:
        """Codes of the classes, in their order; none of an indicator that is a number."""
        return tuple(each.id for each in self.categories)

    def place_of(self, category: str) -> float:
        """Place of a class in the list, from 1: what `Observation.value` is for it.

        Raises
        ------
        ValueError
            The indicator has no such class.
        """
        return float(self.category_ids.index(category) + 1)

    def category_at(self, place: float) -> Category | None:
        """The class at a place of the list; None where there is none."""
        known = place.is_integer() and 1 <= place <= len(self.categories)
        return self.categories[int(place) - 1] if known else None


@dataclass(frozen=True, slots=True)
class Source:
    """A document or data file.

    Parameters
    ----------
    id
        Its name in addresses and tables.
    kind
        ``report``, ``register``, ``resolution``, ``data`` …
    title
        As the document writes it.
    number
        Number and sign of the document; empty where it has none.
    issuer
        Who issued or published it.
    date
        Day of issue as ISO text, of which the day or the month may be left out; empty where
        unknown.
    place
        Place of issue.
    url
        Address at which it was published; empty where there is none.
    licence
        Terms under which a data file may be used.
    file
        Name of the file it was taken from.
    rank
        Order of precedence: 1 is a register, 2 an official report, 3 anything else.
    """

    id: str
    kind: str
    title: Text
    number: str = ""
    issuer: Text = field(default_factory=lambda: Text(""))
    date: str = ""
    place: str = ""
    url: str = ""
    licence: str = ""
    file: str = ""
    rank: int = 3


@dataclass(frozen=True, slots=True)
class Concept:
    """How figures are counted, and by which standard: a census, a register, a poverty line.

    Parameters
    ----------
    id
        Its name in tables.
    name
        What it is called beside a figure.
    definition
        What is counted, how and by whom.
    comparable
        Whether its figures may be set against those of another concept, which is then said. False
        where a difference would mislead: between two poverty lines.
    highest
        The highest value that can be reached by it, as the number of criteria in a set; None where
        there is no such bound.
    indicators
        Ids of the indicators whose figures follow it.
    sources
        Ids of the sources whose figures do; all where none is named.
    since, until
        First and last day of the periods whose figures do; None is open.
    """

    id: str
    name: Text
    definition: Text
    comparable: bool = True
    indicators: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    highest: float | None = None
