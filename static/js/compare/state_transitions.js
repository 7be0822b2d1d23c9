/** What a choice does to a comparison. Pure functions over the catalogue. */

import { closestLayer, findSeries } from "../core/state_transitions.js";
import { parseSeries, withDefaultSymbology } from "../core/url_state.js";

const ORDER = ["level", "date", "status", "period"];

/** The layers of a series, an indicator or a part of one, that show several units. */
export function layersOf(catalogue, series) {
  const { layers = [] } = findSeries(catalogue, series) ?? {};
  return layers.filter(({ total }) => total > 1);
}

/** Whether a series has figures just where another one is shown. */
export function hasLayerLike(catalogue, shown, series) {
  return layersOf(catalogue, series).some((layer) => ORDER.every((each) => layer[each] === shown[each]));
}

/** Days on which there are several units of a level, oldest first. */
export function daysOf(catalogue, level) {
  const days = new Set();
  for (const { indicators } of catalogue.themes) {
    for (const entry of indicators) {
      const layers = [entry, ...(entry.parts ?? [])].flatMap((series) => series.layers);
      for (const layer of layers) if (layer.level === level && layer.total > 1) days.add(layer.date);
    }
  }
  return [...days].sort();
}

/** The day to compare with: the one chosen if it is another and has units, else the last other. */
function otherDay(catalogue, { level, date, on }) {
  const days = daysOf(catalogue, level);
  if (on !== date && days.includes(on)) return on;
  return days.filter((day) => day !== date).at(-1) ?? date;
}

function moveTo(catalogue, state, layer) {
  const { level, date, status, period } = layer;
  const next = { ...state, level, date, status, period };
  delete next.period2;
  next.on = otherDay(catalogue, next);
  return next;
}

/** Another indicator: as near as possible to the figures on the screen, former units first. */
function chooseIndicator(state, catalogue, id) {
  const series = parseSeries(id);
  const layers = layersOf(catalogue, series);
  const last = catalogue.timeline.at(-1).date;
  const former = layers.filter(({ date }) => date !== last);
  const layer = closestLayer(former.length ? former : layers, state, ORDER);
  const next = { ...withDefaultSymbology(state), ...series };
  return layer ? moveTo(catalogue, next, layer) : next;
}

function chooseFigures(state, catalogue, field, value) {
  const layers = layersOf(catalogue, state).filter((layer) => layer[field] === value);
  const order = ORDER.filter((each) => each !== field);
  const layer = closestLayer(layers, state, order);
  if (layer) return moveTo(catalogue, state, layer);
  const next = { ...state, [field]: value };
  return { ...next, on: otherDay(catalogue, next) };
}

/**
 * What a control's choice does.
 *
 * @param {string} field name of the control
 */
export function chooseComparison(state, catalogue, field, value) {
  const next = { ...state };
  delete next.unit;
  if (field === "indicator") return chooseIndicator(next, catalogue, value);
  if (["level", "date"].includes(field)) return chooseFigures(next, catalogue, field, value);
  if (field === "on") delete next.period2;
  if (["mode", "measure", "table", "period2"].includes(field)) return { ...state, [field]: value };
  return { ...next, [field]: value };
}
