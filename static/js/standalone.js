/**
 * The standalone map, one HTML file: the screen's own layers, legend and names, with the
 * shapes and figures the file brings along. Nothing is fetched. folium's script in the same file
 * calls `createMap`, `addLayer` and `start` by way of the global `portal`.
 */

import { Popups } from "./standalone/unit_popups.js";
import { announce, byId, readJson } from "./core/dom.js";
import { t } from "./core/i18n.js";
import { provideBoundaries } from "./map/boundaries.js";
import { MapKeyboard } from "./map/keyboard.js";
import { addLayer, createMap } from "./map/map_view.js";
import L from "./map/leaflet.js";
import { Tooltip } from "./map/tooltip.js";
import { positionLegend } from "./panel/legend_position.js";
import { Legend } from "./panel/legend.js";
import { PlaceMap } from "./places/place_map.js";
import { rasterPane } from "./rasters/raster_layers.js";

/** Under which the file's only shapes are asked for. */
const SHAPES = "shapes";

async function start(mapView) {
  const values = readJson("values");
  const cards = readJson("cards");
  provideBoundaries(SHAPES, readJson("shapes"));
  await mapView.show(values, SHAPES);
  const legend = new Legend((ids) => mapView.highlight(ids));
  legend.show(values, mapView.boundaries.boundaryQualities);
  mapView.fitAll();
  showRasters(mapView.map);
  showPlaces(mapView);
  positionLegend(mapView);
  mapView.map.on("resize", () => mapView.fitAll());
  point(mapView, cards, legend);
}

/** The rasters that the file brings along as pictures, the lowest first. */
function showRasters(map) {
  for (const [order, each] of readJson("rasters", []).entries()) {
    const pane = rasterPane(map, each.id, each.multiplied, order);
    const className = each.cells ? "is-cells" : "";
    L.imageOverlay(each.image, each.bounds, { pane, opacity: each.opacity / 100, className }).addTo(map);
  }
}

/** The places that the file brings along, with what is known of each. */
function showPlaces(mapView) {
  const points = readJson("places");
  const details = readJson("place-details");
  if (points) new PlaceMap(L, [mapView.map], async (id) => details[id]).show(points);
}

/** Names under the pointer and the keyboard's focus; a click or Enter opens the whole figure. */
function point(mapView, cards, legend) {
  const tooltip = new Tooltip(byId("map-area"));
  const popups = new Popups(mapView, cards);
  const words = (id) => ({
    name: cards[id].name,
    value: cards[id].value,
    note: cards[id].doubt ? t("legend.doubtful") : "",
  });
  mapView.handlers.hover = (id, event) => {
    mapView.mark("pointed", id);
    legend.point(id);
    if (id && event) tooltip.show(words(id), event);
    else tooltip.hide();
  };
  mapView.handlers.pick = (id) => popups.open(id);
  mapView.handlers.clear = () => popups.close();
  new MapKeyboard(mapView, {
    start: () => Object.keys(cards)[0],
    name: (id) => id && announce(`${cards[id].name}: ${cards[id].value}`),
    open: (id) => popups.open(id),
  });
}

window.portal = { addLayer, createMap, start };
