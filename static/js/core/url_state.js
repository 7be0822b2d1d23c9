/**
 * The address of the page as data. Everything on the screen stands in it: the layer's own
 * parameters (their names are the API's) and those of the page alone.
 */

export const LAYER_KEYS = [
  "indicator",
  "breakdown",
  "period",
  "level",
  "date",
  "on",
  "status",
  "scheme",
  "classes",
  "thresholds",
  "isolate",
  "class_basis",
  "palette",
  "style",
  "places",
  "rasters",
  "title",
  "lang",
];
/** What is drawn over any figures and changes none of them. */
export const DRAWN_KEYS = ["places", "rasters"];
/** The parameters that figures, classes and legend depend on. */
const VALUE_KEYS = LAYER_KEYS.filter((key) => !DRAWN_KEYS.includes(key));
export const PAGE_KEYS = ["unit", "view", "sort", "beside", "within", "where", "versus"];
/** What stays on the screen whatever figures it shows. */
export const LASTING_KEYS = [...PAGE_KEYS, "lang", ...DRAWN_KEYS];
const SYMBOLOGY_KEYS = ["scheme", "classes", "thresholds", "isolate", "class_basis", "palette", "style", "title"];

/**
 * @param {Record<string, string>} state
 * @returns {Record<string, string>} how its map is drawn, where it says so; its title is no part of that
 */
export function symbologyOf(state) {
  const drawn = SYMBOLOGY_KEYS.filter((key) => key !== "title" && state[key]);
  return Object.fromEntries(drawn.map((key) => [key, state[key]]));
}

/**
 * @param {string} search `location.search`
 * @returns {Record<string, string>} known parameters that are not empty; the first of doubles
 */
export function readQuery(search) {
  const params = new URLSearchParams(search);
  /** @type {Record<string, string>} */
  const state = {};
  for (const key of [...LAYER_KEYS, ...PAGE_KEYS]) {
    const value = params.get(key);
    if (value) state[key] = value;
  }
  return state;
}

/**
 * Query string in one fixed order, commas, colons and slashes left readable.
 *
 * @param {Record<string, string>} state
 */
export function writeQuery(state, keys = [...LAYER_KEYS, ...PAGE_KEYS]) {
  const params = new URLSearchParams();
  for (const key of keys) if (state[key]) params.set(key, state[key]);
  return readableQuery(params);
}

/** @param {URLSearchParams} params */
export function readableQuery(params) {
  return params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%2F", "/");
}

/** The part of the address that names the figures of a layer, as the API takes it. */
export function layerQuery(state) {
  return writeQuery(state, VALUE_KEYS);
}

/** The id of a series: that of the indicator, with the values of its dimensions in brackets. */
export function seriesId({ indicator, breakdown }) {
  return breakdown ? `${indicator}[${breakdown}]` : indicator;
}

/** The reverse of `seriesId`; `breakdown` is empty for the total. */
export function parseSeries(id) {
  const [, indicator, breakdown = ""] = /^([^[]*)(?:\[(.*)\])?$/.exec(id) ?? ["", id];
  return { indicator, breakdown };
}

/** The part of an address that names a series. */
export function seriesQuery(series) {
  return writeQuery(series, ["indicator", "breakdown"]);
}

/** The state with how it is drawn left to the indicator's own defaults. */
export function withDefaultSymbology(state) {
  const kept = { ...state };
  for (const key of SYMBOLOGY_KEYS) delete kept[key];
  return kept;
}

/**
 * @param {string|undefined} text `lat,lon,zoom`
 * @returns {{lat: number, lon: number, zoom: number}|null}
 */
export function readView(text) {
  const parts = (text ?? "").split(",").map(Number);
  if (parts.length !== 3 || parts.some((part) => !Number.isFinite(part))) return null;
  const [lat, lon, zoom] = parts;
  return Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom >= 0 && zoom <= 20 ? { lat, lon, zoom } : null;
}

/** The reverse of `readView`, exact to about ten metres. */
export function writeView({ lat, lng, zoom }) {
  return `${lat.toFixed(4)},${lng.toFixed(4)},${Number(zoom.toFixed(2))}`;
}

/** Bounds of a map as the API takes them: `west,south,east,north`, degrees. */
export function writeBounds(bounds) {
  const edges = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  return edges.map((degrees) => Number(degrees.toFixed(4))).join(",");
}
