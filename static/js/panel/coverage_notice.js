/**
 * Where an indicator that has little or nothing to show here has more figures, and the notice beside
 * the legend of a sparse map that links there.
 */

import { byId, el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { bestCoveredLayer, closestLayer, compareTuples, findIndicator, findSeries } from "../core/state_transitions.js";
import { showEmpty } from "./map_message.js";
import { layerQuery, withDefaultSymbology } from "../core/url_state.js";

const MOST = 6;
const MOST_OF_THEME = 3;

/**
 * On an empty or sparse map: where there are more figures.
 *
 * @param {object} catalogue
 * @param {Record<string, string>} state
 * @param {object} legend
 * @param {(query: string) => void} follow
 */
export function suggestCoverage(catalogue, state, legend, follow) {
  if (legend.sparse) showCoverageNotice(catalogue, state, legend, follow);
  if (!legend.with_value) showEmpty(emptyLinks(catalogue, state, follow, legend.total));
}

/**
 * @param {object} catalogue
 * @param {Record<string, string>} state
 * @param {object} legend
 * @param {(query: string) => void} follow
 */
function showCoverageNotice(catalogue, state, legend, follow) {
  const links = otherCoverage(catalogue, state, legend.with_value / legend.total, true);
  if (!links.length) return;
  const lead = el("p", { id: "coverage-notice-lead", text: t("map.few_elsewhere") });
  const note = el("div", {
    id: "coverage-notice",
    class: "coverage-notice",
    role: "group",
    "aria-labelledby": "coverage-notice-lead",
  });
  note.append(lead, linkList(links, follow));
  byId("legend-body").after(note);
}

/**
 * For an empty map: where the indicator has figures, and what else of its theme there is a map of with
 * the boundaries on the screen.
 *
 * @param {object} catalogue
 * @param {Record<string, string>} state
 * @param {(query: string) => void} follow
 * @param {number} total units on the map
 * @returns {Node[]}
 */
function emptyLinks(catalogue, state, follow, total) {
  const list = (lead, links) =>
    links.length ? [el("p", { class: "muted", text: lead }), linkList(links, follow)] : [];
  const shown = t("map.empty_villages", { n: total });
  return [
    ...(state.level === "village" && total ? [el("p", { text: shown })] : []),
    ...list(t("map.empty_elsewhere"), otherCoverage(catalogue, state)),
    ...list(t("map.empty_theme"), mapsOfTheme(catalogue, state)),
  ];
}

/**
 * Other layers as links that are followed without leaving the page.
 *
 * @param {{text: string, query: string}[]} layers
 * @param {(query: string) => void} follow
 */
function linkList(layers, follow) {
  const items = layers.slice(0, MOST).map(({ text, query }) => {
    const click = (event) => {
      event.preventDefault();
      follow(query);
    };
    return el("li", {}, el("a", { href: `/?${query}`, text, on: { click } }));
  });
  return el("ul", { class: "links" }, ...items);
}

/**
 * Of the other indicators of the theme those that can be read as maps with the boundaries on the
 * screen: of the level on the screen before others, then the best covered.
 *
 * @param {object} catalogue
 * @param {Record<string, string>} state
 * @returns {{text: string, query: string}[]}
 */
export function mapsOfTheme(catalogue, state) {
  const theme = findIndicator(catalogue, state.indicator)?.theme;
  const others = (catalogue.themes.find(({ id }) => id === theme)?.indicators ?? []).filter(
    ({ id }) => id !== state.indicator,
  );
  const whole = ({ date, sparse, with_value: n }) => date === state.date && !sparse && n > 1;
  const rank = ({ layer }) => [layer.level === state.level, layer.with_value / layer.total, layer.with_value];
  return others
    .map((indicator) => ({ indicator, layer: layerOf(indicator.layers.filter(whole), state) }))
    .filter(({ layer }) => layer)
    .sort((a, b) => compareTuples(rank(b), rank(a)))
    .slice(0, MOST_OF_THEME)
    .map(({ indicator, layer }) => ({
      text: `${indicator.name} · ${layerLabel(catalogue, state, layer)}`,
      query: queryOf({ ...state, indicator: indicator.id, breakdown: indicator.breakdown ?? "" }, layer),
    }));
}

/** The layer of the level and status on the screen, else the best covered. */
function layerOf(layers, state) {
  const here = layers.filter(({ level }) => level === state.level);
  return here.length ? closestLayer(here, state, ["status"]) : bestCoveredLayer(layers, state.status);
}

/**
 * One layer of each level: the best covered, then that of the date on the screen, then the latest.
 * The level on the screen may come twice, once with the boundaries on the screen.
 *
 * @param {object} catalogue
 * @param {Record<string, string>} state
 * @param {number} more only layers that cover a larger share of their units than this
 * @param {boolean} whole only layers that can be read as maps
 * @returns {{text: string, query: string}[]} the level and date on the screen first
 */
export function otherCoverage(catalogue, state, more = 0, whole = false) {
  const { layers = [] } = findSeries(catalogue, state) ?? {};
  const here = (layer) => layer.level === state.level && layer.date === state.date;
  const rank = (layer) => [
    layer.with_value / layer.total,
    layer.date === state.date,
    layer.status === "actual",
    layer.date,
    layer.period,
  ];
  const best = new Map();
  const fuller = (each) => each.with_value / each.total > more && !(whole && each.sparse);
  for (const layer of layers.filter(fuller)) {
    const key = `${layer.level} ${here(layer)}`;
    if (!best.has(key) || compareTuples(rank(layer), rank(best.get(key))) > 0) best.set(key, layer);
  }
  return [...best.values()]
    .sort((a, b) => Number(here(b)) - Number(here(a)) || b.with_value - a.with_value)
    .map((layer) => ({ text: layerLabel(catalogue, state, layer), query: queryOf(state, layer) }));
}

function layerLabel(catalogue, state, { level, date, status, label, with_value: n, total }) {
  const name = (list, key, id) => list.find((each) => each[key] === id)?.name ?? id;
  return [
    name(catalogue.levels, "id", level),
    ...(date === state.date ? [] : [name(catalogue.timeline, "date", date)]),
    ...(status === "actual" ? [] : [name(catalogue.statuses, "id", status)]),
    `${label} (${n}/${total})`,
  ].join(" · ");
}

function queryOf(state, { level, date, status, period }) {
  return layerQuery({ ...withDefaultSymbology(state), level, date, status, period });
}
