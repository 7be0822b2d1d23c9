/**
 * The choices of the export panel as the address of a file: only what differs from the defaults,
 * so that addresses stay short. Every kind of file takes its own parameters.
 */

import { langQuery } from "../core/locale.js";
import { readableQuery } from "../core/url_state.js";

const DEFAULTS = { preset: "a4-landscape", dpi: "300", extent: "province", pages: "units" };
const SHEET = ["preset", "width", "height", "dpi", "bw", "extent", "bbox", "graticule", "hillshade", "note", "office"];
/** What picks units of the map; other kinds of file are of all. */
export const PICKING = ["where", "within"];
const KINDS = {
  sheet: { keys: [...SHEET, ...PICKING] },
  pair: { keys: SHEET },
  difference: { keys: [...SHEET, "measure"] },
  multiples: { keys: [...SHEET, "periods", "indicators"] },
  atlas: {
    format: "pdf",
    keys: ["pages", "units", "district", "indicators", "theme", "extent", "bw", "note", "office"],
  },
  report: {
    format: "docx",
    keys: ["indicators", "theme", "extent", "bw", "note", "office", "authority", "number", "place", "signer"],
  },
  map: { format: "html", keys: [] },
};
/** What takes long enough to be made as a job that reports how far it is. */
export const BACKGROUND_KINDS = ["atlas", "report"];
export const PREVIEW_DPI = "96";

/** Documents whose first page can be seen before they are made. */
const FIRST_PAGE_KINDS = ["atlas", "report"];
export const hasPreview = (kind) => isPicture(kind) || FIRST_PAGE_KINDS.includes(kind);

/** Whether a kind is a picture. */
export const isPicture = (kind) => !KINDS[kind].format;

/**
 * Which list a choice stands for: all of them, a district or theme, or those that are ticked.
 *
 * @param {Record<string, string>} choices of the form, lists joined by commas
 * @returns {Record<string, string>} with the parameters that the server takes
 */
export function withoutUnusedLists(choices) {
  const { which_units: units, which_indicators: indicators, by } = choices;
  const next = { ...choices };
  const multiples = choices.kind === "multiples";
  if (units !== "list") delete next.units;
  if (units && units !== "list") next.district = units;
  if (multiples ? by !== "indicators" : indicators !== "list") delete next.indicators;
  if (!multiples && indicators && indicators !== "list") next.theme = indicators;
  if (by !== "periods") delete next.periods;
  if (next.preset === "own") delete next.preset;
  else for (const side of ["width", "height"]) delete next[side];
  if (next.extent !== "view") delete next.bbox;
  return next;
}

/**
 * @param {string} key
 * @param {string|undefined} value
 * @param {Record<string, string>} choices
 */
function differsFromDefault(key, value, { kind, format }) {
  if (!value || value === DEFAULTS[key]) return false;
  return key !== "dpi" || (isPicture(kind) && format === "png");
}

/**
 * @param {Record<string, string>} layer the page's own parameters
 * @param {Record<string, string>} choices of the form; `title` and `lang` replace the layer's
 * @returns {string} path and query of the file
 */
export function fileUrl(layer, choices) {
  const { keys, format = choices.format } = KINDS[choices.kind];
  const chosen = withoutUnusedLists(choices);
  const query = new URLSearchParams(layer);
  query.delete("title");
  if (chosen.title) query.set("title", chosen.title);
  if (choices.lang && !langQuery(choices.lang)) query.delete("lang");
  else if (choices.lang) query.set("lang", choices.lang);
  for (const key of keys) if (differsFromDefault(key, chosen[key], chosen)) query.set(key, chosen[key]);
  return `/export/${choices.kind}.${format}?${readableQuery(query)}`;
}

/** The same sheet, or the first page of the same document, as a small picture. */
export function previewUrl(layer, choices) {
  if (!isPicture(choices.kind)) return fileUrl(layer, choices).replace(/\.\w+\?/, ".png?");
  return fileUrl(layer, { ...choices, format: "png", dpi: PREVIEW_DPI });
}
