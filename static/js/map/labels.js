/**
 * Names and marks on the map. Names stand at the units' anchor points, in one line or two, never
 * over one another; a doubtful figure carries its mark whether or not the name found room.
 */

import { svg } from "../core/dom.js";
import { isInside } from "./anchor.js";
import L from "./leaflet.js";
import { classColour, readCell, symbolRadius } from "./paint.js";
import { isDark } from "./patterns.js";
import { place } from "./placement.js";

const LINE = 14;
const PAD = 3;
const MARK = 13;
const MOST = 400;
/** Where a name may stand, seen from the anchor, pixels. */
const SHIFTS = [0, -8, 8, -16, 16].flatMap((dy) => [0, -9, 9, -18, 18].map((dx) => [dx, dy]));

/** Widths of words in the label font, measured once each. */
class Ruler {
  constructor(font) {
    this.pen = document.createElement("canvas").getContext("2d");
    this.pen.font = font;
    this.known = new Map();
  }

  width(text) {
    if (!this.known.has(text)) this.known.set(text, this.pen.measureText(text).width);
    return this.known.get(text);
  }
}

/** The ways to write a name: in one line, and broken at each space into two. */
export function linesOf(name) {
  const words = name.split(" ");
  const ways = [[name]];
  for (let i = 1; i < words.length; i += 1) {
    ways.push([words.slice(0, i).join(" "), words.slice(i).join(" ")]);
  }
  return ways;
}

