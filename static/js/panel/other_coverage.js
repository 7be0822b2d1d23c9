/** Where an indicator that has little or nothing to show here has more figures. */

import { findIndicator } from "../core/state_transitions.js";
import { layerQuery, withDefaultSymbology } from "../core/url_state.js";

/**
 * One layer of each level: the best covered, then that of the date on the screen, then the latest.
 * The level on the screen may come twice, once with the boundaries on the screen.
 *
 * @param {object} catalogue
 * @param {Record<string, string>} state
 * @param {number} more only layers that cover a larger share of their units than this
 * @returns {{text: string, query: string}[]} the level and date on the screen first
 */
export function otherCoverage(catalogue, state, more = 0) {
  const { layers = [] } = findIndicator(catalogue, state.indicator) ?? {};
  const here = (layer) => layer.level === state.level && layer.date === state.date;
  const rank = (layer) => [
    layer.with_value / layer.total,
    layer.date === state.date,
    layer.status === "actual",
    layer.date,
    layer.period,
  ];
  const best = new Map();
  for (const layer of layers.filter((each) => each.with_value / each.total > more)) {
    const key = `${layer.level} ${here(layer)}`;
    if (!best.has(key) || precedes(rank(layer), rank(best.get(key)))) best.set(key, layer);
  }
  return [...best.values()]
    .sort((a, b) => here(b) - here(a) || b.with_value - a.with_value)
    .map((layer) => ({ text: layerLabel(catalogue, state, layer), query: queryOf(state, layer) }));
}

function precedes(a, b) {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && a[at] > b[at];
}

function layerLabel(catalogue, state, { level, date, status, label, with_value: n, total }) {
  const name = (list, key, id) => list.find((each) => each[key] === id)?.name ?? id;
  return [
    name(catalogue.levels, "id", level),
    ...(date === state.date ? [] : [name(catalogue.timeline, "date", date)]),
    ...(status === "actual" ? [] : [name(catalogue.statuses, "id", status)]),
    `${label} (${n}/${total})`,
  ].join(" · ");
}

function queryOf(state, { level, date, status, period }) {
  return layerQuery({ ...withDefaultSymbology(state), level, date, status, period });
}
