"""The export panel of a page, made when it is opened so that the first map does not wait."""

from __future__ import annotations

from flask import Response, jsonify, render_template, request

from geodata.errors import NotFound, unknown_name
from geodata.model import Unit
from geodata.store import Store
from geodata.text import Text
from geodata.vietnamese_names import collation_key
from layers.layer import Layer
from layers.sheet import PRESETS
from layers.sheet.presets import MAX_SIDE, MIN_SIDE
from portal.documents.catalogue import by_coverage, coverage_rows
from portal.documents.values import periods
from portal.export.choosing import former_districts
from portal.export.data import DATA_TYPES
from portal.export.making import KINDS, declared
from portal.export.parameters import PERIOD2
from portal.export.sheets import SHEETS
from portal.language import t
from portal.links import query_text
from portal.parameters import LAYER, UNIT, Ask, choice, read_parameters
from portal.services import services
from portal.texts import texts

PAGES = {
    "map": ("sheet", "multiples", "atlas", "report", "map"),
    "compare": ("pair", "difference"),
}
"""What can be taken away from each page."""
DPIS = (96, 150, 200, 300, 450, 600)
PAGE = choice("page", "The page that opens the panel", PAGES)
_FILE_NAMES = {"csv": "CSV", "xlsx": "Excel", "geojson": "GeoJSON", "gpkg": "GeoPackage",
               "topojson": "TopoJSON"}  # fmt: skip
_LANGUAGE_NAMES = (("vi", "Tiếng Việt"), ("en", "English"))
WORDS = "exporting."

Named = list[tuple[str, str]]


def panel() -> str:
    """The panel for the page in the address, and for the unit chosen on its map."""
    store = services().store
    ask = read_parameters((*LAYER, PERIOD2, UNIT, PAGE), request.args)
    page = ask.get("page", "map")
    kinds = [kind for kind in PAGES[page] if kind in KINDS]
    given = _given()
    layer = SHEETS[kinds[0]].layer(given, store)
    return render_template(
        "export_dialog.html",
        page=page,
        kinds=[(kind, "" if kind in SHEETS else t(f"export.about_{kind}")) for kind in kinds],
        has={"kinds": kinds, "logo": True, "relief": services().settings.relief is not None},
        presets=[(name, preset.name[layer.language]) for name, preset in PRESETS.items()],
        dpis=DPIS,
        sides=(f"{MIN_SIDE:g}", f"{MAX_SIDE:g}"),
        languages=_LANGUAGE_NAMES,
        unit=_chosen(store, ask.get("unit", ""), layer),
        title=layer.title,
        own=layer.indicator,
        own_theme=store.indicator(layer.indicator).theme,
        query=query_text(layer.to_query()),
        files=DATA_TYPES,
        names=_FILE_NAMES,
        words={k.removeprefix(WORDS): v for k, v in texts(layer.language).items()
               if k.startswith(WORDS)},
        **_described(kinds[0], given, ask, store),
        **_lists(layer, store),
    )  # fmt: skip


def about(kind: str) -> Response:
    """Title and alternative text of a picture, at the picture's own query."""
    store = services().store
    if kind not in SHEETS:
        raise unknown_name(
            Text("Không có hình này", "There is no such picture"), kind, tuple(SHEETS)
        )
    ask = read_parameters(declared(kind), request.args)
    answer = jsonify(_described(kind, _given(), ask, store))
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _given() -> dict[str, str]:
    return {name: value for name, value in request.args.items() if value}


def _described(kind: str, given: dict[str, str], ask: Ask, store: Store) -> dict[str, str]:
    """The title that comes of itself, and the alternative text of the picture."""
    shown = SHEETS[kind].show(given, ask, store)
    without = {name: value for name, value in given.items() if name != "title"}
    plain = shown if without == given else SHEETS[kind].show(without, ask, store)
    return {"generated": plain.title, "alt": shown.alt}


def _lists(layer: Layer, store: Store) -> dict[str, object]:
    """What atlases, reports and small multiples can be made of, by id and name.

    Themes come with the number of indicators that have figures where the map is.
    """
    language = layer.language
    units = store.units(level=layer.level, date=layer.drawn_on, with_shape=True).items
    rows = coverage_rows(store)
    here = (layer.level, layer.date, layer.status)
    themes: list[tuple[str, str, int]] = []
    indicators: Named = []
    for theme in store.themes():
        covered = [
            (each.id, each.name[language])
            for each in by_coverage(store, store.indicators(theme.id))
            if any((row.level, row.step_date, row.status_group) == here for row in rows[each.id])
        ]
        indicators += covered
        if covered:
            themes.append((theme.id, theme.name[language], len(covered)))
    named = sorted(units, key=lambda unit: collation_key(unit.name[language]))
    return {
        "units": [(unit.unit_id, unit.full_name[language]) for unit in named],
        "periods": [(each["period"], each["label"]) for each in periods(store, layer)],
        "districts": _districts(store, units, layer),
        "themes": themes,
        "indicators": indicators,
    }


def _districts(store: Store, units: tuple[Unit, ...], layer: Layer) -> Named:
    """The former districts that the units, or their parts, lay in."""
    if layer.level != "commune":
        return []
    known = former_districts(store)
    ids = {each for unit in units for each in known.get(unit.unit_id, (unit.parent_id,)) if each}
    found = [each for each in map(store.unit, ids) if each.level == "district"]
    found.sort(key=lambda unit: (collation_key(unit.name[layer.language]), unit.unit_id))
    return [(unit.unit_id, unit.full_name[layer.language]) for unit in found]


def _chosen(store: Store, unit_id: str, layer: Layer) -> Unit | None:
    """The unit, if it is on the map."""
    try:
        unit = store.unit(unit_id) if unit_id else None
    except NotFound:
        return None
    days = {store.display_date(layer.level, day) for day in (layer.date, layer.drawn_on)}
    on_map = unit and unit.level == layer.level and any(map(unit.valid_on, days))
    return unit if on_map else None
