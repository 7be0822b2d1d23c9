"""What a sheet shows: one map or several that share classes, their titles and their address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from geodata.text import Language
from layers.drawn import DrawnLayer
from layers.legend import Legend
from layers.sheet import words


@dataclass(frozen=True)
class Map:
    """One map of a sheet.

    Parameters
    ----------
    heading
        Lines above the map, the first one strong; none on a sheet of one map.
    name
        What tells it from the other maps, in a few words.
    """

    drawn: DrawnLayer
    heading: tuple[str, ...] = ()
    name: str = ""

    @property
    def largest(self) -> float:
        """The largest value, sign ignored."""
        values = (mark.value for mark in self.drawn.marks.values())
        return max((abs(value) for value in values if value is not None), default=0.0)


@dataclass(frozen=True)
class Key:
    """What the key of one or several maps explains.

    Parameters
    ----------
    drawn
        Its legend has the classes, colours and symbols.
    maps
        The maps it is for.
    counts
        The legends whose numbers of units stand in columns, with the columns' headings.
    largest
        The value whose symbol is the largest.
    """

    drawn: DrawnLayer
    maps: tuple[Map, ...]
    counts: tuple[tuple[str, Legend], ...]
    largest: float


@dataclass(frozen=True)
class Subject:
    """What a sheet shows.

    Parameters
    ----------
    alt
        What is shown, highest, lowest and missing, for those who do not see the picture.
    keys
        One for all maps, or one for each.
    page
        Path and query of the live page.
    """

    title: str
    subtitle: str
    alt: str
    maps: tuple[Map, ...]
    keys: tuple[Key, ...]
    page: str

    @property
    def first(self) -> DrawnLayer:
        """The first map, for what all maps have in common."""
        return self.maps[0].drawn

    @property
    def language(self) -> Language:
        """Of all words on the sheet."""
        return self.first.layer.language

    @property
    def shared(self) -> bool:
        """Whether one key explains all maps."""
        return len(self.keys) == 1

    def key_of(self, place: int) -> Key:
        """The key of the map at ``place``."""
        return self.keys[0 if self.shared else place]


def layer_subject(drawn: DrawnLayer) -> Subject:
    """A sheet of one map."""
    shown = Map(drawn)
    return Subject(
        title=drawn.title,
        subtitle=drawn.subtitle,
        alt=alt_text(drawn),
        maps=(shown,),
        keys=(own_key(shown),),
        page=page("/", drawn.layer.to_query()),
    )


def own_key(shown: Map) -> Key:
    """The key of one map."""
    heading = words.COUNT[shown.drawn.layer.language]
    return Key(shown.drawn, (shown,), ((heading, shown.drawn.legend),), shown.largest)


def page(path: str, query: Mapping[str, str]) -> str:
    """An address as the page itself writes it."""
    return f"{path}?{urlencode(query, safe=',/')}"


def alt_text(drawn: DrawnLayer) -> str:
    """The alternative text of a map, made from its figures."""
    kind = words.MAP[drawn.layer.language]
    return f"{kind}. {alt_part(drawn)}. {drawn.subtitle}."


def alt_part(drawn: DrawnLayer) -> str:
    """What one map shows, without the full stop."""
    missing = [f"{m.label.lower()} {m.count}" for m in drawn.legend.missing if m.count]
    return "; ".join([drawn.summary.rstrip("."), *missing])


def capital(text: str) -> str:
    """Words as they begin a line."""
    return text[:1].upper() + text[1:]
