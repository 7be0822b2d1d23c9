"""``portal export``: the file of an address, without a server."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import click
from werkzeug.datastructures import MultiDict

from portal.cli.commands import attempt
from portal.config import read_settings
from portal.services import open_or_make_store

_PREFIX = "/export/"


@click.command()
@click.argument("address")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The file to write; of a page's address its ending says what is made.",
)
@click.option(
    "--logo",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A PNG or JPEG picture to stand beside the title of a sheet.",
)
def export(address: str, output: Path, logo: Path | None) -> None:
    """Write the sheet or the figures of ADDRESS: of a page, or below /export/.

    The bytes are those the server answers for the same address and dataset.
    """
    from portal.export.logo import read_logo  # noqa: PLC0415 - needs Pillow
    from portal.export.making import declared, read_order  # noqa: PLC0415 - needs matplotlib
    from portal.short.memory import FILE, Addresses, code_of  # noqa: PLC0415

    settings = attempt(lambda: read_settings({}))
    parts = urlsplit(address)
    args = MultiDict(parse_qsl(parts.query, keep_blank_values=True))
    kind, extension = _named(parts.path, args, output)
    if not parts.path.startswith(_PREFIX):
        # A page's address says more than what is on its map: the unit open, the place, the order.
        names = {parameter.name for parameter in declared(kind)}
        args = MultiDict([(k, v) for k, v in args.items(multi=True) if k in names])
    picture = attempt(lambda: read_logo(logo.read_bytes() if logo else b""))
    store = attempt(lambda: open_or_make_store(settings))
    url = settings.public_url
    try:
        order = attempt(lambda: read_order(store, kind, extension, args, url, logo=picture))
        if order.page:
            with closing(Addresses(settings.instance / FILE)) as addresses:
                addresses.remember(code_of(order.page), order.page)
        content = attempt(order.make)
        output.write_bytes(content)
    finally:
        store.close()
    click.echo(f"{output}: {len(content)} bytes")


def _named(path: str, query: Mapping[str, str], output: Path) -> tuple[str, str]:
    """Kind and extension: from the path below ``/export/``, else from page and file."""
    if path.startswith(_PREFIX):
        kind, _, extension = path.removeprefix(_PREFIX).rpartition(".")
        return kind, extension
    extension = output.suffix.lstrip(".").lower()
    if extension not in ("png", "pdf", "svg"):
        return "data", extension
    if path.rstrip("/") == "/compare":
        return "difference" if query.get("mode") == "difference" else "pair", extension
    return "sheet", extension
