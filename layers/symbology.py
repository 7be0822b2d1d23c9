"""Symbology: from the values of a layer to its classes, their colours and labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geodata.i18n import Language
from geodata.model import Indicator
from layers.classification import Classes
from layers.formatting import round_half_up
from layers.legend import ClassificationDomain, LegendClass
from layers.palette_choice import indicator_palette
from layers.palettes import get_palette
from layers.styles import default_style, get_style


@dataclass(frozen=True, slots=True)
class Symbology:
    """How a layer is symbolised: its style, the classification of its values and their palette.

    The part of a layer for which an indicator has defaults.

    Parameters
    ----------
    scheme, classes
        How the class breaks are found, and how many classes are asked for.
    thresholds
        The inner breaks of the scheme ``thresholds``, ascending; empty for the other schemes.
    palette
        A name of `layers.palettes.PALETTES`.
    style
        A name of `layers.styles.STYLES`.
    isolate
        The value, or the lowest and the highest of the range, that is a class of its own; empty
        for none.
    """

    scheme: str
    classes: int
    thresholds: tuple[float, ...]
    palette: str
    style: str
    isolate: tuple[float, ...] = ()


def default_symbology(indicator: Indicator) -> Symbology:
    """The symbology of an indicator unless the reader chooses otherwise.

    The catalogue's own, with the style its kind is best drawn in where it names none.
    """
    wanted = indicator.classification
    return Symbology(
        scheme=wanted.scheme,
        classes=wanted.classes,
        thresholds=wanted.thresholds if wanted.scheme == "thresholds" else (),
        palette=indicator_palette(indicator),
        style=indicator.style or default_style(indicator.kind).id,
    )


def symbolise(
    values: Sequence[float],
    symbology: Symbology,
    indicator: Indicator,
    language: Language,
    domain: ClassificationDomain | None = None,
) -> tuple[Classes, tuple[LegendClass, ...]]:
    """Class the values and give each class its label and colour.

    The breaks are those of the ``domain`` the map belongs to (by default its values alone), so that
    maps of one domain have the same classes; only the counts are the map's own. An outer class that
    a doubtful value stretches is left open: its end would pass for a figure.

    A diverging palette is turned round where less is better, so that its good end stays the same.
    It turns at zero for values with a sign: a rise never gets the colours of a fall.
    """
    diverging = get_palette(symbology.palette).type == "diverging"
    reverse = diverging and indicator.direction == "down"
    domain = domain or ClassificationDomain(tuple(values), tuple(values))
    classes = get_style(symbology.style).classify(domain, symbology, indicator)
    if diverging and classes.midpoint is None and _is_signed(indicator, domain.displayed):
        classes = replace(classes, midpoint=0.0)
    hues = get_style(symbology.style).colours(classes, symbology, indicator, reverse)
    own = Counter(classes.index(value) for value in values)
    classes = replace(classes, counts=tuple(own[i] for i in range(len(classes))))
    shown = [round_half_up(value, indicator.decimals) for value in domain.displayed]
    lowers = (min([classes.lower, *shown, *classes.breaks[:1]]), *classes.breaks[:-1])
    uppers = (*classes.breaks[:-1], max([*classes.breaks[-1:], *shown])) if classes.breaks else ()
    ends = (min(domain.displayed), max(domain.displayed)) if len(classes) == 1 else domain.ends()
    rows = zip(lowers, uppers, hues, classes.counts, strict=False)
    return classes, tuple(
        LegendClass(
            lower, upper, classes.label(i, language, ends), hue, count, i == classes.isolated
        )
        for i, (lower, upper, hue, count) in enumerate(rows)
    )


def _is_signed(indicator: Indicator, values: Sequence[float]) -> bool:
    """Whether zero parts the values: made to be drawn diverging, or some are negative."""
    return get_palette(indicator_palette(indicator)).type == "diverging" or any(
        value < 0 for value in values
    )
