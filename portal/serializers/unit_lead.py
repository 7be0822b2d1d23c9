"""The two sentences that a unit's page begins with, made from its figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from geodata.i18n import Language, Message, locale_of
from geodata.model import Unit
from geodata.store import Store
from layers.labels import unit_kind_name
from layers.sparse_map import is_sparse
from portal.serializers.entities import Document, validity_label

MOST_NAMED = 3
"""Of the figures by which a unit stands out, as many are named."""
_MOST_FORMER = 6


@dataclass(frozen=True, slots=True)
class StandOut:
    """A figure by which a unit stands out among the units of its level.

    Parameters
    ----------
    rank
        Its place counted from the nearer end, 1 is the highest or the lowest.
    highest
        Whether it is counted from the highest.
    of
        How many units have a figure that nothing speaks against.
    """

    indicator: str
    name: str
    text: str
    period: str
    rank: int
    highest: bool
    of: int


def lead_sentences(
    store: Store,
    unit: Unit,
    themes: Iterable[Document],
    key_figures: Iterable[Document],
    language: Language,
) -> list[str]:
    """What the unit is and was formed from, and where it stands out, or what it consists of.

    Parameters
    ----------
    themes
        As `portal.serializers.unit_profile.themes_of` lists them.
    key_figures
        As `portal.serializers.unit_profile.key_figures` lists them.
    """
    said = [_identity(store, unit, key_figures, language)]
    found = stand_outs(store, unit, themes)
    second = _standing(found, language) if found else _parts(store, unit, language)
    return [*said, second] if second else said


def _identity(store: Store, unit: Unit, key_figures: Iterable[Document], language: Language) -> str:
    kind = unit_kind_name(unit.kind, language)
    if unit.parent_id:
        parent = _within(store.unit(unit.parent_id), language)
        # Only English tells the two apart.
        if kind[:1] in "aeiou":
            first = Message("{name} is an {kind} of {parent} ({validity})")
        else:
            first = Message("{name} is a {kind} of {parent} ({validity})")
        first = first.filled(parent=parent)
    else:
        first = Message("{name} is a {kind} ({validity})")
    validity = validity_label(store, unit, language)
    first = first.filled(name=unit.full_name[language], kind=kind, validity=validity)
    said = first[language] + _formed_from(store, unit, language)
    figures = [_key_figure(figure, language) for figure in key_figures]
    return f"{said}; {', '.join(figures)}." if figures else f"{said}."


def _formed_from(store: Store, unit: Unit, language: Language) -> str:
    steps = store.predecessors(unit.unit_id)
    if len(steps) < 2:
        return ""
    if len(steps) > _MOST_FORMER:
        return Message(", formed from {n} units", n=len(steps))[language]
    names = [_within(store.unit(step.from_id), language) for step in steps]
    return Message(", formed from {names}", names=_joined(names, language))[language]


def _within(unit: Unit, language: Language) -> str:
    """The name of a unit as it stands within a sentence."""
    name = unit.full_name[language]
    return name[:1].lower() + name[1:] if locale_of(language).lower_case_ranks else name


def _joined(parts: list[str], language: Language) -> str:
    return Message(" and ")[language].join(
        [part for part in (", ".join(parts[:-1]), parts[-1]) if part]
    )


def _key_figure(figure: Document, language: Language) -> str:
    name = figure["name"][:1].lower() + figure["name"][1:]
    doubtful = Message(" (to be checked)")[language] if figure["doubt"] else ""
    return f"{name} {figure['text']}{doubtful}"


def stand_outs(store: Store, unit: Unit, themes: Iterable[Document]) -> list[StandOut]:
    """Where a unit is nearest to the highest or the lowest of its level.

    Only sound actual or estimated figures count, of indicators that the dataset names for it (all
    where it names none), whose figures fill a map, and that no other unit shares.
    """
    named = store.info.profile.stands_out
    rows = [row for theme in themes for row in theme["indicators"] if not row["whole"]]
    found = []
    for row in rows:
        place = row["strip"]
        if place and (not named or row["id"] in named) and _tells(store, unit, place):
            found.append(_stand_out(row, place))
    order = {name: at for at, name in enumerate(named)}
    found.sort(key=lambda one: (one.rank / one.of, order.get(one.indicator, 0)))
    return found[:MOST_NAMED]


def _tells(store: Store, unit: Unit, place: dict[str, Any]) -> bool:
    step = max(s.date for s in store.info.timeline if unit.valid_on(s.date))
    total = store.units(level=unit.level, date=step, with_shape=True, limit=1).total
    return place["shared_by"] == 1 and not is_sparse(place["of"], total)


def _stand_out(row: Document, place: dict[str, Any]) -> StandOut:
    rank, of = place["rank"], place["of"]
    highest = rank <= (of + 1) / 2
    return StandOut(
        indicator=row["id"],
        name=row["name"],
        text=place["value"],
        period=place["period"],
        rank=rank if highest else of + 1 - rank,
        highest=highest,
        of=of,
    )


def _standing(found: list[StandOut], language: Language) -> str:
    said = "; ".join(_place(one)[language] for one in found)
    return Message("Among the units of its level: {places}.", places=said)[language]


def _place(one: StandOut) -> Message:
    if one.rank == 1 and one.highest:
        said = Message("{name} {value}, the highest of {n} ({period})")
    elif one.rank == 1:
        said = Message("{name} {value}, the lowest of {n} ({period})")
    elif one.highest:
        said = Message("{name} {value}, rank {rank} of {n} from the highest ({period})")
    else:
        said = Message("{name} {value}, rank {rank} of {n} from the lowest ({period})")
    name = one.name[:1].lower() + one.name[1:]
    return said.filled(name=name, value=one.text, n=one.of, rank=one.rank, period=one.period)


def _parts(store: Store, unit: Unit, language: Language) -> str:
    """How many units of which kinds are directly below today, or were on its last day."""
    days = [step.date for step in store.info.timeline if unit.valid_on(step.date)]
    if not days:
        return ""
    below = [one for one in store.children(unit.unit_id) if one.valid_on(days[-1])]
    kinds: dict[str, int] = {}
    for one in below:
        kinds[one.kind] = kinds.get(one.kind, 0) + 1
    if not kinds:
        return ""
    counted = [f"{n} {unit_kind_name(kind, language, n)}" for kind, n in kinds.items()]
    return Message("It consists of {parts}.", parts=_joined(counted, language))[language]
