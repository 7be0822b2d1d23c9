/** A small picture of the periods there are: bars from zero over their years, with a key. */

import { el, svg } from "../core/dom.js";
import { t } from "../core/i18n.js";

const WIDTH = 280;
const HEIGHT = 64;
const FOOT = 1;
const YEARS = 14;
/** Least distance between the middles of two years, units of the picture. */
const MIN_YEAR_GAP = 32;

/**
 * Which bars get their year below: the first of each year, the last year always, as many as fit.
 *
 * @param {string[]} periods ids, oldest first
 * @param {number} step width of a bar and its gap
 * @returns {{index: number, year: string}[]}
 */
export function yearLabels(periods, step) {
  const first = periods
    .map((period, index) => ({ index, year: period.slice(0, 4) }))
    .filter(({ index, year }) => index === 0 || year !== periods[index - 1].slice(0, 4));
  const shown = [];
  for (const each of [...first].reverse()) {
    if (!shown.length || (shown[0].index - each.index) * step >= MIN_YEAR_GAP) shown.unshift(each);
  }
  return shown;
}

const kindOf = ({ status }) => (status === "actual" || status === "estimate" ? status : "plan");

/**
 * @param {{period: string, label: string, value: number, text: string, status: string,
 *   status_label: string}[]} points without impossible figures, which have no bar
 * @param {string} period the one on the map
 */
export function seriesChart(points, period) {
  const values = points.map((point) => point.value);
  const top = Math.max(...values, 0);
  const bottom = Math.min(...values, 0);
  const span = top - bottom || 1;
  const step = WIDTH / points.length;
  const width = Math.min(26, step * 0.72);
  const y = (value) => ((top - value) / span) * (HEIGHT - FOOT);
  const bars = points.map((point, i) => {
    const from = y(Math.max(point.value, 0));
    const height = Math.max(1.5, Math.abs(y(point.value) - y(0)));
    const here = point.period === period ? " is-here" : "";
    const x = (i + 0.5) * step - width / 2;
    const title = svg("title", { text: `${point.label}: ${point.text}` });
    return svg("rect", { x, y: from, width, height, class: `series-${kindOf(point)}${here}` }, title);
  });
  const axis = svg("line", { x1: 0, x2: WIDTH, y1: y(0), y2: y(0), class: "series-axis" });
  const years = yearLabels(
    points.map((point) => point.period),
    step,
  ).map(({ index, year }) => {
    const x = Math.max(13, Math.min(WIDTH - 13, (index + 0.5) * step));
    return svg("text", { x, y: HEIGHT + YEARS - 3, class: "series-year", text: year });
  });
  const label = points.map((point) => `${point.label}: ${point.text}`).join("; ");
  const box = { class: "series", viewBox: `0 0 ${WIDTH} ${HEIGHT + YEARS}`, role: "img", "aria-label": label };
  return svg("svg", box, ...bars, axis, ...years);
}

/** What the bars' fills mean: the statuses there are, and the period on the map. */
export function seriesLegend(points, period) {
  const kinds = new Map(points.map((point) => [kindOf(point), []]));
  for (const point of points) kinds.get(kindOf(point)).push(point.status_label);
  const rows = [...kinds].map(([kind, labels]) => item(`series-${kind}`, [...new Set(labels)].join(", ")));
  const here = points.find((point) => point.period === period);
  if (here) rows.push(item(`series-${kindOf(here)} is-here`, t("popup.series_here")));
  return el("ul", { class: "series-legend" }, ...rows);
}

/**
 * The chart with its legend where there are several periods: an impossible figure has no bar, and
 * named classes have no height.
 * @param {{impossible: boolean, value: number | string, period: string, label: string, text: string,
 *   status: string, status_label: string}[]} series
 * @param {string} period the one on the map
 * @param {{class?: string, caption?: string}} shown what stands above it, before the periods it spans
 */
export function seriesFigure(series, period, { class: name = "", caption = "" } = {}) {
  const numbers = series.filter(({ impossible, value }) => !impossible && typeof value === "number");
  const points = /** @type {(typeof numbers[0] & {value: number})[]} */ (numbers);
  if (points.length < 2) return null;
  const above = caption && el("figcaption", { text: `${caption}: ${points[0].label} – ${points.at(-1).label}` });
  const parts = [above, seriesChart(points, period), seriesLegend(points, period)].filter(Boolean);
  return el("figure", name ? { class: name } : {}, ...parts);
}

function item(kind, text) {
  const swatch = svg(
    "svg",
    { class: "series", width: 12, height: 10, "aria-hidden": "true" },
    svg("rect", { x: 1, y: 1, width: 10, height: 8, class: kind }),
  );
  return el("li", {}, swatch, text);
}
