"""The figures of a raster computed, told and published: what ``portal raster add`` does."""

from __future__ import annotations

import sys
from typing import Any, NamedTuple

import click

from geodata.dataset import DETAILS, read_boundaries
from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.ledger.derived_figures import DerivedFigures
from geodata.ledger.ledger_records import PublicationRequest
from geodata.ledger.publishing import plan_derived
from geodata.rasters.presets import Preset
from geodata.rasters.publication import derived_from_raster
from geodata.rasters.raster_recipe import RasterOutcome, RasterPaths, RasterRecipe
from geodata.rasters.request import RasterRequest, requested_indicators, requested_recipe
from geodata.rasters.unit_figures import raster_figures
from geodata.table_import.known_facts import StoreFacts
from portal.cli.ledger_commands import (
    LedgerSession,
    emit,
    print_lines,
    print_outcome,
    tell_dry_run,
)
from portal.cli.ledger_lines import plan_lines
from portal.cli.publish_command import plan_document
from portal.cli.raster import Publishing
from portal.cli.raster_report import outcome_document, outcome_lines
from portal.publications import rights_of


class _Report(NamedTuple):
    """What was computed, and by which recipe."""

    outcome: RasterOutcome
    recipe: RasterRecipe


def publish_figures(
    session: LedgerSession,
    paths: RasterPaths,
    request: RasterRequest,
    preset: Preset | None,
    how: Publishing,
) -> None:
    """Compute what was asked for and publish it, or say what publishing would do.

    Raises
    ------
    PortalError
        The raster, the request or the account is not as it must be; nothing is written then.
    """
    if not how.title:
        raise InvalidInput(
            Message("The publication has no title"),
            remedy=Message("Say with --title in a few words what is published"),
        )
    recipe = requested_recipe(request, paths, preset)
    store = session.service.store
    catalogue = StoreFacts(store).catalogue
    indicators, new = requested_indicators(recipe.statistics, preset, catalogue)
    with _Progress() as progress:
        units, shapes = store.units().items, _shapes(session)
        outcome = raster_figures(recipe, paths, units, shapes, indicators, progress=progress)
    derived = derived_from_raster(outcome, recipe, paths, how.source, new)
    if not derived.figures and not how.as_json:
        print_lines(outcome_lines(outcome, recipe), how.language)
    _publish(session, derived, how, _Report(outcome, recipe))


def _publish(
    session: LedgerSession, derived: DerivedFigures, how: Publishing, report: _Report
) -> None:
    store = session.service.store
    plan = plan_derived(session.ledger, store, derived)
    request = PublicationRequest(
        session.writer(how.account), how.title, based_on=plan.based_on, note=how.note
    )
    may = rights_of(store, request.writer.account_id)
    if how.write:
        written = session.service.publish_derived(derived, request, may)
        print_outcome(written, how.as_json, how.language)
        return
    session.service.check_derived(derived, request, may)
    document = outcome_document(*report) | {"plan": plan_document(plan)}
    lines = [*outcome_lines(*report), *plan_lines(plan)]
    emit(document, lines, how.as_json, how.language)
    tell_dry_run(how.as_json, how.language)


def _shapes(session: LedgerSession) -> dict[str, Any]:
    frame = read_boundaries(session.settings.dataset / "shipped", DETAILS[-1])
    return dict(zip(frame["unit_id"], frame.geometry, strict=True))


class _Progress:
    """A bar on the error output of a terminal; nothing where there is none."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._done = 0

    def __enter__(self) -> _Progress:
        return self

    def __call__(self, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        if self._bar is None:
            self._bar = click.progressbar(length=total, file=sys.stderr)
            self._bar.__enter__()
        self._bar.update(done - self._done)
        self._done = done

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
