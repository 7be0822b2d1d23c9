"""The kinds of files there are: for each what it is asked for with, and what makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import cast

from geodata.errors import InvalidInput, NotFound
from geodata.i18n import DEFAULT_LANGUAGE, Message
from geodata.model import Level
from geodata.store import Store
from layers.layer import Layer
from layers.layer_query import require_one_of
from layers.layer_view import LayerView, resolve_layer
from layers.unit_filter import filtered_view
from portal.export.data import (
    DATA_TYPES,
    PLACE_TYPES,
    UNIT_TYPES,
    FileForm,
    data_file,
    places_file,
)
from portal.export.data.completeness_file import completeness_csv, completeness_workbook
from portal.export.data.csv_form import CsvForm
from portal.export.data.unit_file import unit_csv, unit_file_name, unit_workbook
from portal.export.multipage import (
    DOCX_TYPE,
    PREVIEW,
    plan_atlas,
    plan_report,
    render_atlas,
    render_report,
)
from portal.export.request import ExportPlan, ExportRequest
from portal.export.sheet_files import SHEET_TYPES, plan_sheet, render_sheet
from portal.export.sheets import SHEETS, unit_filter
from portal.export.spec import layer_file_name
from portal.parameters.declared import LANG, LAYER, LEVEL, ONE_UNIT
from portal.parameters.declared_files import (
    ATLAS,
    CRS,
    CRS_NAMES,
    CSV_FORMS,
    FILTER,
    FORM,
    LETTER,
    LEVELS_SHOWN,
    REPORT,
    UNIT_REPORT,
    YEAR,
)
from portal.parameters.reader import Parameter
from portal.serializers.doubts import doubts_of_document
from portal.serializers.unit_report import UnitReport, unit_report
from portal.tasks.progress import ProgressCallback

_CHOSEN_FOR = {"form": ("csv",), "crs": ("gpkg",)}
"""The endings of which a parameter of the form of a file can be chosen."""
_AS_USUAL = {"form": CSV_FORMS[0], "crs": CRS_NAMES[0]}

Plan = Callable[[ExportRequest, Store], ExportPlan]
Render = Callable[[ExportRequest, Store, ProgressCallback], bytes]


@dataclass(frozen=True, slots=True)
class ExportKind:
    """One kind of file.

    Parameters
    ----------
    formats
        Media type of each ending.
    parameters
        What its address may hold.
    plan
        Checks a request, names the file and counts its pages; quick.
    render
        Makes the file of a request that `plan` took.
    settings_used
        Of `portal.export.spec.ExportSettings`: ``public_url``, ``relief`` and ``rasters``.
    takes_logo
        Whether it has a place for a reader's logo.
    multipage
        Whether a process makes it, since it takes long.
    """

    formats: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    plan: Plan
    render: Render
    settings_used: frozenset[str] = field(default_factory=frozenset)
    takes_logo: bool = False
    multipage: bool = False


def _plan_layer(request: ExportRequest, store: Store) -> ExportPlan:
    layer = Layer.from_query(request.params.query, store)
    return ExportPlan(layer.to_query(), f"{layer_file_name(layer)}.{request.format}")


def _plan_data(request: ExportRequest, store: Store) -> ExportPlan:
    request.check_no_rasters()
    _form(request, store)
    if unit_filter(request.params):
        _picked_view(request, store)
    return _plan_layer(request, store)


def _render_data(request: ExportRequest, store: Store, _: ProgressCallback) -> bytes:
    return data_file(_picked_view(request, store), store, request.format, _form(request, store))


def _picked_view(request: ExportRequest, store: Store) -> LayerView:
    """The map whose figures are wanted, with the units that the address picks."""
    layer_view = resolve_layer(Layer.from_query(request.params.query, store), store)
    return filtered_view(layer_view, unit_filter(request.params), store, only=True)


def _form(request: ExportRequest, store: Store) -> FileForm:
    """In which form a file of figures or places is wanted.

    Raises
    ------
    InvalidInput
        Something is asked of a format that has no such choice, or of a dataset that names no zone.
    """
    params = request.params
    for name, endings in _CHOSEN_FOR.items():
        if params.get(name, _AS_USUAL[name]) != _AS_USUAL[name] and request.format not in endings:
            raise InvalidInput(
                Message("This format has no such choice"),
                found=f"{name}={params[name]}, {request.format}",
                allowed=tuple(endings),
                remedy=Message("Leave it out, or ask for another format"),
                where=name,
            )
    local = params.get("crs") == "vn2000"
    if local and not store.info.local_crs:
        raise InvalidInput(
            Message("The dataset names no zone of VN-2000"),
            found="crs=vn2000",
            allowed=("wgs84",),
            remedy=Message("Name it as local_crs in dataset.toml, or leave out crs"),
            where="crs",
        )
    form = cast(CsvForm, params.get("form", _AS_USUAL["form"]))
    return FileForm(form, store.info.local_crs if local else "")


def _plan_places(request: ExportRequest, store: Store) -> ExportPlan:
    request.check_no_rasters()
    _form(request, store)
    layer = Layer.from_query(request.params.query, store)
    return ExportPlan(layer.to_query(), f"{store.info.id}_places.{request.format}")


def _render_places(request: ExportRequest, store: Store, _: ProgressCallback) -> bytes:
    layer = Layer.from_query(request.params.query, store)
    return places_file(layer, store, request.format, _form(request, store))


def _render_map(request: ExportRequest, store: Store, _: ProgressCallback) -> bytes:
    # A worker that draws a sheet needs no folium, nor its memory.
    from portal.export.standalone_html import standalone_html  # noqa: PLC0415

    layer = Layer.from_query(request.params.query, store)
    return standalone_html(layer, store, request.settings.public_url, request.settings.rasters)


def _plan_unit(request: ExportRequest, store: Store) -> ExportPlan:
    unit = store.unit(request.params["unit"])
    _form(request, store)
    language = request.params.get("lang", DEFAULT_LANGUAGE)
    spoken = {} if language == DEFAULT_LANGUAGE else {"lang": language}
    return ExportPlan(spoken, unit_file_name(unit, request.format))


def _render_unit(request: ExportRequest, store: Store, _: ProgressCallback) -> bytes:
    unit = store.unit(request.params["unit"])
    language = request.params.get("lang", DEFAULT_LANGUAGE)
    if request.format == "csv":
        return unit_csv(store, unit, language, _form(request, store).csv)
    return unit_workbook(store, unit, language)


def _plan_completeness(request: ExportRequest, store: Store) -> ExportPlan:
    _form(request, store)
    level, year = _level_and_year(request)
    language = request.params.get("lang", DEFAULT_LANGUAGE)
    spoken = {} if language == DEFAULT_LANGUAGE else {"lang": language}
    parts = (store.info.id, "completeness", level, str(year or ""))
    return ExportPlan(spoken, f"{'_'.join(filter(None, parts))}.{request.format}")


def _render_completeness(request: ExportRequest, store: Store, _: ProgressCallback) -> bytes:
    level, year = _level_and_year(request)
    language = request.params.get("lang", DEFAULT_LANGUAGE)
    if request.format == "csv":
        return completeness_csv(store, level, year, language, _form(request, store).csv)
    return completeness_workbook(store, level, year, language)


def _level_and_year(request: ExportRequest) -> tuple[Level, int | None]:
    year = request.params.get("year")
    level = cast(Level, request.params.get("level", LEVELS_SHOWN[0]))
    require_one_of("level", level, LEVELS_SHOWN)
    return level, int(year) if year else None


def _plan_letter(request: ExportRequest, store: Store) -> ExportPlan:
    source = doubts_of_document(store, request.params["source"]).source
    language = request.params.get("lang", DEFAULT_LANGUAGE)
    spoken = {} if language == DEFAULT_LANGUAGE else {"lang": language}
    return ExportPlan(spoken, f"{source.id}_doubts.docx")


def _render_letter(request: ExportRequest, store: Store, _: ProgressCallback) -> bytes:
    # The libraries that write documents.
    from portal.export.report.doubt_letter import doubt_letter  # noqa: PLC0415

    params = request.params
    language = params.get("lang", DEFAULT_LANGUAGE)
    found = doubts_of_document(store, params["source"])
    return doubt_letter(found, store, params, language)


def _asked_report(request: ExportRequest, store: Store) -> UnitReport:
    unit = store.unit(request.params["unit"])
    found = unit_report(store, unit, request.params.get("period", ""))
    if found is None:
        what = Message("The unit has no period with enough figures for a report")
        raise NotFound(what, found=unit.unit_id, where="unit")
    return found


def _plan_unit_report(request: ExportRequest, store: Store) -> ExportPlan:
    report = _asked_report(request, store)
    language = request.params.get("lang", DEFAULT_LANGUAGE)
    spoken = {} if language == DEFAULT_LANGUAGE else {"lang": language}
    period = report.period.replace("/", "_")
    return ExportPlan(spoken, f"{report.unit.unit_id}_report_{period}.docx")


def _render_unit_report(request: ExportRequest, store: Store, _: ProgressCallback) -> bytes:
    # The libraries that write documents.
    from portal.export.report.unit_report import unit_report_docx  # noqa: PLC0415

    language = request.params.get("lang", DEFAULT_LANGUAGE)
    return unit_report_docx(_asked_report(request, store), store, request.params, language)


def _sheet(name: str) -> ExportKind:
    return ExportKind(
        SHEET_TYPES,
        SHEETS[name].parameters,
        partial(plan_sheet, name),
        partial(render_sheet, name),
        frozenset({"public_url", "relief", "rasters"}),
        takes_logo=True,
    )


EXPORT_KINDS: Mapping[str, ExportKind] = {
    **{name: _sheet(name) for name in SHEETS},
    "data": ExportKind(DATA_TYPES, (*LAYER, *FILTER, FORM, CRS), _plan_data, _render_data),
    "unit": ExportKind(UNIT_TYPES, (ONE_UNIT, LANG, FORM), _plan_unit, _render_unit),
    "completeness": ExportKind(
        UNIT_TYPES, (LEVEL, YEAR, LANG, FORM), _plan_completeness, _render_completeness
    ),
    "unit-report": ExportKind(
        {"docx": DOCX_TYPE}, UNIT_REPORT, _plan_unit_report, _render_unit_report
    ),
    "doubts": ExportKind({"docx": DOCX_TYPE}, LETTER, _plan_letter, _render_letter),
    "places": ExportKind(PLACE_TYPES, (*LAYER, FORM), _plan_places, _render_places),
    "map": ExportKind(
        {"html": "text/html"}, LAYER, _plan_layer, _render_map, frozenset({"public_url", "rasters"})
    ),
    "atlas": ExportKind(
        {"pdf": "application/pdf", PREVIEW: "image/png"},
        ATLAS,
        plan_atlas,
        render_atlas,
        frozenset({"rasters"}),
        multipage=True,
    ),
    "report": ExportKind(
        {"docx": DOCX_TYPE, PREVIEW: "image/png"},
        REPORT,
        plan_report,
        render_report,
        frozenset({"rasters"}),
        multipage=True,
    ),
}
