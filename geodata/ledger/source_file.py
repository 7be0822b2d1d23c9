"""The bytes of uploaded files, kept once under their hash."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, insert, select

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.ledger.metadata import utc_now
from geodata.ledger.revision_tables import source_files


def store_file(
    connection: Connection, name: str, content: bytes, media_type: str = "", sha256: str = ""
) -> str:
    """Keep the bytes of a file and return their SHA-256; those that are there are left alone.

    Raises
    ------
    InvalidInput
        The bytes are not those whose hash was stated.
    """
    digest = hashlib.sha256(content).hexdigest()
    if sha256 and digest != sha256:
        what = Message("The file is not the one that was checked")
        raise InvalidInput(what, found=digest, allowed=(sha256,), where=name)
    there = select(source_files.c.sha256).where(source_files.c.sha256 == digest)
    if connection.execute(there).first() is None:
        row = {
            "sha256": digest,
            "name": name,
            "size": len(content),
            "media_type": media_type,
            "content": content,
            "added_at": utc_now(),
        }
        connection.execute(insert(source_files), row)
    return digest
