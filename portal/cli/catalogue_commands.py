"""``portal texts``: the catalogues of the program's sentences beside the code that says them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import click

from geodata.i18n import LANGUAGES, locale_of
from geodata.i18n.extract import Sentence, sentences
from geodata.i18n.upkeep import faults, read_catalogue, update

_PACKAGES = ("geodata", "layers", "portal")


@click.group()
def texts() -> None:
    """Keep the sentences of the program in step with their translations."""


@texts.command("check")
def check() -> None:
    """List what is missing in each language; exit code 1 if anything is."""
    labels = read_catalogue(_catalogue("en"))
    said = _sentences()
    found = [line for code in LANGUAGES for line in faults(_catalogue(code), said, labels)]
    click.echo("\n".join(found) or f"{len(said)} sentences in {', '.join(LANGUAGES)}")
    if found:
        raise SystemExit(1)


@texts.command("update")
def renew() -> None:
    """Add what is new in the code to each catalogue, and take away what is gone."""
    said = _sentences()
    labels = read_catalogue(_catalogue("en"))
    for code in LANGUAGES:
        update(_catalogue(code), said, labels, locale_of(code).name)


def _sentences() -> list[Sentence]:
    return [*sentences(_sources())]


def _sources() -> Iterator[Path]:
    for package in _PACKAGES:
        yield from sorted(Path(str(files(package))).rglob("*.py"))


def _catalogue(code: str) -> Path:
    return Path(str(files("geodata.i18n"))) / "locales" / f"{code}.po"
