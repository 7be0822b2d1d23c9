/**
 * Conditions on the figures of units, as the address carries them: `poverty_rate>20;road_length=0`.
 * A unit meets a condition by the figure that a map of the indicator shows; without one it does not.
 */

import { readCell } from "../map/symbology.js";

/** @typedef {{series: string, operator: string, value: string}} Condition */

/** Longest first, so that "<=" is not read as "<". */
export const OPERATORS = ["<=", ">=", "<", ">", "="];
const MOST = 6;
const TEXT = /^([\w.]+(?:\[[^\]<>=;]*\])?)(<=|>=|<|>|=)([^<>=;]+)$/;

/** @returns {Condition[]} those that can be read, the first few of many */
export function readConditions(text = "") {
  return text
    .split(";")
    .map((each) => TEXT.exec(each.trim()))
    .filter(Boolean)
    .slice(0, MOST)
    .map(([, series, operator, value]) => ({ series, operator, value: value.trim() }));
}

/** @param {Condition[]} conditions */
export const formatConditions = (conditions) =>
  conditions.map(({ series, operator, value }) => `${series}${operator}${value}`).join(";");

const COMPARE = {
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "=": (a, b) => a === b,
};

/**
 * Whether a unit's figure meets a condition; a class is only ever equal.
 *
 * @param {any} cell of the values document
 * @param {Condition} condition
 */
export function meets(cell, { operator, value }) {
  const { value: own } = readCell(cell);
  if (own === null) return false;
  if (typeof own !== "number") return operator === "=" && own === value;
  return Number.isFinite(Number(value)) && COMPARE[operator](own, Number(value));
}

/**
 * The units that meet every condition.
 *
 * @param {string[]} ids
 * @param {[Condition, Record<string, any>][]} judged each condition with the cells of its map
 */
export function unitsMeeting(ids, judged) {
  return ids.filter((id) => judged.every(([condition, cells]) => meets(cells[id], condition)));
}

/** How many of the units have no figure by which one of the conditions could be judged. */
export function unjudged(ids, judged) {
  return ids.filter((id) => judged.some(([, cells]) => readCell(cells[id]).value === null)).length;
}

/**
 * What adds up of the figures of some units: their sum, where the indicator is a count. Doubtful
 * figures are in it, and counted.
 *
 * @returns {{sum: number, n: number, doubtful: number}|null} null where nothing can be added
 */
export function total(ids, { units, indicator }) {
  if (indicator.kind !== "count") return null;
  const cells = ids.map((id) => readCell(units[id])).filter(({ value }) => typeof value === "number");
  if (!cells.length) return null;
  const sum = cells.reduce((all, { value }) => all + value, 0);
  return { sum, n: cells.length, doubtful: cells.filter(({ doubtful }) => doubtful).length };
}
