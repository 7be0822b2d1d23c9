/**
 * Names and marks on the map. Names stand at the units' anchor points, in one line or two, never
 * over one another; a doubtful figure carries its mark whether or not the name found room.
 */

import { svg } from "../core/dom.js";
import { afterNextPaint, runInSlices } from "../core/schedule.js";
import L from "./leaflet.js";
import { styleOf } from "../styles/index.js";
import { classColour, readCell } from "./symbology.js";
import { isDark } from "./fill_patterns.js";
import { placeLabels, CollisionIndex } from "./label_placement.js";

const LINE_HEIGHT = 14;
const PADDING = 3;
const MARK_SIZE = 13;
const MAX_LABELS = 400;
/** Between the points that stand for the frame around all units, pixels: less than a name is high. */
const FRAME_STEP = 7;
/** Where a name may stand, seen from the anchor, pixels. */
const OFFSETS = [0, -8, 8, -16, 16].flatMap((dy) => [0, -9, 9, -18, 18].map((dx) => [dx, dy]));

/** Widths of words in the label font, measured once each. */
class TextMeasurer {
  constructor(font) {
    this.pen = document.createElement("canvas").getContext("2d");
    this.pen.font = font;
    this.cache = new Map();
  }

  width(text) {
    if (!this.cache.has(text)) this.cache.set(text, this.pen.measureText(text).width);
    return this.cache.get(text);
  }
}

/** The layouts of a name: in one line, and broken at each space into two. */
export function lineBreaks(name) {
  const words = name.split(" ");
  const variants = [[name]];
  for (let i = 1; i < words.length; i += 1) {
    variants.push([words.slice(0, i).join(" "), words.slice(i).join(" ")]);
  }
  return variants;
}

export class Labels extends L.Layer {
  /** @param {import("./boundaries.js").Boundaries} boundaries */
  constructor(boundaries) {
    super();
    this.boundaries = boundaries;
    /** @type {import("../api_types").Values|null} */
    this.document = null;
    this.selected = null;
    this.pendingDraw = null;
    this.drawId = 0;
    this.cache = new Map();
    /** @type {() => import("./label_placement.js").Box[]} */
    this.symbols = () => [];
  }

  getEvents() {
    const { draw } = this;
    return { viewreset: draw, zoomend: draw, moveend: draw, resize: draw, symbols: this.keepClear };
  }

  /** Names leave the symbols uncovered that another layer draws. */
  keepClear({ covered, size }) {
    const at = (place) => this._map.latLngToContainerPoint(place);
    this.symbols = () => covered.map((place) => ({ ...at(place), width: size, height: size }));
    this.draw();
  }

  onAdd(map) {
    this.root = svg("svg", { class: "labels leaflet-zoom-hide", "aria-hidden": "true" });
    map.getPane("labels").append(this.root);
    const font = getComputedStyle(map.getContainer());
    this.measurer = new TextMeasurer(`500 12px ${font.fontFamily}`);
    document.fonts?.addEventListener("loadingdone", (this.onFonts = () => this.remeasure()));
  }

  onRemove() {
    document.fonts?.removeEventListener("loadingdone", this.onFonts);
    this.root.remove();
  }

  /** Words are as wide as the font makes them, which may come after the map. */
  remeasure() {
    this.measurer.cache.clear();
    this.cache.clear();
    this.draw();
  }

  /** @param {import("../api_types").Values} document the values document */
  paint(document) {
    this.document = document;
    return this.draw();
  }

  /** The chosen unit is named whatever room it has. */
  select(id) {
    if (id === this.selected) return;
    for (const each of [id, this.selected]) this.cache.delete(each);
    this.selected = id;
    this.draw();
  }

  /**
   * Names come a frame after the polygons, once for however many reasons there are; those of
   * another zoom, which would stand beside their units meanwhile, go at once.
   *
   * @returns {Promise<void>} resolves when they stand
   */
  draw() {
    if (this._map && this.viewKey() !== this.renderedViewKey) this.root.replaceChildren();
    this.pendingDraw ??= afterNextPaint().then(() => {
      this.pendingDraw = null;
      return this._map && this.document ? this.placeInIdleTime((this.drawId += 1)) : undefined;
    });
    return this.pendingDraw;
  }

  /** Places the names of a view in idle slices; gives up when another one is asked for. */
  async placeInIdleTime(drawId) {
    const size = this._map.getSize();
    this.invalidateCache();
    const candidates = [];
    const add = (shape) => candidates.push(this.candidate(shape, size));
    if (!(await runInSlices(this.unitsInView(), add, () => drawId === this.drawId && this._map))) return;
    this.renderLabels(candidates, size);
  }

