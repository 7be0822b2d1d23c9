"""What the guide shows its steps with: a unit, an indicator and a merger of the dataset served."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from geodata.i18n import Language
from geodata.i18n.collation import sort_key
from geodata.model import Unit
from geodata.period import parse_period
from geodata.store import Store
from geodata.store_cache import cached_per_store
from layers.layer import Layer
from portal.urls import page_url, report_path, unit_url


@dataclass(frozen=True, slots=True)
class GuideExample:
    """Names and addresses that the chapters use.

    Parameters
    ----------
    indicator, indicator_id, period
        Of the map that opens first.
    step, level
        Its boundaries, and the level of its units.
    unit, unit_name, unit_id, unit_url
        Its unit with the most figures, with its rank and without.
    figure
        The parameters that name its figure on the map.
    former
        Full name of a unit that is part of ``unit`` today; empty where it was formed of none.
    """

    indicator: str
    indicator_id: str
    period: str
    step: str
    level: str
    unit: str
    unit_name: str
    unit_id: str
    unit_url: str
    figure: dict[str, str]
    former: str

    def addresses(self, language: Language) -> dict[str, str]:
        """Of pages by the names that pictures and chapters give them."""
        chosen = {"indicator": self.indicator_id, "unit": self.unit_id}
        return {
            "map": page_url("/", language),
            "card": page_url("/", language, chosen),
            "unit": self.unit_url,
            "indicator": page_url(f"/indicators/{self.indicator_id}", language),
            "report": report_path({**self.figure, "unit": self.unit_id}, language),
        } | {
            name: page_url(path, language)
            for name, path in {
                "indicators": "/indicators",
                "compare": "/compare",
                "mergers": "/mergers",
                "method": "/method",
                "about": "/about",
                "completeness": "/completeness",
                "office": "/office",
                "table": "/office/tables/new",
                "template": "/office/template",
                "history": "/office/revisions",
                "correct": "/office/correct",
                "reports": "/office/reports",
            }.items()
        }


@cached_per_store(2)
def guide_example(store: Store, language: Language) -> GuideExample:
    """The example of the dataset served, taken of the map that opens first."""
    layer = Layer.from_query({"lang": language}, store)
    units = store.units(level=layer.level, date=layer.drawn_on, with_shape=True).items
    unit = _best_known(store, layer, units, language)
    indicator = store.indicator(layer.indicator)
    day = layer.drawn_on
    step = next(each for each in reversed(store.info.timeline) if each.date <= day)
    return GuideExample(
        indicator=indicator.name[language],
        indicator_id=indicator.measured,
        period=parse_period(layer.period).label(language),
        step=step.name[language],
        level=layer.level,
        unit=unit.full_name[language],
        unit_name=unit.name[language],
        unit_id=unit.unit_id,
        unit_url=unit_url(unit.unit_id, language),
        figure={"indicator": layer.indicator, "period": layer.period},
        former=_former_name(store, unit, language),
    )


def _best_known(store: Store, layer: Layer, units: tuple[Unit, ...], language: Language) -> Unit:
    """The unit with the most figures that has one on the map; of several the first by name.

    Where the map has no figure, of all its units.
    """
    figures = store.observations().items
    counted = Counter(figure.unit_id for figure in figures)
    shown = {
        figure.unit_id
        for figure in figures
        if (figure.indicator, figure.period) == (layer.indicator, layer.period)
    }
    return min(
        [unit for unit in units if unit.unit_id in shown] or units,
        key=lambda u: (-counted[u.unit_id], sort_key(u.name[language], language)),
    )


def _former_name(store: Store, unit: Unit, language: Language) -> str:
    """A unit that it was formed of and whose name is another one."""
    former = (store.unit(step.from_id) for step in store.predecessors(unit.unit_id))
    names = (each.full_name[language] for each in former if each.name != unit.name)
    return next(names, "")
