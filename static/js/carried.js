/**
 * The map that is carried away in one file: the screen's own layers, legend and names, with the
 * shapes and figures the file brings along. Nothing is fetched. folium's script in the same file
 * calls `createMap`, `addLayer` and `start` by way of the global `portal`.
 */

import { Popups } from "./carried/popups.js";
import { announce, byId, readJson } from "./core/dom.js";
import { t } from "./core/texts.js";
import { giveBoundaries } from "./map/boundaries.js";
import { MapKeyboard } from "./map/keyboard.js";
import { addLayer, createMap } from "./map/stage.js";
import { Tooltip } from "./map/tooltip.js";
import { placeLegend } from "./panel/corner.js";
import { Legend } from "./panel/legend.js";

/** Under which the file's only shapes are asked for. */
const SHAPES = "shapes";

async function start(stage) {
  const values = readJson("values");
  const cards = readJson("cards");
  giveBoundaries(SHAPES, readJson("shapes"));
  await stage.show(values, SHAPES);
  const legend = new Legend((ids) => stage.light(ids));
  legend.show(values, stage.boundaries.signs);
  stage.whole();
  placeLegend(stage);
  stage.map.on("resize", () => stage.whole());
  point(stage, cards, legend);
}

/** Names under the pointer and the keyboard's focus; a click or Enter opens the whole figure. */
function point(stage, cards, legend) {
  const tooltip = new Tooltip(byId("stage"));
  const popups = new Popups(stage, cards);
  const words = (id) => ({ name: cards[id].name, value: cards[id].value, note: cards[id].doubt ? t("legend.doubtful") : "" });
  stage.handlers.hover = (id, event) => {
    stage.mark("pointed", id);
    legend.point(id);
    if (id && event) tooltip.show(words(id), event);
    else tooltip.hide();
  };
  stage.handlers.pick = (id) => popups.open(id);
  stage.handlers.clear = () => popups.close();
  new MapKeyboard(stage, {
    start: () => Object.keys(cards)[0],
    name: (id) => id && announce(`${cards[id].name}: ${cards[id].value}`),
    open: (id) => popups.open(id),
  });
}

window.portal = { addLayer, createMap, start };
