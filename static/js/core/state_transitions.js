/**
 * What a choice does to the rest of the state: choosing an indicator that has no figures for the
 * period on the screen moves to one that it has, and so on. Pure functions over the catalogue.
 *
 * @typedef {import("../api_types").AvailableLayer} Available
 * @typedef {import("../api_types").Catalogue} Catalogue
 * @typedef {import("../api_types").CatalogueIndicator} CatalogueIndicator
 * @typedef {import("../api_types").CatalogueSeries} CatalogueSeries
 * @typedef {import("../api_types").State} State
 */

import { withDefaultSymbology } from "./url_state.js";

/** A map with figures for this share of its units counts as full; as geodata/store/interface.py has it. */
const WELL_COVERED_SHARE = 0.9;

/**
 * @param {Pick<Catalogue, "themes">} catalogue
 * @param {string} id
 * @returns {(CatalogueIndicator & {theme: string})|undefined} the indicator's entry in the catalogue
 */
export function findIndicator(catalogue, id) {
  for (const theme of catalogue.themes) {
    const found = theme.indicators.find((indicator) => indicator.id === id);
    if (found) return { ...found, theme: theme.id };
  }
  return undefined;
}

/**
 * @param {Pick<Catalogue, "themes">} catalogue
 * @param {{indicator?: string, breakdown?: string}} state
 * @returns {CatalogueSeries|undefined} what is known of the series shown: of the indicator, or of a
 *   part of it; nothing of a part without figures
 */
export function findSeries(catalogue, { indicator = "", breakdown = "" }) {
  const entry = findIndicator(catalogue, indicator);
  if (!entry) return undefined;
  return [entry, ...(entry.parts ?? [])].find((series) => (series.breakdown ?? "") === breakdown);
}

/**
 * The available layer closest to what is wanted.
 *
 * @param {Available[]} layers
 * @param {Record<string, string>} wanted
 * @param {string[]} order fields that matter, the weightiest first
 * @returns {Available|undefined} ties go to the better covered, the later period, the later lines
 */
export function closestLayer(layers, wanted, order = ["level", "date", "status", "period"]) {
  const rank = (layer) => [
    ...order.map((field) => (layer[field] === wanted[field] ? 1 : 0)),
    layer.total ? layer.with_value / layer.total : 0,
    layer.period,
    layer.date,
  ];
  let best;
  for (const layer of layers) {
    if (!best || compareTuples(rank(layer), rank(best)) > 0) best = layer;
  }
  return best;
}

/**
 * Where the most units have figures, of all levels, dates, statuses and periods.
 *
 * @param {Available[]} layers
 * @param {string} status
 * @returns {Available|undefined} ties go to the larger share, the status, the later date and period
 */
export function bestCoveredLayer(layers, status) {
  const rank = (layer) => [
    layer.with_value,
    layer.with_value / layer.total,
    layer.status === status ? 1 : 0,
    layer.date,
    layer.period,
  ];
  return layers.reduce(
    (best, layer) => (best && compareTuples(rank(layer), rank(best)) <= 0 ? best : layer),
    undefined,
  );
}

const SYMBOLOGY_FIELDS = ["scheme", "classes", "thresholds", "isolate", "class_basis", "palette", "style"];

/**
 * What a control's choice does.
 *
 * @param {string} field name of the control
 * @param {number[]} breaks inner breaks on the screen, where thresholds begin
 */
export function applyChoice(state, catalogue, field, value, breaks = []) {
  if (field === "theme") return chooseTheme(state, catalogue, value);
  if (field === "indicator") return chooseIndicator(state, catalogue, value);
  if (field === "breakdown") return chooseBreakdown(state, catalogue, value);
  if (field === "reset") return withDefaultSymbology(state);
  if (SYMBOLOGY_FIELDS.includes(field)) return chooseSymbology(state, field, value, breaks);
  return chooseField(state, catalogue, field, value);
}

/** Whether another state shows other units. */
export const changesUnits = (one, other) =>
  ["level", "date", "on"].some((key) => (one[key] ?? "") !== (other[key] ?? ""));

/** Compares two lists element by element: 1 when `a` is larger, -1 when it is smaller, 0 when equal. */
export function compareTuples(a, b) {
  for (let i = 0; i < a.length; i += 1) {
    if (a[i] !== b[i]) return a[i] > b[i] ? 1 : -1;
  }
  return 0;
}

function moveToLayer(state, layer) {
  if (!layer) return state;
  const { level, date, status, period } = layer;
  return { ...state, level, date, status, period };
}

/**
 * Another indicator, drawn its own way, as near as possible to the layer on the screen; without
 * figures at its level and date, where the indicator has the most.
 */
export function chooseIndicator(state, catalogue, id) {
  const { layers = [], breakdown = "" } = findIndicator(catalogue, id) ?? {};
  const next = withBreakdown({ ...withDefaultSymbology(state), indicator: id }, breakdown);
  const here = layers.filter(({ level, date }) => level === state.level && date === state.date);
  return moveToLayer(next, here.length ? closestLayer(here, state) : bestCoveredLayer(layers, state.status));
}

