/** A small picture of the periods there are: bars from zero, the period on the map in ink. */

import { svg } from "../core/dom.js";

const WIDTH = 280;
const HEIGHT = 64;
const FOOT = 1;

/**
 * @param {{period: string, label: string, value: number, text: string, status: string}[]} points
 * @param {string} period the one on the map
 */
export function seriesPicture(points, period) {
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
    const kind = point.status === "actual" || point.status === "estimate" ? point.status : "plan";
    const here = point.period === period ? " is-here" : "";
    const x = (i + 0.5) * step - width / 2;
    const title = svg("title", { text: `${point.label}: ${point.text}` });
    return svg("rect", { x, y: from, width, height, class: `series-${kind}${here}` }, title);
  });
  const axis = svg("line", { x1: 0, x2: WIDTH, y1: y(0), y2: y(0), class: "series-axis" });
  const label = points.map((point) => `${point.label}: ${point.text}`).join("; ");
  const box = { class: "series", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label };
  return svg("svg", box, ...bars, axis);
}
