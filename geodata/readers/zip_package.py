"""A ZIP file whose table of contents is looked at before anything is unpacked."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geodata.errors import FileFault, PortalError
from geodata.i18n import Message
from geodata.readers.limits import Limits, damaged, too_much

_MOST_MEMBERS = 5_000
_ENCRYPTED = 0x1


@contextmanager
def open_package(path: Path, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP file of bounded content.

    What a member says of its own size holds: `zipfile` unpacks no more of it than that.

    Raises
    ------
    FileFault
        The file is no ZIP file, is encrypted, holds too many members or unpacks to too much; or
        something in it proves damaged while it is open.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _verify_contents(path, archive.infolist(), limits)
            yield archive
    except PortalError:
        raise
    except Exception as error:
        # A damaged file comes apart anywhere on the way, as an error of any class.
        raise damaged(path.name, error) from error


def _verify_contents(path: Path, members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > _MOST_MEMBERS:
        what = Message("The archive has too many members")
        raise too_much(what, len(members), _MOST_MEMBERS, path.name)
    if len({member.filename for member in members}) < len(members):
        what = Message("A member of the archive stands twice")
        raise FileFault(what, where=path.name)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise locked_package(path.name)
    size = sum(member.file_size for member in members)
    if size > limits.unpacked_bytes:
        what = Message("The file unpacks to too much")
        raise too_much(what, f"{size} B", limits.unpacked_bytes, path.name)


def locked_package(where: str) -> FileFault:
    """The fault for a file with a password."""
    what = Message("The file has a password")
    remedy = Message("Take the password away and save it")
    return FileFault(what, remedy=remedy, where=where)
