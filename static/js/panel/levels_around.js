/** From a unit down to those in it and up to the one above, on the levels that there are. */

import { t } from "../core/i18n.js";
import { chooseField } from "../core/state_transitions.js";

/**
 * @param {import("../api_types").Catalogue} catalogue
 * @param {Record<string, string>} state
 * @param {{id: string, level: string, parent: {id: string, full_name: string}|null}} unit
 * @returns {{text: string, state: Record<string, string>}[]} where the map can go from it
 */
export function levelsAround(catalogue, state, unit) {
  const levels = catalogue.levels.filter(({ dates }) => dates.includes(state.date));
  const here = levels.findIndex(({ id }) => id === unit.level);
  const [above, below] = here < 0 ? [] : [levels[here - 1], levels[here + 1]];
  const start = { status: "actual", ...state, within: "" };
  const to = (level, fields) => ({ ...chooseField(start, catalogue, "level", level), ...fields });
  const ways = [];
  if (below) {
    const text = t("popup.units_within", { level: below.name.toLowerCase() });
    ways.push({ text, state: to(below.id, { within: unit.id }) });
  }
  if (above && unit.parent) {
    const text = t("popup.unit_above", { name: unit.parent.full_name });
    ways.push({ text, state: to(above.id, { unit: unit.parent.id }) });
  }
  return ways;
}
