"""What a file says of itself: what is shown, from where, of which dataset, under which licence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from layers.drawn import DrawnLayer
from layers.sheet.notes import boundary_sources, used_sources
from layers.sheet.options import SheetOptions

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


def alt_text(drawn: DrawnLayer) -> str:
    """The alternative text of a map, made from its figures."""
    language = drawn.layer.language
    missing = [f"{m.label.lower()} {m.count}" for m in drawn.legend.missing if m.count]
    parts = [drawn.summary.rstrip("."), *missing]
    kind = "Bản đồ" if language == "vi" else "Map"
    return f"{kind}. {'; '.join(parts)}. {drawn.subtitle}."


def page_address(drawn: DrawnLayer, options: SheetOptions) -> str:
    """The address of the live map; without a public address only the part after the host."""
    query = urlencode(drawn.layer.to_query(), safe=",/")
    return f"{options.public_url}/?{query}"


def metadata(drawn: DrawnLayer, store: Store, options: SheetOptions) -> Metadata:
    """What is written into the file of a sheet."""
    sources = [*used_sources(drawn, store), *boundary_sources(drawn, store)]
    licences = dict.fromkeys(f"{s.id}: {s.licence}" for s in sources if s.licence)
    return Metadata(
        title=drawn.title,
        alt=alt_text(drawn),
        address=page_address(drawn, options),
        author=options.office or store.info.title[drawn.layer.language],
        version=f"{store.info.id} {store.info.version}",
        licence="; ".join(licences),
        language=drawn.layer.language,
        day=dt.datetime.combine(store.info.reference_date, dt.time(), dt.UTC),
    )
