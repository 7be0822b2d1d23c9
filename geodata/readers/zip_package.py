"""A ZIP file whose table of contents is looked at before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from geodata.errors import FileFault, LockedFile, PortalError
from geodata.i18n import Message
from geodata.readers.limits import Limits, damaged, too_large, too_much

_MOST_MEMBERS = 5_000
_ENCRYPTED = 0x1


def verify_package(content: bytes, name: str, limits: Limits) -> None:
    """Refuse a ZIP file by its table of contents alone, before anything reads or keeps it.

    One that is no ZIP file, or is damaged, passes: whoever reads it says what is wrong with it.

    Parameters
    ----------
    content
        The file.
    name
        What it is called in messages.

    Raises
    ------
    FileFault
        It is encrypted, holds too many members or unpacks to too much.
    """
    with suppress(zipfile.BadZipFile, ValueError, OSError):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
        _verify_contents(name, members, limits)


@contextmanager
def open_package(path: Path, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP file of bounded content.

    What the table of contents says of a member's size holds even where it lies: `zipfile` unpacks
    no more than that of it, and refuses a member that is another size.

    Raises
    ------
    FileFault
        The file is no ZIP file, is encrypted, holds too many members or unpacks to too much; or
        something in it proves damaged while it is open.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _verify_contents(path.name, archive.infolist(), limits)
            yield archive
    except PortalError:
        raise
    except Exception as error:
        # A damaged file comes apart anywhere on the way, as an error of any class.
        raise damaged(path.name, error) from error


def _verify_contents(name: str, members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > _MOST_MEMBERS:
        what = Message("The archive has too many members")
        raise too_much(what, len(members), _MOST_MEMBERS, name)
    if len({member.filename for member in members}) < len(members):
        what = Message("A member of the archive stands twice")
        raise FileFault(what, where=name)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise locked_package(name)
    size = sum(member.file_size for member in members)
    if size > limits.unpacked_bytes:
        what = Message("The file unpacks to too much")
        raise too_large(what, size, limits.unpacked_bytes, name)


def locked_package(where: str) -> LockedFile:
    """The fault for a file with a password."""
    what = Message("The file has a password")
    remedy = Message("Take the password away and save it")
    return LockedFile(what, remedy=remedy, where=where)