/** A part of the indicator, or its total, as near as possible to the layer on the screen. */
export function chooseBreakdown(state, catalogue, breakdown) {
  const next = withBreakdown(state, breakdown);
  const { layers = [] } = findSeries(catalogue, next) ?? {};
  return moveToLayer(next, closestLayer(layers, state));
}

function withBreakdown(state, breakdown) {
  const next = { ...state, breakdown };
  if (!breakdown) delete next.breakdown;
  return next;
}

/**
 * Another theme: the indicator it opens with, unless another makes a map at the level and date on the
 * screen and that one does not.
 */
export function chooseTheme(state, catalogue, id) {
  const theme = catalogue.themes.find((each) => each.id === id);
  if (!theme?.indicators.length) return state;
  const rows = byCoverage(theme.indicators, state);
  const lead = rows.find(({ indicator }) => indicator.id === theme.lead);
  const whole = (row) => row?.withValue > 1 && !row.sparse;
  const known = lead && (lead.withValue || !rows[0].withValue) ? lead : rows[0];
  const first = whole(lead) ? lead : (rows.find(whole) ?? known);
  return withPlacesOf(theme, chooseIndicator(state, catalogue, first.indicator.id), catalogue);
}

/** A theme without a map opens with its places; those that another one had opened with go with it. */
function withPlacesOf(theme, state, catalogue) {
  const next = { ...state };
  if (catalogue.themes.some(({ places }) => places.length && places.join() === state.places)) delete next.places;
  if (theme.places.length) next.places = theme.places.join();
  return next;
}

/**
 * Another level, date, status or period of the same indicator. What was chosen stays, the rest
 * follows. Boundaries of which the indicator has no figures show another map of its theme; without
 * any the choice stands alone and the map says that it is empty.
 */
export function chooseField(state, catalogue, field, value) {
  const wanted = { ...state, [field]: value };
  delete wanted.unit;
  const chosen = (layer) => layer[field] === value;
  const layers = (findSeries(catalogue, state)?.layers ?? []).filter(chosen);
  const order = ["level", "date", "status", "period"].filter((each) => each !== field);
  if (layers.length) return moveToLayer(wanted, closestLayer(layers, wanted, order));
  return ["level", "date"].includes(field) ? mapOfTheme(wanted, catalogue, chosen) : wanted;
}

/** The theme's map nearest to what is wanted, drawn its own way; as wanted where it has none. */
function mapOfTheme(wanted, catalogue, chosen) {
  const { theme } = findIndicator(catalogue, wanted.indicator) ?? {};
  const others = catalogue.themes.find(({ id }) => id === theme)?.indicators ?? [];
  const whole = (layer) => chosen(layer) && !layer.sparse && layer.with_value > 1;
  const map = closestLayer(
    others.flatMap(({ layers }) => layers.filter(whole)),
    wanted,
  );
  const owner = others.find(({ layers }) => layers.includes(map));
  if (!owner) return wanted;
  const next = withBreakdown({ ...withDefaultSymbology(wanted), indicator: owner.id }, owner.breakdown ?? "");
  return moveToLayer(next, map);
}

/** Another way to draw the same figures: scheme, classes, thresholds, palette or style. */
export function chooseSymbology(state, field, value, breaks = []) {
  const next = { ...state, [field]: field === "thresholds" ? value.replaceAll(" ", "") : value };
  if (field === "thresholds") next.scheme = "thresholds";
  if (field === "scheme") delete next.thresholds;
  if (field === "scheme" && value === "thresholds" && breaks.length) next.thresholds = breaks.join(",");
  return next;
}

/**
 * The indicators with what they cover at the level and date, the best covered first.
 *
 * @param {CatalogueIndicator[]} indicators
 * @param {{level?: string, date?: string, status?: string}} state
 * @returns {{indicator: CatalogueIndicator, withValue: number, total: number, sparse: boolean, periods: number}[]}
 */
export function byCoverage(indicators, { level, date, status = "actual" }) {
  const rows = indicators.map((indicator, index) => {
    const here = indicator.layers.filter((layer) => layer.level === level && layer.date === date);
    const same = here.filter((layer) => layer.status === status);
    const best = closestLayer(same.length ? same : here, {}, []);
    return {
      indicator,
      index,
      withValue: best?.with_value ?? 0,
      total: best?.total ?? 0,
      sparse: best?.sparse ?? true,
      periods: new Set(here.map((layer) => layer.period)).size,
    };
  });
  const share = (row) => (row.total ? Math.min(row.withValue / row.total / WELL_COVERED_SHARE, 1) : 0);
  return rows.sort((a, b) => share(b) - share(a) || b.periods - a.periods || a.index - b.index);
}
