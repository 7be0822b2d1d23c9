"""The pictures of the guide, which ``make screenshots`` takes of the portal itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image

from portal.webmap.assets import asset_content, asset_url

LANGUAGES = ("vi", "en")
"""A picture shows words, so there is one in each language in which the guide is written."""
MOST_BYTES = 60_000
"""Most that a picture may weigh: the guide is read over slow lines too."""


@dataclass(frozen=True, slots=True)
class GuidePicture:
    """One picture.

    Parameters
    ----------
    id
        Part of its file's name.
    page
        Name of the page it shows, among `GuideExample.addresses`.
    marks
        How many numbered marks it bears, which the text beside it explains.
    """

    id: str
    page: str
    marks: int = 0

    def asset(self, language: str) -> str:
        """Plain name of its file."""
        return f"guide-{self.id}.{language}.webp"


PICTURES = {
    each.id: each
    for each in (
        GuidePicture("map", "map", marks=7),
        GuidePicture("card", "card"),
        GuidePicture("classes", "map", marks=4),
        GuidePicture("filter", "map"),
        GuidePicture("indicator", "indicator"),
        GuidePicture("compare", "compare", marks=5),
        GuidePicture("export", "map", marks=5),
        GuidePicture("table", "table"),
        GuidePicture("review", "office", marks=3),
        GuidePicture("preview", "office"),
        GuidePicture("answer", "reports"),
    )
}
"""By id."""


@lru_cache(maxsize=64)
def _size(name: str, _url: str) -> tuple[int, int]:
    with Image.open(BytesIO(asset_content(name))) as picture:
        return picture.size


def picture_file(picture: GuidePicture, language: str) -> tuple[str, int, int]:
    """Address, width and height in pixels of a picture.

    Raises
    ------
    FileFault
        It has not been taken, or the browser files have not been built since.
    """
    name = picture.asset(language)
    url = asset_url(name)
    return (url, *_size(name, url))
