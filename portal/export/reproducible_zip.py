"""Office files (ECMA-376) without a trace of the clock: the same content gives the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

_CORE = "docProps/core.xml"


def with_fixed_dates(content: bytes, day: dt.date) -> bytes:
    """The same archive with the dataset's day in place of the time of writing."""
    target = io.BytesIO()
    stamp = rf"\g<1>{day.isoformat()}T00:00:00Z\g<2>".encode()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == _CORE:
                data = re.sub(rb"(W3CDTF\">)[^<]*(<)", stamp, data)
            fixed = zipfile.ZipInfo(entry.filename, (day.year, day.month, day.day, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, data)
    return target.getvalue()
