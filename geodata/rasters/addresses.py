"""Where a raster lies: a file, or an address of a server, and by which driver it is opened."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from geodata.errors import FileFault
from geodata.i18n import Message

REMOTE = ("http://", "https://")
_DRIVERS = {
    **dict.fromkeys((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), "GTiff"),
    **dict.fromkeys((b"ncol", b"NCOL"), "AAIGrid"),
}
"""What a file is opened by, from its first bytes: TIFF and BigTIFF, and grids as text (.asc)."""


def is_remote(address: str) -> bool:
    """Whether an address leads to a server."""
    return address.lower().startswith(REMOTE)


def file_name(address: str) -> str:
    """The last part of a path or address, for messages."""
    return PurePosixPath(urlsplit(address).path if is_remote(address) else address).name or address


def sha256_of(addresses: Sequence[str]) -> str:
    """SHA-256 of a file, or of those of several one after the other; empty with one on a server."""
    if any(is_remote(address) for address in addresses):
        return ""
    digests = []
    for address in addresses:
        with Path(address).open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    if len(digests) == 1:
        return digests[0]
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def verified_file(address: str) -> tuple[str, str]:
    """The path of a file and the driver that its first bytes name; nothing that leads elsewhere.

    Raises
    ------
    FileFault
        There is no such file, or it is of another kind.
    """
    path = Path(address)
    name = file_name(address)
    if address.startswith("/vsi") or "://" in address or not path.is_file():
        raise FileFault(
            Message("There is no such raster"),
            found=address,
            allowed=Message("the path of a GeoTIFF file"),
            where=name,
        )
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise FileFault(Message("The raster cannot be read"), str(error), where=name) from None
    if start not in _DRIVERS:
        raise FileFault(
            Message("The file is no GeoTIFF"),
            found=start.decode("latin-1"),
            allowed=Message("a GeoTIFF (.tif), also one laid out for the web (COG)"),
            remedy=Message(
                "Write it as one, as by gdal_translate; lists of other files (VRT) are not "
                "followed: name the tiles themselves"
            ),
            where=name,
        )
    return str(path.resolve()), _DRIVERS[start]