  /** The same without a pause. */
  drawNow() {
    if (!this.document) return;
    this.drawId += 1;
    const size = this._map.getSize();
    this.invalidateCache();
    this.renderLabels(
      this.unitsInView().map((shape) => this.candidate(shape, size)),
      size,
    );
  }

  renderLabels(candidates, size) {
    const corner = this._map.containerPointToLayerPoint([0, 0]);
    L.DomUtil.setPosition(this.root, corner);
    this.root.setAttribute("width", size.x);
    this.root.setAttribute("height", size.y);
    this.renderedViewKey = this.viewKey();
    this.placeAndRender(candidates.filter((each) => each.boxes.length || each.doubtful));
  }

  /** What the place of a unit in its pane hangs on: panning moves the pane with all that is in it. */
  viewKey() {
    const { x, y } = this._map.getPixelOrigin();
    return `${this._map.getZoom()} ${x} ${y}`;
  }

  placeAndRender(candidates) {
    const marks = candidates.filter((each) => each.doubtful).map((each) => each.mark);
    const circles = candidates.map((each) => each.circle).filter(Boolean);
    const placed = placeLabels(candidates, [...marks, ...circles, ...this.symbols()]);
    const names = candidates.filter((each) => placed.has(each.id));
    this.root.replaceChildren(
      ...names.map((each) => this.labelElement(each, each.variants[placed.get(each.id)])),
      ...marks.map(doubtMarkAt),
    );
  }

  /** Forgets how names fit when the outlines lie differently. */
  invalidateCache() {
    this.paths = this.boundaries.projectedArcsOn(this._map);
    if (this.paths.key !== this.key) {
      this.cache.clear();
      this.outerBoundary = null;
    }
    this.key = this.paths.key;
  }

  /** Whether a box in layer pixels lies over the frame around all units. */
  crossesOuterBoundary(box) {
    this.outerBoundary ??= this.outerBoundaryIndex();
    return !this.outerBoundary.isFree(box);
  }

  /** The frame in view as points that take up room. */
  outerBoundaryIndex() {
    const collisions = new CollisionIndex();
    const { x: width, y: height } = this._map.getSize();
    const { x: left, y: top } = this._map.containerPointToLayerPoint([-width, -height]);
    const isNear = (x, y) => x > left && x < left + 3 * width && y > top && y < top + 3 * height;
    let [px, py] = [0, 0];
    const add = (x, y, isFirst) => {
      const parts =
        isFirst || !(isNear(x, y) && isNear(px, py)) ? 1 : Math.ceil(Math.hypot(x - px, y - py) / FRAME_STEP);
      for (let i = 1; i <= parts; i += 1) {
        const part = i / parts;
        const at = isFirst ? { x, y } : { x: px + (x - px) * part, y: py + (y - py) * part };
        if (isNear(at.x, at.y)) collisions.add({ ...at, width: 2, height: 2 });
      }
      [px, py] = [x, y];
    };
    for (const arc of this.boundaries.arcsOf("outer")) this.paths.forEachPoint([arc], add);
    return collisions;
  }

  /** Units whose middle is in view, the largest first, as many as can be named. */
  unitsInView() {
    const bounds = this._map.getBounds().pad(0.05);
    const isIn = ({ mainBbox: [west, south, east, north] }) =>
      bounds.contains([(south + north) / 2, (west + east) / 2]);
    const shapes = [...this.boundaries.shapes.values()].sort((a, b) => b.area - a.area);
    return shapes.filter(isIn).slice(0, MAX_LABELS);
  }

  candidate(shape, size) {
    const { lat, lon } = this.boundaries.anchor(shape.id);
    const { x, y } = this._map.latLngToContainerPoint([lat, lon]);
    const { legend, units } = this.document;
    const { value, doubtful } = readCell(units[shape.id]);
    const radius = styleOf(legend).clearance(value, legend);
    const variants = radius ? this.besideCircle(shape, x, y, radius) : this.besideAnchor(shape, x, y);
    const inView = ({ x: cx, y: cy, width }) => cx > width / 2 && cx < size.x - width / 2 && cy > 6 && cy < size.y - 6;
    const visible = variants.filter((variant) => inView(variant.box));
    // Over the name where there is room for both, else in the name's place.
    const above = this.screenSize(shape).height > LINE_HEIGHT * 3.5 ? LINE_HEIGHT * 1.35 : 0;
    return {
      id: shape.id,
      weight: shape.id === this.selected ? Infinity : shape.area,
      doubtful,
      circle: radius ? { x, y, width: radius * 1.6, height: radius * 1.6 } : null,
      mark: { x: x + radius * 0.7, y: y - (radius || above), width: MARK_SIZE, height: MARK_SIZE },
      variants: visible,
      boxes: visible.map((variant) => variant.box),
      colour: legend.screen.fills ? classColour(units[shape.id], legend) : null,
    };
  }

