/**
 * From a value of the values document to what is drawn. The browser never bins: the class index
 * comes with the value.
 *
 * @typedef {[number|string, number, string, number]|[null, string]|[null, string, number|string]} Cell
 *   value or code of the class, class index, status, 1 when doubtful; or null and the kind of missing, an impossible figure
 *   followed by what is printed
 */

import { formatValue } from "../core/format.js";
import { canvasHatch, estimateFill, missingFill } from "./fill_patterns.js";

/** @returns {{value: number|null, classIndex: number|null, status: string, doubtful: boolean,
 *   missing: string|null, printed: number|null}} the cell by names */
export function readCell(cell) {
  if (!cell || cell[0] === null) {
    const missing = cell?.[1] ?? "no_data";
    return { value: null, classIndex: null, status: "", doubtful: false, missing, printed: cell?.[2] ?? null };
  }
  const [value, classIndex, status, doubt] = cell;
  return { value, classIndex, status, doubtful: Boolean(doubt), missing: null, printed: null };
}

/** What stands for a value that is not drawn: why, and an impossible one as printed before it. */
export function missingText({ missing, printed }, { legend, indicator }, lang) {
  const label = legend.missing.find(({ kind }) => kind === missing)?.label ?? "";
  return printed === null ? label : `${formatValue(printed, indicator, lang)} · ${label}`;
}

/** Whether a figure is estimated: by whoever published it, or by shares when it was recast. */
export function isEstimate(status) {
  return status === "estimate" || status === "estimated";
}

/** @returns {string|null} the colour of the unit's class, null without one */
export function classColour(cell, legend) {
  const { classIndex } = readCell(cell);
  return classIndex === null ? null : (legend.classes[classIndex]?.colour ?? null);
}

/** @returns {string} SVG fill of the unit */
export function svgFill(cell, legend) {
  const { missing, status } = readCell(cell);
  if (missing) return missingFill(missing);
  const colour = classColour(cell, legend);
  if (!colour) return "var(--unit-plain)";
  return isEstimate(status) ? estimateFill(colour) : colour;
}

/** @returns {string|CanvasPattern} the same on a canvas, which knows no style sheet */
export function canvasFill(cell, legend, element) {
  const { missing } = readCell(cell);
  const style = getComputedStyle(element);
  const own = (name) => style.getPropertyValue(name).trim();
  if (missing) return canvasHatch(missing, own("--unit-none"), own("--unit-hatch"));
  return classColour(cell, legend) ?? own("--unit-plain");
}

/** How much smaller symbols are on a small map, so that they cover no more of it. */
export function symbolScale(width) {
  return Math.max(0.5, Math.min(1, width / 800));
}

/** Radius in pixels of the symbol of a value, its area in proportion to the size of the value. */
export function symbolRadius(value, legend) {
  const largest = [...(legend.symbols ?? [])].sort((a, b) => b.value - a.value)[0];
  if (!largest || !(largest.value > 0) || !value) return 0;
  return (legend.scale ?? 1) * largest.radius * Math.sqrt(Math.abs(value) / largest.value);
}
