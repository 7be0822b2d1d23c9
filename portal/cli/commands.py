"""``portal serve | init | info | dataset new | dataset build | dataset check``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any, TypeVar

import click

from geodata.catalogue import read_catalogue
from geodata.dataset import read_dataset_info, read_manifest
from geodata.errors import FileFault, PortalError
from geodata.i18n import LANGUAGES, OPERATOR_LANGUAGES, Language, Message
from portal.app_state import open_or_create_store
from portal.catalogue_checks import check_symbology
from portal.cli.deferred_group import DeferredGroup
from portal.cli.doubt_lines import dataset_doubts, doubt_lines
from portal.cli.exit_codes import code_of
from portal.config import SETTINGS, Settings, read_settings
from portal.tasks.priority import give_way

T = TypeVar("T")
_INPUTS_HELP = (
    "Folder of the files the dataset is made from, or of its data/ and seeds/ (documents)."
)


class CommandError(click.ClickException):
    """A refusal of the portal on the terminal, in the default language and in English."""

    def __init__(self, fault: PortalError) -> None:
        super().__init__("\n".join(fault.message(spoken) for spoken in OPERATOR_LANGUAGES))
        self.code = code_of(fault)

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the refusal and end the command with its code."""
        super().show(file)
        raise SystemExit(self.code)


@contextmanager
def refusals() -> Iterator[None]:
    """Let a refusal end the command with its words and its code instead of a stack trace."""
    try:
        yield
    except PortalError as fault:
        raise CommandError(fault) from None


def run_or_exit(do: Callable[[], T]) -> T:
    """``do()``, its refusal as `refusals` makes it."""
    with refusals():
        return do()


def load_drawing_library() -> None:
    """Import matplotlib, which refuses to be imported where it can write nowhere.

    Raises
    ------
    FileFault
        Neither the home folder nor a folder for temporary files can be written.
    """
    try:
        import_module("matplotlib")
    except OSError as error:
        raise FileFault(
            Message("There is no folder for temporary files"),
            found=str(error),
            remedy=Message("Set TMPDIR or MPLCONFIGDIR to a folder that can be written"),
        ) from None


def _settings(**overrides: object) -> Settings:
    return run_or_exit(lambda: read_settings(overrides))


class PortalCommands(DeferredGroup):
    """The commands of a terminal; as a program, all of them but the server give way to it.

    An office loads villages or makes an atlas on the machine that serves its readers.
    """

    def __call__(self, arguments: Sequence[str] | None = None, **options: object) -> object:
        """Run the command in ``arguments``, by default those of the terminal."""
        given = sys.argv[1:] if arguments is None else arguments
        if "serve" not in given[:1]:
            give_way()
        return super().__call__(arguments, **options)


@click.group(
    cls=PortalCommands,
    deferred={
        "data": "portal.cli.data_commands:data",
        "export": "portal.cli.export_command:export",
        "raster": "portal.cli.raster:raster",
        "texts": "portal.cli.catalogue_commands:texts",
        "user": "portal.cli.user_commands:user",
        "vector": "portal.cli.vector_commands:vector",
    },
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Settings come from the environment: " + ", ".join(s.env for s in SETTINGS) + ".",
)
def main() -> None:
    """Map portal of indicators for administrative units."""


@main.command()
@click.option("--host", help="Address to listen on; else HOST, else 127.0.0.1.")
@click.option("--port", help="Port to listen on; else PORT, else 8000.")
@click.option("--threads", help="Threads that answer requests; else PORTAL_THREADS, else 8.")
@click.option("--open", "show", is_flag=True, help="Open the map in the browser.")
def serve(host: str | None, port: str | None, threads: str | None, show: bool) -> None:
    """Serve the portal; the store is made on the first run."""
    run_or_exit(load_drawing_library)
    from portal.cli.server import run  # noqa: PLC0415 - the other commands need no web framework

    settings = _settings(HOST=host, PORT=port, PORTAL_THREADS=threads)
    run_or_exit(lambda: run(settings, show))


