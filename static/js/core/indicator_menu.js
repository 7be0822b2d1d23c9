/** The menu of a theme's indicators; portal/webmap/indicator_menu.py makes the same on the server. */

import { byCoverage, bestCoveredLayer } from "./state_transitions.js";

/** A theme with more indicators gets a field to filter them. */
const LONG_MENU = 15;

/**
 * The indicators by group, the best covered at the layer's level and date first.
 *
 * @typedef {{indicator: import("../api_types").CatalogueIndicator, withValue: number, total: number,
 *   periods: number, level?: string}} MenuRow
 * @param {import("../api_types").CatalogueIndicator[]} indicators of one theme
 * @param {import("../api_types").State|import("../api_types").LayerParameters} layer what the map shows
 * @returns {{groups: {name: string, rows: MenuRow[]}[], elsewhere: MenuRow[], long: boolean}} groups
 *   in the order of their best covered indicators; `elsewhere` has figures at other levels and
 *   dates only. An indicator without any figure is in the menu only if the map shows it.
 */
export function indicatorMenu(indicators, layer) {
  const listed = indicators.filter(({ id, layers }) => layers.length || id === layer.indicator);
  const rows = byCoverage(listed, layer);
  const groups = new Map();
  for (const row of rows.filter(({ withValue }) => withValue)) {
    const name = row.indicator.group ?? "";
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return {
    groups: [...groups].map(([name, members]) => ({ name, rows: members })),
    elsewhere: rows
      .filter(({ withValue }) => !withValue)
      .map((row) => ({ ...row, level: bestCoveredLayer(row.indicator.layers, layer.status)?.level })),
    long: rows.length > LONG_MENU,
  };
}

/** Lower case without diacritics, as people type in a hurry; đ becomes d. */
const normaliseText = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "").trim();

/** @returns {boolean} whether every word typed stands in the name or in the name of its group */
export function matchesFilter({ name, group = "" }, typed) {
  const text = normaliseText(`${name} ${group}`);
  return normaliseText(typed)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
