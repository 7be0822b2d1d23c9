/** The layer of another indicator beside that of the map: for the units of its level and date. */

import { chooseIndicator, findSeries } from "./state_transitions.js";
import { parseSeries } from "./url_state.js";

/** @typedef {import("../api_documents").Catalogue} Catalogue */
/** @typedef {import("../api_documents").LayerParameters} LayerParameters */

/**
 * @param {Catalogue} catalogue
 * @param {LayerParameters} layer the layer on the map
 * @param {string} series id of the other series
 * @param {string} [lang] as the address has it
 * @returns {Record<string, string>|null} null where the series has no figures there
 */
export function companionLayer(catalogue, layer, series, lang = "") {
  const { indicator, breakdown } = parseSeries(series);
  const { level, date, period, status, on } = layer;
  const here = { level, date, period, status, ...(on ? { on } : {}), lang };
  if (!findSeries(catalogue, { indicator, breakdown })) return null;
  const next = { ...chooseIndicator(here, catalogue, indicator), ...(breakdown ? { breakdown } : {}) };
  return next.level === level && next.date === date ? next : null;
}

/**
 * The indicators that have figures at the level and date of a layer, by theme.
 *
 * @param {Catalogue} catalogue
 * @param {LayerParameters} layer
 */
export function companionsOffered(catalogue, { level, date }) {
  const here = ({ layers }) => layers.some((layer) => layer.level === level && layer.date === date);
  return catalogue.themes
    .map(({ name, indicators }) => ({ name, indicators: indicators.filter(here) }))
    .filter(({ indicators }) => indicators.length);
}
