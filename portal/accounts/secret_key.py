"""The key that signs cookies and forms: from the environment, or made once for an instance.

It is no row of `portal.config.SETTINGS` but one of `SECRETS`: settings are shown by ``portal info``
and handed to the processes that make files.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Message
from portal.config import SECRETS

(ENVIRONMENT,) = SECRETS
FILE_NAME = "secret_key"
"""Of an instance."""
_LEAST_LENGTH = 32


def read_secret_key(instance: Path) -> str:
    """The key of an instance; made, readable for its owner alone, where there is none.

    Of several processes that start at once one makes it and all read the same.

    Raises
    ------
    InvalidInput
        The key of the environment is too short.
    FileFault
        The file cannot be made or read, or others than its owner may read it.
    """
    given = os.environ.get(ENVIRONMENT, "")
    if given:
        if len(given) < _LEAST_LENGTH:
            raise InvalidInput(
                Message("The secret key is too short"),
                allowed=Message("at least {n} characters", n=_LEAST_LENGTH),
                where=ENVIRONMENT,
            )
        return given
    path = instance / FILE_NAME
    try:
        if not path.exists():
            _make(path)
        return _read(path)
    except OSError as error:
        raise FileFault(
            Message("The secret key cannot be kept in the instance folder"),
            found=str(error),
            remedy=Message("Set PORTAL_SECRET_KEY, or see to it that the folder can be written"),
            where=str(path),
        ) from error


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{FILE_NAME}.{secrets.token_hex(8)}.part")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        # A link fails where another process was first, whose key then holds.
        with suppress(FileExistsError):
            os.link(aside, path)
    finally:
        aside.unlink()


def _read(path: Path) -> str:
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        raise FileFault(
            Message("Others than its owner may read the secret key"),
            found=oct(mode),
            allowed=("0o600",),
            remedy=Message("Remove the file and start again; everybody then signs in anew"),
            where=str(path),
        )
    key = path.read_text(encoding="ascii").strip()
    if len(key) < _LEAST_LENGTH:
        raise FileFault(
            Message("The secret key is too short"),
            allowed=Message("at least {n} characters", n=_LEAST_LENGTH),
            remedy=Message("Remove the file and start again; everybody then signs in anew"),
            where=str(path),
        )
    return key
