/** Where an indicator that has nothing to show here has figures. */

import { findIndicator } from "../core/choices.js";
import { layerQuery, withDefaultDrawing } from "../core/state.js";

/**
 * @param {object} catalogue
 * @param {Record<string, string>} state
 * @returns {{text: string, query: string}[]} the best covered first
 */
export function elsewhere(catalogue, state) {
  const { layers = [] } = findIndicator(catalogue, state.indicator) ?? {};
  const levels = new Map(catalogue.levels.map(({ id, name }) => [id, name]));
  const steps = new Map(catalogue.timeline.map(({ date, name }) => [date, name]));
  return [...layers]
    .sort((a, b) => b.with_value - a.with_value)
    .map(({ level, date, status, period, label, with_value: n, total }) => ({
      text: `${levels.get(level) ?? level} · ${steps.get(date) ?? date} · ${label} (${n}/${total})`,
      query: layerQuery({ ...withDefaultDrawing(state), level, date, status, period }),
    }));
}
