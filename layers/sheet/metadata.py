"""What a file says of itself: what is shown, from where, of which dataset, under which licence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.sheet.footer import boundary_sources, observation_sources
from layers.sheet.options import SheetOptions
from layers.sheet.sheet_content import SheetContent

if TYPE_CHECKING:
    from geodata.store.interface import Store


@dataclass(frozen=True, slots=True)
class SheetMetadata:
    """The words written into the file.

    Parameters
    ----------
    alt
        What is shown, highest, lowest and missing, for those who do not see the picture.
    address
        Where the map is found again.
    day
        The dataset's day; no clock is asked, so that a sheet can be made again byte by byte.
    """

    title: str
    alt: str
    address: str
    author: str
    version: str
    licence: str
    language: str
    day: dt.datetime


def page_url(content: SheetContent, options: SheetOptions) -> str:
    """The address of the live page; without a public address only the part after the host."""
    return f"{options.public_url}{content.page}"


def sheet_metadata(
    content: SheetContent, store: Store, options: SheetOptions, credited: Collection[str] = ()
) -> SheetMetadata:
    """What is written into the file of a sheet.

    Parameters
    ----------
    credited
        Ids of the sources of what is drawn beside the layer itself, as the small map.
    """
    maps = [shown.layer_view for shown in content.maps]
    sources = [s for layer_view in maps for s in observation_sources(layer_view, store)]
    sources += [s for layer_view in maps for s in boundary_sources(layer_view, store)]
    sources += [store.source(each) for each in sorted(credited)]
    licences = dict.fromkeys(f"{s.id}: {s.licence}" for s in sources if s.licence)
    return SheetMetadata(
        title=content.title,
        alt=content.alt,
        address=page_url(content, options),
        author=options.office or store.info.title[content.language],
        version=f"{store.info.id} {store.info.version}",
        licence="; ".join(licences),
        language=content.language,
        day=dt.datetime.combine(store.info.reference_date, dt.time(), dt.UTC),
    )