  /** A name under, over or beside its circle. */
  besideCircle(shape, x, y, radius) {
    const corner = this._map.containerPointToLayerPoint([0, 0]);
    const variants = this.lineLayouts(shape).flatMap(({ lines, width, height }) => {
      const [dx, dy] = [radius + width / 2 + 2, radius + height / 2 + 1];
      const shifts = [
        [0, dy],
        [0, -dy],
        [dx, 0],
        [-dx, 0],
      ];
      return shifts.map(([sx, sy]) => ({ lines, box: { x: x + sx, y: y + sy, width, height } }));
    });
    const isClear = ({ box }) => !this.crossesOuterBoundary({ ...box, x: box.x + corner.x, y: box.y + corner.y });
    return shape.id === this.selected ? variants : variants.filter(isClear);
  }

  /** A name near the anchor at (x, y); where it fits is worked out once for a zoom. */
  besideAnchor(shape, x, y) {
    if (!this.cache.has(shape.id)) this.cache.set(shape.id, this.fitAroundAnchor(shape));
    return this.cache.get(shape.id).map(({ lines, box }) => ({ lines, box: { ...box, x: x + box.x, y: y + box.y } }));
  }

  /** The places for a name, seen from the anchor: those first that keep it within its own unit. */
  fitAroundAnchor(shape) {
    const { lat, lon } = this.boundaries.anchor(shape.id);
    const at = this._map.latLngToLayerPoint([lat, lon]);
    const most = shape.id === this.selected ? Infinity : 2;
    const variants = [];
    for (const { lines, width, height } of this.lineLayouts(shape)) {
      for (const [x, y] of OFFSETS) {
        const box = { x, y, width, height };
        const outside = this.cornersOutside(shape, box, at, most);
        if (outside > most) continue;
        const over = outside > 0 && this.crossesOuterBoundary({ ...box, x: at.x + x, y: at.y + y });
        if (over && shape.id !== this.selected) continue;
        const cost = outside * 30 + (over ? 200 : 0) + Math.hypot(x, y) + (lines.length - 1) * 4;
        variants.push({ lines, box, cost });
      }
    }
    return variants.sort((a, b) => a.cost - b.cost).slice(0, 12);
  }

  /** The layouts of the name that are not much larger than the unit. */
  lineLayouts(shape) {
    const room = this.screenSize(shape);
    return lineBreaks(shape.properties.shown)
      .map((lines) => ({
        lines,
        width: Math.max(...lines.map((line) => this.measurer.width(line))) + PADDING,
        height: lines.length * LINE_HEIGHT,
      }))
      .filter(
        ({ width, height }) =>
          shape.id === this.selected || (width <= room.width * 1.15 && height <= room.height * 1.25),
      );
  }

  /** How many of six points on the edge of the box lie outside the unit; no more than asked. */
  cornersOutside({ parts }, { x, y, width, height }, at, most) {
    let count = 0;
    for (const dx of [-0.5, 0, 0.5]) {
      for (const dy of [-0.4, 0.4]) {
        const [px, py] = [at.x + x + dx * width, at.y + y + dy * height];
        if (!parts.some(([outer]) => this.paths.isInside(px, py, outer))) count += 1;
        if (count > most) return count;
      }
    }
    return count;
  }

  /** Width and height of the unit on the screen, pixels. */
  screenSize({ mainBbox: [west, south, east, north] }) {
    const a = this._map.latLngToContainerPoint([north, west]);
    const b = this._map.latLngToContainerPoint([south, east]);
    return { width: b.x - a.x, height: b.y - a.y };
  }

  labelElement({ colour }, { lines, box }) {
    const tone = colour ? (isDark(colour) ? "on-dark" : "on-light") : "on-plain";
    const text = svg("text", { class: `name ${tone}` });
    if (colour) text.style.stroke = colour;
    const top = box.y - ((lines.length - 1) * LINE_HEIGHT) / 2;
    lines.forEach((line, i) => {
      text.append(svg("tspan", { x: box.x.toFixed(1), y: (top + i * LINE_HEIGHT + 4).toFixed(1), text: line }));
    });
    return text;
  }
}

/** The sign of a figure that needs another look, also used by legend, table and card. */
function doubtMarkAt({ x, y }) {
  const at = `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
  return svg(
    "g",
    { class: "doubt-mark", transform: at },
    svg("circle", { r: 5.5 }),
    svg("text", { y: 3.5, text: "!" }),
  );
}
