/**
 * What tells fills apart besides colour: the kinds of missing are hatched, estimates are
 * dotted. As SVG patterns for maps of some hundred units and legends, as canvas patterns beyond.
 */

import { svg } from "../core/dom.js";

const SIZE = 7;
export const MISSING = ["no_data", "not_applicable", "not_published", "mixed", "not_recoverable", "impossible"];

/** Strokes of each hatch within a square of `SIZE`, as [x1, y1, x2, y2]. */
const STROKES = {
  no_data: [
    [-1, 1, 1, -1],
    [0, SIZE, SIZE, 0],
    [SIZE - 1, SIZE + 1, SIZE + 1, SIZE - 1],
  ],
  not_published: [[0, SIZE / 2, SIZE, SIZE / 2]],
  not_applicable: [
    [0, 0, SIZE, SIZE],
    [0, SIZE, SIZE, 0],
  ],
  mixed: [
    [SIZE / 2, 1, SIZE - 1, SIZE / 2],
    [SIZE - 1, SIZE / 2, SIZE / 2, SIZE - 1],
    [SIZE / 2, SIZE - 1, 1, SIZE / 2],
    [1, SIZE / 2, SIZE / 2, 1],
  ],
  not_recoverable: [[SIZE / 2, 0, SIZE / 2, SIZE]],
  impossible: [
    [SIZE / 2, 0, SIZE / 2, SIZE],
    [0, SIZE / 2, SIZE, SIZE / 2],
  ],
};

function tile(id, ...shapes) {
  const attributes = { id, width: SIZE, height: SIZE, patternUnits: "userSpaceOnUse" };
  return svg("pattern", attributes, ...shapes);
}

function background(attributes) {
  return svg("rect", { width: SIZE, height: SIZE, ...attributes });
}

function hatch(kind) {
  const lines = STROKES[kind].map(([x1, y1, x2, y2]) => svg("line", { x1, y1, x2, y2, class: "hatch-line" }));
  return tile(`hatch-${kind}`, background({ class: "hatch-background" }), ...lines);
}

function dots(id, colour) {
  const ink = isDark(colour) ? "#ffffff" : "#20262b";
  const dot = (cx, cy) => svg("circle", { cx, cy, r: 0.8, fill: ink, "fill-opacity": 0.75 });
  return tile(id, background({ fill: colour }), dot(1.75, 1.75), dot(5.25, 5.25));
}

/** @returns {boolean} whether white reads better on the colour than ink */
export function isDark(colour) {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const part = parseInt(colour.slice(i, i + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 0.22;
}

let definitions = null;

/** The one hidden drawing that holds the page's patterns. */
function patternDefs() {
  if (!definitions) {
    definitions = svg("defs", {}, ...MISSING.map(hatch));
    const root = svg("svg", { class: "patterns", width: 0, height: 0, "aria-hidden": "true" });
    root.append(definitions);
    document.body.append(root);
  }
  return definitions;
}

/** SVG fill of a kind of missing. */
export function missingFill(kind) {
  patternDefs();
  return `url(#hatch-${MISSING.includes(kind) ? kind : "no_data"})`;
}

/** SVG fill of an estimate in the colour of its class. */
export function estimateFill(colour) {
  const id = `dots-${colour.slice(1)}`;
  if (!patternDefs().querySelector(`#${id}`)) patternDefs().append(dots(id, colour));
  return `url(#${id})`;
}

/** Canvas fill of a kind of missing, in the colours of the style sheet. */
export function canvasHatch(kind, backgroundColour, lineColour) {
  const canvas = document.createElement("canvas");
  canvas.width = SIZE;
  canvas.height = SIZE;
  const pen = canvas.getContext("2d");
  pen.fillStyle = backgroundColour;
  pen.fillRect(0, 0, SIZE, SIZE);
  pen.strokeStyle = lineColour;
  for (const [x1, y1, x2, y2] of STROKES[kind] ?? STROKES.no_data) {
    pen.beginPath();
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
    pen.stroke();
  }
  return pen.createPattern(canvas, "repeat");
}
