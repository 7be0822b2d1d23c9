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
  const statuses = new Map(catalogue.statuses.map(({ id, name }) => [id, name]));
  const where = ({ level, date, status, label, with_value: n, total }) => {
    const kind = status === "actual" ? [] : [statuses.get(status) ?? status];
    return [levels.get(level) ?? level, steps.get(date) ?? date, ...kind, `${label} (${n}/${total})`];
  };
  return [...layers]
    .sort((a, b) => b.with_value - a.with_value)
    .map((layer) => {
      const { level, date, status, period } = layer;
      const query = layerQuery({ ...withDefaultDrawing(state), level, date, status, period });
      return { text: where(layer).join(" · "), query };
    });
}
