/**
 * The address of a comparison as data: the layer on the left, whose boundaries the right shows,
 * and how both are laid out: `mode` is the layout, `measure` the arithmetic of the difference.
 */

import { DRAWN_KEYS, LAYER_KEYS, readableQuery } from "../core/url_state.js";

export const MODES = ["side", "swipe", "difference", "outline"];
const FIGURES = [...new Set([...LAYER_KEYS, "on"])].filter((key) => key !== "lang");
const KEYS = [...FIGURES, "period2", "mode", "measure", "lang", "unit", "view", "sort", "table", "split"];
/** What an address leaves out because it is so anyway. */
const DEFAULTS = { mode: "side", measure: "absolute", sort: "value", table: "right", split: "50" };

/** @returns {Record<string, string>} known parameters that are not empty */
export function readAddress(search) {
  const params = new URLSearchParams(search);
  /** @type {Record<string, string>} */
  const state = {};
  for (const key of KEYS) {
    const value = params.get(key);
    if (value) state[key] = value;
  }
  return state;
}

/** What the API says of itself, in the words of the address. */
export function readAnswer(query) {
  return readAddress(`?${query}`);
}

function write(state, keys) {
  const params = new URLSearchParams();
  for (const key of keys) {
    if (state[key] && state[key] !== DEFAULTS[key]) params.set(key, state[key]);
  }
  return readableQuery(params);
}

/** Query string of the page, in one fixed order, without what goes without saying. */
export function writeAddress(state) {
  return write(state, KEYS);
}

/** Query string of the API for the same comparison. */
export function comparisonQuery(state) {
  const figures = FIGURES.filter((key) => !DRAWN_KEYS.includes(key));
  return write(state, [...figures, "period2", "measure", "lang"]);
}

/** The parameters of a sheet of the same comparison; the way a difference is taken apart. */
export function sheetLayer(state) {
  const keys = [...FIGURES, "period2", "lang"].filter((key) => state[key]);
  return Object.fromEntries(keys.map((key) => [key, state[key]]));
}

/**
 * @param {Record<string, string>} state
 * @param {{classes: object|null}|null} [document] the comparison; named classes have no difference
 * @returns {string} the layout, one of `MODES`
 */
export function modeOf({ mode }, document = null) {
  if (mode === "difference" && document?.classes) return MODES[0];
  return MODES.includes(mode) ? mode : MODES[0];
}

/**
 * @param {Record<string, string>} state
 * @returns {number} where the swipe stands, per cent of the width
 */
export function splitOf({ split }) {
  const number = Number(split ?? DEFAULTS.split);
  return Number.isFinite(number) ? Math.max(0, Math.min(100, number)) : 50;
}
