/** Two figures of each unit as the points of a scatter plot, and what can be said of them. */

import { isEstimate, readCell } from "../map/symbology.js";

/**
 * @typedef {object} Point
 * @property {string} id of the unit
 * @property {number} x figure of the map's indicator
 * @property {number} y figure of the other one
 * @property {boolean} doubtful either of them
 * @property {boolean} estimate either of them
 */

/** Fewer say nothing of how two indicators go together. */
export const FEWEST = 10;

/**
 * The units that have both figures, from the lowest of the first to the highest.
 *
 * @param {Record<string, any>} first cells of the values document of the map
 * @param {Record<string, any>} second those of the other indicator
 * @returns {Point[]}
 */
export function pointsOf(first, second) {
  const points = Object.entries(first).flatMap(([id, cell]) => {
    const [x, y] = [readCell(cell), readCell(second[id])];
    if (typeof x.value !== "number" || typeof y.value !== "number") return [];
    const estimate = isEstimate(x.status) || isEstimate(y.status);
    return [{ id, x: x.value, y: y.value, doubtful: x.doubtful || y.doubtful, estimate }];
  });
  return points.sort((a, b) => a.x - b.x || a.y - b.y || (a.id < b.id ? -1 : 1));
}

/**
 * The places of numbers in their order, from 1; equal ones share the mean of their places.
 *
 * @param {number[]} values
 */
export function ranks(values) {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  const found = new Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end + 1 < order.length && values[order[end + 1]] === values[order[start]]) end += 1;
    for (let i = start; i <= end; i += 1) found[order[i]] = (start + end) / 2 + 1;
    start = end + 1;
  }
  return found;
}

/**
 * Spearman's rank correlation, equal figures given the mean of their ranks: it asks for no straight
 * line, and one far-off unit does not make it.
 *
 * @param {Point[]} points
 * @returns {number|null} -1 to 1; null where one of the two does not vary
 */
export function rankCorrelation(points) {
  const [a, b] = [ranks(points.map(({ x }) => x)), ranks(points.map(({ y }) => y))];
  const mean = (points.length + 1) / 2;
  const sum = (one, other) => one.reduce((all, each, i) => all + (each - mean) * (other[i] - mean), 0);
  const spread = Math.sqrt(sum(a, a) * sum(b, b));
  return spread > 0 ? sum(a, b) / spread : null;
}

/**
 * How the correlation is told: by Evans' bounds, those between 0.4 and 0.6 and above.
 *
 * @param {number|null} correlation
 * @returns {"unrelated"|"weak_up"|"weak_down"|"up"|"down"}
 */
export function relation(correlation) {
  if (correlation === null || Math.abs(correlation) < 0.2) return "unrelated";
  const way = correlation > 0 ? "up" : "down";
  return Math.abs(correlation) < 0.6 ? /** @type {"weak_up"|"weak_down"} */ (`weak_${way}`) : way;
}

/**
 * Round numbers between two ends, three to six of them.
 *
 * @param {number} low
 * @param {number} high
 */
export function ticks(low, high) {
  const span = high - low || Math.abs(high) || 1;
  const power = 10 ** Math.floor(Math.log10(span / 3));
  const step = [5, 2, 1].map((each) => each * power).find((each) => span / each >= 3) ?? power;
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i += 1) found.push(i * step);
  return found.map((each) => Number(each.toPrecision(12)));
}

/**
 * Conditions that pick the points in a rectangle, as the filter of units reads them. Its edges are
 * written as fine as an eye can draw them: to a five-hundredth of the axis.
 *
 * @param {[string, string]} series that of x and that of y
 * @param {{x: [number, number], y: [number, number]}} box
 * @param {[number, number]} spans length of each axis
 */
export function conditionsOf(series, box, spans) {
  return [box.x, box.y].flatMap(([low, high], i) => {
    const places = Math.min(12, Math.max(0, Math.ceil(Math.log10(500 / spans[i]))));
    const value = (each, round) =>
      String(Number((round(Number((each * 10 ** places).toPrecision(12))) / 10 ** places).toFixed(places)));
    return [
      { series: series[i], operator: ">=", value: value(low, Math.floor) },
      { series: series[i], operator: "<=", value: value(high, Math.ceil) },
    ];
  });
}
