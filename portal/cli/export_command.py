"""``portal export``: the file of an address, or of many, without a server."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode

import click

from geodata.errors import FileFault, InvalidInput, PortalError
from geodata.i18n import OPERATOR_LANGUAGES, Message
from geodata.store import Store
from portal.app_state import open_or_create_store
from portal.cli.batch import BatchLine, read_batch
from portal.cli.commands import load_drawing_library, run_or_exit
from portal.config import Settings, read_settings
from portal.urls import EXPORT, split_url

_PREFIX = f"{EXPORT}/"
_DOCUMENTS = {"docx": "report", "html": "map"}
_SHEETS = ("png", "pdf", "svg")
_PAGES = ("/", "/compare")
_PICKING = ("where", "within")


@click.command()
@click.argument("address", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; of a page's address its ending says what is made.",
)
@click.option(
    "--logo",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A PNG or JPEG picture to stand beside the title of a sheet.",
)
@click.option(
    "--batch",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A CSV or YAML file with address and output on every line, instead of ADDRESS and -o.",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    show_default="this folder",
    help="Folder that the outputs of a batch lie in.",
)
def export(
    address: str | None, output: Path | None, logo: Path | None, batch: Path | None, into: Path
) -> None:
    """Write the file of ADDRESS: of a page, or below /export/ (sheet, pair, multiples, difference,
    atlas, report, map, data).

    The bytes are those the server answers for the same address and dataset.
    """  # noqa: D205 - click shows the first paragraph
    if (batch is None) == (address is None or output is None) or (batch and (address or output)):
        raise click.UsageError("Give ADDRESS and -o FILE, or --batch FILE.")
    settings = run_or_exit(lambda: read_settings({}))
    run_or_exit(load_drawing_library)
    lines = run_or_exit(lambda: read_batch(batch, into)) if batch else []
    store = run_or_exit(lambda: open_or_create_store(settings))
    try:
        if address is not None and output is not None:
            one = FileExporter(store, settings, logo)
            size = run_or_exit(lambda: one.write(address, output))
            click.echo(f"{output}: {size} bytes")
        else:
            _write_all(lines, FileExporter(store, settings, logo))
    finally:
        store.close()


def _write_all(lines: list[BatchLine | FileFault], exporter: FileExporter) -> None:
    """Every line, told as it is done; exit code 1 if any of them failed."""
    failed = 0
    for number, line in enumerate(lines, 1):
        try:
            if isinstance(line, PortalError):
                raise line
            size = exporter.write(line.address, line.output)
        except PortalError as fault:
            failed += 1
            where = "" if isinstance(line, PortalError) else f"{line.where} address: "
            for spoken in OPERATOR_LANGUAGES:
                click.echo(f"{number}/{len(lines)} {where}{fault.message(spoken)}", err=True)
        else:
            click.echo(f"{number}/{len(lines)} {line.output}: {size} bytes")
    if failed:
        click.echo(f"{failed}/{len(lines)} failed", err=True)
        raise SystemExit(1)


class FileExporter:
    """Makes the files of addresses from one store."""

    def __init__(self, store: Store, settings: Settings, logo: Path | None) -> None:
        from portal.export.logo import read_logo  # noqa: PLC0415 - needs Pillow

        self._store, self._settings = store, settings
        self._logo = run_or_exit(lambda: read_logo(logo.read_bytes() if logo else b""))

    def write(self, address: str, output: Path) -> int:
        """Make the file of an address; its size. The file is there whole or not at all.

        Raises
        ------
        InvalidInput, NotFound, TooLarge
            The address gives no such file, or not one of the output's ending.
        FileFault
            The file cannot be written.
        """
        from portal.export.parse import parse_export  # noqa: PLC0415 - needs matplotlib
        from portal.export.render import render  # noqa: PLC0415 - as above
        from portal.short_urls.short_url_store import FILE_NAME, ShortUrlStore, is_findable  # noqa: PLC0415

        asked = _export_address(address, output)
        spec = parse_export(asked, self._store, self._settings, self._logo)
        if spec.short_page:
            with closing(ShortUrlStore(self._settings.instance / FILE_NAME)) as addresses:
                if not is_findable(addresses, spec.short_page, self._store):
                    spec = replace(spec, short_page="")
        content = render(spec, self._store, _progress_printer(spec.pages), self._logo)
        write_atomically(output, content)
        return len(content)


def _progress_printer(pages: int) -> Callable[[int, str], None]:
    """Tells on the terminal how far long work is; a file or a pipe is spared."""

    def tell(done: int, message: str) -> None:
        if pages > 1 and sys.stderr.isatty():
            click.echo(f"  {done + 1}/{pages} {message}", err=True)

    return tell


def _export_address(address: str, output: Path) -> str:
    """The address of a file below ``/export/``, of such an address or that of a page."""
    from portal.export.kinds import EXPORT_KINDS  # noqa: PLC0415 - needs matplotlib

    parts = split_url(address)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kind, extension = _kind_and_extension(parts.path, dict(reversed(pairs)), output)
    if not parts.path.startswith(_PREFIX):
        # A page's address says more than what is on its map: the unit open, the place, the order.
        declared = EXPORT_KINDS[kind].parameters if kind in EXPORT_KINDS else ()
        names = {parameter.name for parameter in declared}
        _tell_unapplied([name for name, value in pairs if value and name not in names])
        pairs = [(name, value) for name, value in pairs if name in names]
    elif output.suffix.lstrip(".").lower() not in ("", extension):
        raise InvalidInput(
            Message("The file's ending is not that of the address"),
            found=output.name,
            allowed=(f".{extension}",),
            where="output",
        )
    return f"{_PREFIX}{quote(f'{kind}.{extension}')}?{urlencode(pairs)}"


def _tell_unapplied(names: list[str]) -> None:
    """Say which picking of units a file leaves out: it would be taken for a part of it."""
    for name in names:
        if name in _PICKING:
            said = Message("{name}: this kind of file is of all units, none is picked", name=name)
            for spoken in OPERATOR_LANGUAGES:
                click.echo(said[spoken], err=True)


def write_atomically(output: Path, content: bytes) -> None:
    """Write aside, then move: nobody finds half a file."""
    temporary = output.with_name(f".{output.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        os.replace(temporary, output)
    except OSError as error:
        raise FileFault(
            Message("The file cannot be written"),
            found=str(error.strerror or error),
            remedy=Message("Choose a folder that can be written to"),
            where=str(output),
        ) from None
    finally:
        temporary.unlink(missing_ok=True)


def _kind_and_extension(path: str, query: Mapping[str, str], output: Path) -> tuple[str, str]:
    """Kind and extension: from the path below ``/export/``, else from page and file.

    Raises
    ------
    InvalidInput
        The path is neither.
    """
    if path.startswith(_PREFIX):
        kind, _, extension = path.removeprefix(_PREFIX).rpartition(".")
        return kind, extension
    page = path.rstrip("/") or "/"
    if not path or page not in _PAGES:
        raise InvalidInput(
            Message("This address gives no file"),
            found=path,
            allowed=(*(f"{each}?…" for each in _PAGES), f"{_PREFIX}sheet.png?…"),
            where="address",
        )
    extension = output.suffix.lstrip(".").lower()
    if extension in _DOCUMENTS:
        return _DOCUMENTS[extension], extension
    if extension not in _SHEETS:
        return "data", extension
    if page == "/compare":
        return "difference" if query.get("mode") == "difference" else "pair", extension
    return "sheet", extension
