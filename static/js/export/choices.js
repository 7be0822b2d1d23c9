/**
 * The choices of the export panel as the query of a sheet: only what differs from the defaults, so
 * that addresses stay short.
 */

const DEFAULTS = { preset: "a4-landscape", dpi: "300", extent: "province" };
const SHEET_KEYS = ["preset", "dpi", "bw", "extent", "graticule", "note", "office"];
export const PREVIEW_DPI = "96";

/**
 * @param {Record<string, string>} layer the layer's own parameters
 * @param {Record<string, string>} choices of the form; `title` replaces the layer's
 * @param {string} format `png`, `pdf` or `svg`
 * @returns {string} path and query of the sheet
 */
export function sheetUrl(layer, choices, format) {
  const query = new URLSearchParams(layer);
  if (choices.title) query.set("title", choices.title);
  else query.delete("title");
  for (const key of SHEET_KEYS) {
    const value = choices[key];
    const asked = value && value !== DEFAULTS[key] && !(key === "dpi" && format !== "png");
    if (asked) query.set(key, value);
  }
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
  return `/export/sheet.${format}?${text}`;
}

/** The same sheet as a small picture. */
export function previewUrl(layer, choices) {
  return sheetUrl(layer, { ...choices, dpi: PREVIEW_DPI }, "png");
}
