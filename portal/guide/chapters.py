"""The chapters and sections of the guide, to which links of all other pages lead."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.i18n import Language
from portal.urls import page_url

PATH = "/guide"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One task of an office.

    Parameters
    ----------
    id
        Name of its file, and its place in the page.
    sections
        Their places in the page, in order.
    """

    id: str
    sections: tuple[str, ...]


CHAPTERS = (
    Chapter("look", ("map", "choose", "unit", "classes", "filter", "scatter", "indicator")),
    Chapter("compare", ("sides", "cause", "mergers")),
    Chapter("print", ("export", "word", "files", "share")),
    Chapter("publish", ("account", "table", "review", "preview", "history")),
    Chapter("doubts", ("signs", "report", "answer", "correct")),
)
"""In the order of the page."""

PLACES = frozenset(name for each in CHAPTERS for name in (each.id, *each.sections))
"""Where a link may lead within the page."""


def guide_url(place: str, language: Language) -> str:
    """Address of the chapter or section ``place`` of the guide.

    Raises
    ------
    KeyError
        The guide has no such place: a mistake in the code that asks.
    """
    if place not in PLACES:
        raise KeyError(place)
    return f"{page_url(PATH, language)}#{place}"