export const Labels = L.Layer.extend({
  initialize(boundaries) {
    this.boundaries = boundaries;
    this.document = null;
    this.selected = null;
  },

  getEvents() {
    return { viewreset: this.draw, zoomend: this.draw, moveend: this.draw, resize: this.draw };
  },

  onAdd(map) {
    this.root = svg("svg", { class: "labels leaflet-zoom-hide", "aria-hidden": "true" });
    map.getPane("labels").append(this.root);
    const font = getComputedStyle(map.getContainer());
    this.ruler = new Ruler(`500 12px ${font.fontFamily}`);
    document.fonts?.ready.then(() => {
      this.ruler.known.clear();
      this.draw();
    });
  },

  onRemove() {
    this.root.remove();
  },

  /** @param {object} document the values document */
  paint(document) {
    this.document = document;
    this.draw();
  },

  /** The chosen unit is named whatever room it has. */
  select(id) {
    if (id === this.selected) return;
    this.selected = id;
    this.draw();
  },

  draw() {
    if (!this._map || !this.document) return;
    const size = this._map.getSize();
    const corner = this._map.containerPointToLayerPoint([0, 0]);
    L.DomUtil.setPosition(this.root, corner);
    this.root.setAttribute("width", size.x);
    this.root.setAttribute("height", size.y);
    const inView = this.candidates(size);
    const marks = inView.filter((each) => each.doubtful).map((each) => each.mark);
    const circles = inView.map((each) => each.circle).filter(Boolean);
    const placed = place(inView, [...marks, ...circles]);
    const names = inView.filter((each) => placed.has(each.id));
    this.root.replaceChildren(
      ...names.map((each) => this.name(each, each.ways[placed.get(each.id)])),
      ...marks.map(markAt),
    );
  },

  /** Units in view with the boxes their names may take, the largest units first. */
  candidates(size) {
    const bounds = this._map.getBounds().pad(0.05);
    const found = [];
    const shapes = [...this.boundaries.shapes.values()].sort((a, b) => b.weight - a.weight);
    for (const shape of shapes) {
      if (found.length >= MOST) break;
      const { lat, lon } = this.boundaries.anchor(shape.id);
      if (bounds.contains([lat, lon])) found.push(this.candidate(shape, lat, lon, size));
    }
    return found.filter((each) => each.boxes.length || each.doubtful);
  },

  candidate(shape, lat, lon, size) {
    const { x, y } = this._map.latLngToContainerPoint([lat, lon]);
    const { legend, units } = this.document;
    const { value, doubtful } = readCell(units[shape.id]);
    const symbols = legend.style === "symbols";
    const radius = symbols && value ? symbolRadius(value, legend) : 0;
    const ways = radius ? this.besideCircle(shape, x, y, radius) : this.within(shape, x, y);
    const inView = ({ x: cx, y: cy, width }) =>
      cx > width / 2 && cx < size.x - width / 2 && cy > 6 && cy < size.y - 6;
    const kept = ways.filter((way) => inView(way.box));
    // Over the name where there is room for both, else in the name's place.
    const above = this.roomOf(shape).height > LINE * 3.5 ? LINE * 1.35 : 0;
    return {
      id: shape.id,
      weight: shape.id === this.selected ? Infinity : shape.weight,
      doubtful,
      circle: radius ? { x, y, width: radius * 1.6, height: radius * 1.6 } : null,
      mark: { x: x + radius * 0.7, y: y - (radius || above), width: MARK, height: MARK },
      ways: kept,
      boxes: kept.map((way) => way.box),
      colour: symbols ? null : classColour(units[shape.id], legend),
    };
  },

  /** A name under, over or beside its circle. */
  besideCircle(shape, x, y, radius) {
    return this.written(shape).flatMap(({ lines, width, height }) => {
      const [dx, dy] = [radius + width / 2 + 2, radius + height / 2 + 1];
      const shifts = [[0, dy], [0, -dy], [dx, 0], [-dx, 0]];
      return shifts.map(([sx, sy]) => ({ lines, box: { x: x + sx, y: y + sy, width, height } }));
    });
  },

  /** A name near the anchor: those ways first that keep it within its own unit. */
  within(shape, x, y) {
    const ways = [];
    for (const { lines, width, height } of this.written(shape)) {
      for (const [dx, dy] of SHIFTS) {
        const box = { x: x + dx, y: y + dy, width, height };
        const outside = this.outside(shape, box);
        if (outside > 2 && shape.id !== this.selected) continue;
        const cost = outside * 30 + Math.hypot(dx, dy) + (lines.length - 1) * 4;
        ways.push({ lines, box, cost });
      }
    }
    return ways.sort((a, b) => a.cost - b.cost).slice(0, 12);
  },

  /** The ways to write the name that are not much larger than the unit. */
  written(shape) {
    const room = this.roomOf(shape);
    return linesOf(shape.properties.shown)
      .map((lines) => ({
        lines,
        width: Math.max(...lines.map((line) => this.ruler.width(line))) + PAD,
        height: lines.length * LINE,
      }))
      .filter(
        ({ width, height }) =>
          shape.id === this.selected ||
          (width <= room.width * 1.15 && height <= room.height * 1.25),
      );
  },

  /** How many of six points on the edge of the box lie outside the unit. */
  outside(shape, { x, y, width, height }) {
    let count = 0;
    for (const dx of [-0.5, 0, 0.5]) {
      for (const dy of [-0.4, 0.4]) {
        const { lng, lat } = this._map.containerPointToLatLng([x + dx * width, y + dy * height]);
        if (!shape.polygons.some(([ring]) => isInside(lng, lat, ring))) count += 1;
      }
    }
    return count;
  },

  /** Width and height of the unit on the screen, pixels. */
  roomOf(shape) {
    let [west, east, south, north] = [180, -180, 90, -90];
    for (const [lon, lat] of shape.polygons[0][0]) {
      west = Math.min(west, lon);
      east = Math.max(east, lon);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
    const a = this._map.latLngToContainerPoint([north, west]);
    const b = this._map.latLngToContainerPoint([south, east]);
    return { width: b.x - a.x, height: b.y - a.y };
  },

  name({ colour }, { lines, box }) {
    const tone = colour ? (isDark(colour) ? "on-dark" : "on-light") : "on-plain";
    const text = svg("text", { class: `name ${tone}` });
    if (colour) text.style.stroke = colour;
    const top = box.y - ((lines.length - 1) * LINE) / 2;
    lines.forEach((line, i) => {
      text.append(svg("tspan", { x: box.x.toFixed(1), y: (top + i * LINE + 4).toFixed(1), text: line }));
    });
    return text;
  },
});

/** The sign of a figure that needs another look, also used by legend, table and card. */
function markAt({ x, y }) {
  const at = `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
  return svg(
    "g",
    { class: "doubt-mark", transform: at },
    svg("circle", { r: 5.5 }),
    svg("text", { y: 3.5, text: "!" }),
  );
}
