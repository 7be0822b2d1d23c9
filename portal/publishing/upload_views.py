"""``/office/tables/new``: a table comes in, as a file or pasted from Excel or Word."""

from __future__ import annotations

from pathlib import PureWindowsPath

from flask import Flask, Response, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Message
from geodata.ledger.ledger_records import Writer
from geodata.ledger.submissions import remove_lapsed, start_submission
from geodata.readers.layers import LAYER_SUFFIXES
from geodata.readers.limits import DEFAULT_LIMITS
from geodata.readers.pasted import PASTED
from geodata.readers.tables import TABLE_SUFFIXES
from geodata.readers.zip_package import verify_package
from geodata.table_import.opened_file import shown_name
from portal.accounts.access import require_account, required_account
from portal.accounts.pages import answer_form, lead_to, office_page
from portal.ledger_engine import current_ledger
from portal.publishing.paths import TABLES, table_path

_FORM_BYTES = 100_000
"""What the rest of a form may weigh beside its file."""
MOST_UPLOAD = DEFAULT_LIMITS.file_bytes + _FORM_BYTES
"""Bytes of a request that hands a table in."""


SUFFIXES = (*TABLE_SUFFIXES, *LAYER_SUFFIXES)
"""Suffixes of what is handed in: tables, and shapes of places or villages."""


@require_account(most_body=MOST_UPLOAD)
def new_table() -> BaseResponse:
    """The form that takes a table, and what happens to it."""
    return answer_form(_draw, _take)


def _draw(fault: InvalidInput | None) -> Response:
    return office_page(
        "publishing_new.html",
        fault,
        suffixes=SUFFIXES,
        megabytes=DEFAULT_LIMITS.file_bytes // 1_000_000,
    )


def _take() -> BaseResponse:
    name, content = uploaded(request.files.get("file")) or _pasted()
    account = required_account()
    writer = Writer(account.account_id, account.label)
    remove_lapsed(current_ledger())
    made = start_submission(current_ledger(), writer, name, content)
    return lead_to(table_path(made.submission_id))


def uploaded(file: FileStorage | None) -> tuple[str, bytes] | None:
    """Name and bytes of the file that was sent; None without one.

    Raises
    ------
    InvalidInput
        It is empty, no table by its name, has a password or unpacks to more than is read.
    """
    if file is None or not file.filename:
        return None
    name = shown_name(file.filename)
    suffix = PureWindowsPath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise InvalidInput(
            Message("Files of this kind are not read as tables"),
            found=name,
            allowed=SUFFIXES,
            remedy=Message("Save it as .xlsx and hand it in again"),
            where="file",
        )
    content = file.stream.read(DEFAULT_LIMITS.file_bytes + 1)
    if not content:
        raise InvalidInput(Message("The file is empty"), found=name, where="file")
    try:
        verify_package(content, name, DEFAULT_LIMITS)
    except FileFault as fault:
        raise InvalidInput(fault.what, fault.found, fault.allowed, fault.remedy, "file") from None
    return name, content


def _pasted() -> tuple[str, bytes]:
    """What was pasted: the cells as HTML where a script could catch them, else as tabbed text."""
    html, text = request.form.get("pasted_html", ""), request.form.get("pasted", "")
    if text.strip():
        return PASTED, (html if html.strip() else text).encode()
    raise InvalidInput(
        Message("There is no table yet"),
        allowed=Message("a file, or cells copied from Excel or Word"),
        where="file",
    )


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule(f"{TABLES}/new", "table_new", new_table, methods=["GET", "POST"])