@main.command()
def init() -> None:
    """Make the store of this instance anew from the dataset."""
    settings = _settings()
    store = run_or_exit(lambda: open_or_create_store(settings, renew=True))
    name = f"{store.info.id}.gpkg"
    click.echo(f"{settings.instance / name}: {store.info.id} {store.info.version}")
    store.close()


@main.command()
def info() -> None:
    """Show the dataset and the settings."""
    settings = _settings()
    described = run_or_exit(lambda: read_dataset_info(settings.dataset))
    counts = run_or_exit(lambda: read_manifest(settings.dataset)).get("counts", {})
    click.echo(f"dataset {described.id} {described.version or '(not built)'}")
    click.echo(f"documents read up to {described.reference_date}")
    for name, number in counts.items():
        click.echo(f"  {name}: {number}")
    for setting in SETTINGS:
        where = "environment" if setting.env in os.environ else "default"
        click.echo(f"{setting.env} = {getattr(settings, setting.field)} ({where})")


@main.group()
def dataset() -> None:
    """Make and check the dataset."""


@dataset.command("new")
@click.argument("place", type=click.Path(path_type=Path))
def new_dataset(place: Path) -> None:
    """Write the files of a new dataset, with comments and sample inputs, into the folder PLACE."""
    from geodata.dataset_files.skeleton import write_skeleton  # noqa: PLC0415 - here only

    written = run_or_exit(lambda: write_skeleton(place))
    click.echo("\n".join(str(place / name) for name in written))
    click.echo(f"\nPORTAL_DATASET={place} portal dataset build --inputs {place}")
    click.echo(f"PORTAL_DATASET={place} portal dataset check --inputs {place}")
    click.echo(f"PORTAL_DATASET={place} portal serve")


@dataset.command()
@click.option("--inputs", type=click.Path(path_type=Path), required=True, help=_INPUTS_HELP)
@click.option(
    "--only",
    type=click.Choice(["figures"]),
    help="Keep the shipped shapes, and the figures of tables that are not among the inputs.",
)
def build(inputs: Path, only: str | None) -> None:
    """Make the shipped tables and boundaries; the same inputs give the same bytes."""
    # Both need the raster libraries.
    from geodata.build.figures import build_figures, kept_inputs  # noqa: PLC0415
    from geodata.build.pipeline import build_dataset  # noqa: PLC0415

    settings = _settings()
    make = build_figures if only == "figures" else build_dataset
    manifest = run_or_exit(lambda: make(settings.dataset, inputs))
    if only == "figures" and (kept := kept_inputs(settings.dataset, inputs)):
        click.echo(f"not among the inputs, figures kept as shipped: {', '.join(kept)}")
    counts = ", ".join(f"{number} {name}" for name, number in manifest.counts.items())
    click.echo(f"{settings.dataset / 'shipped'}: {manifest.dataset} {manifest.version} ({counts})")
    doubts = run_or_exit(lambda: dataset_doubts(settings.dataset))
    click.echo(f"{sum(each.count for each in doubts)} doubts; list them: dataset check --doubts")


@dataset.command()
@click.option("--inputs", type=click.Path(path_type=Path), help=_INPUTS_HELP)
@click.option(
    "--doubts", is_flag=True, help="List what contradicts itself too, by document and rule."
)
@click.option(
    "--lang", type=click.Choice(LANGUAGES), default="en", show_default=True,
    help="Language of the doubts.",
)  # fmt: skip
def check(inputs: Path | None, *, doubts: bool, lang: Language) -> None:
    """Verify the dataset; one line for each fault, and exit code 1 if there is any.

    A doubt is no fault: the dataset says what its documents say, and marks what contradicts it.
    """
    from geodata.check import check_dataset  # noqa: PLC0415 - only this command checks

    settings = _settings()
    faults = run_or_exit(lambda: check_dataset(settings.dataset, inputs))
    with suppress(PortalError):  # A catalogue that cannot be read is among the faults.
        faults += check_symbology(read_catalogue(settings.dataset))
    for fault in faults:
        click.echo(fault.message("en"))
    click.echo(f"{len(faults)} faults", err=True)
    if doubts:
        found = run_or_exit(lambda: dataset_doubts(settings.dataset))
        click.echo("\n".join(doubt_lines(found, lang)))
    if faults:
        raise SystemExit(1)
