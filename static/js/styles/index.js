/**
 * The styles in the browser, under the ids they have in `layers/styles`. What only needs a yes or
 * a no comes with the values document, as `legend.screen`; what is drawn is here.
 *
 * @typedef {import("../api_types").Legend} Legend
 *
 * @typedef {object} Style
 * @property {(map: L.Map, boundaries: import("../map/boundaries.js").Boundaries) => Overlay|null} overlay
 *   what lies over the boundary lines; null for a style that only fills units
 * @property {(value: number|null, legend: Legend) => number} clearance radius in pixels around a
 *   unit's anchor that its name leaves free
 * @property {(legend: Legend) => SVGElement|null} legendHead what the legend shows above its rows
 * @property {(colour: string) => SVGElement} estimateSwatch the sign of an estimate in the legend
 *
 * @typedef {{paint: (document: import("../api_types").Values) => void, highlight: (ids: string[]|null) => void,
 *   remove: () => void}} Overlay
 */

import { t } from "../core/i18n.js";
import { categories } from "./categories.js";
import { choropleth } from "./choropleth.js";
import { locator } from "./locator.js";
import { proportionalSymbols } from "./proportional_symbols.js";

/** @type {Record<string, Style>} */
export const STYLES = {
  choropleth,
  symbols: proportionalSymbols,
  categories,
  locator,
};

/**
 * @param {{style: string}} legend of the values document
 * @returns {Style}
 * @throws {Error} when no module draws the style: an empty map would pass for one without figures
 */
export function styleOf({ style }) {
  if (Object.hasOwn(STYLES, style)) return STYLES[style];
  throw new Error(t("error.style", { style, known: Object.keys(STYLES).join(", ") }));
}
