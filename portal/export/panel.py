"""The export panel of a page, made when it is opened so that the first map does not wait."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, jsonify, render_template, request

from geodata.errors import NotFound, unknown_name
from geodata.i18n import LANGUAGES, Message, locale_of
from geodata.i18n.collation import sort_key
from geodata.model import Unit
from geodata.store import Store
from layers.layer import Layer
from layers.sheet import PRESETS
from layers.sheet.options import MAX_SIDE, MIN_SIDE
from portal.app_state import app_state
from portal.export.data import DATA_TYPES, PLACE_TYPES
from portal.export.kinds import EXPORT_KINDS
from portal.export.page_selection import former_districts
from portal.export.parse import parse_export
from portal.export.render import params_of
from portal.export.sheets import SHEETS
from portal.language import gettext
from portal.parameters.declared import LAYER, UNIT
from portal.parameters.declared_files import FILTER, PERIOD2
from portal.parameters.reader import Params, read_parameters
from portal.parameters.types import choice_parameter
from portal.serializers.catalogue import by_coverage, coverage_rows
from portal.serializers.values import periods
from portal.translations import messages
from portal.urls import EXPORT, query_text

PAGES = {
    "map": ("sheet", "multiples", "atlas", "report", "map"),
    "compare": ("pair", "difference"),
}
"""The kinds of files each page offers."""
DPIS = (96, 150, 200, 300, 450, 600)
PAGE = choice_parameter("page", "The page that opens the panel", PAGES)
_FILE_NAMES = {"csv": "CSV", "xlsx": "Excel", "geojson": "GeoJSON", "gpkg": "GeoPackage",
               "topojson": "TopoJSON"}  # fmt: skip
MESSAGE_PREFIX = "exporting."

IdsAndNames = list[tuple[str, str]]


def panel() -> str:
    """The panel for the page in the address, and for the unit chosen on its map."""
    store = app_state().store
    params = read_parameters((*LAYER, PERIOD2, UNIT, PAGE, *FILTER), request.args)
    picked = {each.name: params[each.name] for each in FILTER if each.name in params}
    page = params.get("page", "map")
    kinds = [kind for kind in PAGES[page] if kind in EXPORT_KINDS]
    layer = SHEETS[kinds[0]].layer(params.query, store)
    return render_template(
        "export_dialog.html",
        page=page,
        kinds=[(kind, "" if kind in SHEETS else gettext(f"export.about_{kind}")) for kind in kinds],
        has={"kinds": kinds, "logo": True, "relief": app_state().settings.relief is not None},
        presets=[(name, preset.name[layer.language]) for name, preset in PRESETS.items()],
        dpis=DPIS,
        sides=(f"{MIN_SIDE:g}", f"{MAX_SIDE:g}"),
        languages=tuple((code, locale_of(code).name) for code in LANGUAGES),
        unit=_unit_on_map(store, params.get("unit", ""), layer),
        title=layer.title,
        own=layer.indicator,
        own_theme=store.indicator(layer.indicator).theme,
        query=query_text(layer.to_query()),
        data_query=query_text(replace(layer, rasters=()).to_query() | picked),
        place_query=query_text(replace(layer, rasters=()).to_query()),
        filtered=bool(picked),
        files=_data_files(store),
        place_files=[(each, _FILE_NAMES[each]) for each in PLACE_TYPES] if layer.places else [],
        words={k.removeprefix(MESSAGE_PREFIX): v for k, v in messages(layer.language).items()
               if k.startswith(MESSAGE_PREFIX)},
        **_picture_text(kinds[0], params, store),
        **_option_lists(layer, store),
    )  # fmt: skip


def _data_files(store: Store) -> list[tuple[str, str, str]]:
    """The files of figures: ending, what their addresses say beside the layer, and name."""
    found = []
    for ending in DATA_TYPES:
        found.append((ending, "", _FILE_NAMES[ending]))
        if ending == "csv":
            found.append((ending, "&form=local", gettext("export.csv_local")))
        if ending == "gpkg" and store.info.local_crs:
            found.append((ending, "&crs=vn2000", gettext("export.gpkg_local")))
    return found


def picture_text(kind: str) -> Response:
    """Title and alternative text of a picture, at the picture's own query."""
    store = app_state().store
    if kind not in SHEETS:
        raise unknown_name(Message("There is no such picture"), kind, tuple(SHEETS))
    query = request.query_string.decode(errors="replace")
    spec = parse_export(f"{EXPORT}/{kind}.svg?{query}", store, app_state().settings)
    answer = jsonify(_picture_text(kind, params_of(spec), store))
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _picture_text(kind: str, params: Params, store: Store) -> dict[str, str]:
    """The title that comes of itself, and the alternative text of the picture."""
    shown = SHEETS[kind].show(params, store)
    plain = SHEETS[kind].show(params.without("title"), store) if "title" in params else shown
    return {"generated": plain.title, "alt": shown.alt}


def _option_lists(layer: Layer, store: Store) -> dict[str, object]:
    """The choices for atlases, reports and small multiples, by id and name.

    Themes come with the number of indicators that have figures where the map is.
    """
    language = layer.language
    units = store.units(level=layer.level, date=layer.drawn_on, with_shape=True).items
    rows = coverage_rows(store)
    here = (layer.level, layer.date, layer.status)
    themes: list[tuple[str, str, int]] = []
    indicators: IdsAndNames = []
    for theme in store.themes():
        covered = [
            (each.id, each.name[language])
            for each in by_coverage(store, store.indicators(theme.id, parts=True))
            if any((row.level, row.step_date, row.status_group) == here for row in rows[each.id])
        ]
        indicators += covered
        if covered:
            themes.append((theme.id, theme.name[language], len(covered)))
    named = sorted(units, key=lambda unit: sort_key(unit.name[language], language))
    return {
        "units": [(unit.unit_id, unit.full_name[language]) for unit in named],
        "periods": [(each["period"], each["label"]) for each in periods(store, layer)],
        "districts": _districts(store, units, layer),
        "themes": themes,
        "indicators": indicators,
    }


def _districts(store: Store, units: tuple[Unit, ...], layer: Layer) -> IdsAndNames:
    """The former districts that the units, or their parts, lay in."""
    if layer.level != "commune":
        return []
    known = former_districts(store)
    ids = {each for unit in units for each in known.get(unit.unit_id, (unit.parent_id,)) if each}
    found = [each for each in map(store.unit, ids) if each.level == "district"]
    found.sort(key=lambda unit: (sort_key(unit.name[layer.language], layer.language), unit.unit_id))
    return [(unit.unit_id, unit.full_name[layer.language]) for unit in found]


def _unit_on_map(store: Store, unit_id: str, layer: Layer) -> Unit | None:
    """The unit, if it is on the map."""
    try:
        unit = store.unit(unit_id) if unit_id else None
    except NotFound:
        return None
    days = {store.display_date(layer.level, day) for day in (layer.date, layer.drawn_on)}
    on_map = unit and unit.level == layer.level and any(map(unit.valid_on, days))
    return unit if on_map else None
