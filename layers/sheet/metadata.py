"""What a file says of itself: what is shown, from where, of which dataset, under which licence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.sheet.notes import boundary_sources, used_sources
from layers.sheet.options import SheetOptions
from layers.sheet.subject import Subject

if TYPE_CHECKING:
    from geodata.store.interface import Store


@dataclass(frozen=True, slots=True)
class Metadata:
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


def page_address(subject: Subject, options: SheetOptions) -> str:
    """The address of the live page; without a public address only the part after the host."""
    return f"{options.public_url}{subject.page}"


def metadata(
    subject: Subject, store: Store, options: SheetOptions, credited: Collection[str] = ()
) -> Metadata:
    """What is written into the file of a sheet.

    Parameters
    ----------
    credited
        Ids of the sources of what is drawn beside the layer itself, as the small map.
    """
    maps = [shown.drawn for shown in subject.maps]
    sources = [s for drawn in maps for s in used_sources(drawn, store)]
    sources += [s for drawn in maps for s in boundary_sources(drawn, store)]
    sources += [store.source(each) for each in sorted(credited)]
    licences = dict.fromkeys(f"{s.id}: {s.licence}" for s in sources if s.licence)
    return Metadata(
        title=subject.title,
        alt=subject.alt,
        address=page_address(subject, options),
        author=options.office or store.info.title[subject.language],
        version=f"{store.info.id} {store.info.version}",
        licence="; ".join(licences),
        language=subject.language,
        day=dt.datetime.combine(store.info.reference_date, dt.time(), dt.UTC),
    )
