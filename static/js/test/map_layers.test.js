import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { server, setPage, setSize } from "./browser.js";
import { boundariesOf, legendOf, manySquares, topology } from "./fixtures.js";
import L from "../map/leaflet.js";
import { BoundaryLines } from "../map/boundary_lines.js";
import { boundariesUrl, loadBoundaries, provideBoundaries } from "../map/boundaries.js";
import { LAYER_TYPES } from "../map/layer_types.js";
import { Tooltip } from "../map/tooltip.js";
import { UnitOutline } from "../map/unit_outline.js";
import { UnitPolygons } from "../map/unit_polygons.js";
import { StyleOverlay } from "../styles/overlay.js";

const BOUNDS = [
  [22, 103],
  [22.1, 103.3],
];
let map;

beforeEach(() => {
  setPage('<div id="map"></div>');
  map = mapOn(document.getElementById("map"));
});

function mapOn(element) {
  setSize(element, 800, 600);
  const made = L.map(element, { zoomSnap: 0, fadeAnimation: false, zoomAnimation: false });
  for (const name of ["lines", "style-overlay", "labels", "unit-outline"]) made.createPane(name);
  return made.fitBounds(BOUNDS);
}

const on = () => ({
  calls: [],
  hover(...p) {
    this.calls.push(["hover", p[0]]);
  },
  pick(id) {
    this.calls.push(["pick", id]);
  },
});
const units = { a: [5, 0, "actual", 0], b: [15, 1, "estimate", 0], c: [null, "not_published"] };
const pathsOf = (polygons) => Object.fromEntries([...polygons.paths].map(([id, path]) => [id, path]));

test("units are painted by class, estimates dotted, missing ones hatched, and put on the map in their colours", () => {
  const polygons = new UnitPolygons(map, boundariesOf(), on());
  assert.equal(document.querySelectorAll("path.unit").length, 0);
  polygons.paint({ units, legend: legendOf() });
  const fills = [...document.querySelectorAll("path.unit")].map((path) => path.getAttribute("fill"));
  assert.deepEqual(fills, ["#eeeeee", "url(#dots-112233)", "url(#hatch-not_published)"]);
  polygons.paint({ units: { ...units, a: [15, 1, "actual", 0] }, legend: legendOf() });
  assert.equal(document.querySelector("path.unit").getAttribute("fill"), "#112233");
});

test("only what changes colour is painted again", () => {
  const polygons = new UnitPolygons(map, boundariesOf(), on());
  polygons.paint({ units, legend: legendOf() });
  const styled = [];
  for (const [id, path] of polygons.paths) path.setStyle = () => styled.push(id);
  polygons.paint({ units: { ...units, a: [15, 1, "actual", 0] }, legend: legendOf() });
  assert.deepEqual(styled, ["a"]);
});

test("below symbols the fills are plain, and what is missing stays hatched", () => {
  const polygons = new UnitPolygons(map, boundariesOf(), on());
  polygons.paint({ units, legend: legendOf({ ...PLAIN, classes: [] }) });
  const fills = [...document.querySelectorAll("path.unit")].map((path) => path.getAttribute("fill"));
  assert.deepEqual(fills, ["var(--unit-plain)", "var(--unit-plain)", "url(#hatch-not_published)"]);
});

test("all units but some are dimmed, and come back; only those that change are touched", () => {
  const polygons = new UnitPolygons(map, boundariesOf(), on());
  polygons.paint({ units, legend: legendOf() });
  const opacities = () => Object.values(pathsOf(polygons)).map(({ options }) => options.fillOpacity);
  polygons.highlight(["b"]);
  assert.deepEqual(opacities(), [0.18, 1, 0.18]);
  const styled = [];
  for (const [id, path] of polygons.paths) {
    const { setStyle } = path;
    path.setStyle = (style) => {
      styled.push(id);
      setStyle.call(path, style);
    };
  }
  polygons.highlight(null);
  assert.deepEqual(opacities(), [1, 1, 1]);
  assert.deepEqual(styled, ["a", "c"]);
});

test("a unit says that it is pointed at and picked", () => {
  const handlers = on();
  const polygons = new UnitPolygons(map, boundariesOf(), handlers);
  polygons.paint({ units, legend: legendOf() });
  const path = polygons.paths.get("b");
  for (const type of ["mouseover", "mouseout", "click"]) path.fire(type, { originalEvent: new Event(type) }, true);
  assert.deepEqual(handlers.calls, [
    ["hover", "b"],
    ["hover", null],
    ["pick", "b"],
  ]);
});

test("hundreds of units are drawn on one canvas, each hatch made once", () => {
  const boundaries = boundariesOf(manySquares());
  const polygons = new UnitPolygons(map, boundaries, on());
  const cells = Object.fromEntries(
    [...boundaries.shapes.keys()].map((id, i) => [id, i % 2 ? [null, "no_data"] : [5, 0, "actual", 0]]),
  );
  cells.u0 = [15, 1, "actual", 0];
  polygons.paint({ units: cells, legend: legendOf() });
  const { u0, u1, u2, u3 } = Object.fromEntries([...polygons.paths].map(([id, path]) => [id, path.options.fillColor]));
  assert.deepEqual([u0, u2], ["#112233", "#eeeeee"]);
  assert.equal(u1, u3);
  assert.ok(u1.tile.some(([name]) => name === "stroke"));
  assert.ok(polygons.renderer instanceof L.Canvas);
});

test("on a canvas a path is drawn in its turn only, and its steps are kept until the view changes", () => {
  const boundaries = boundariesOf(manySquares());
  const polygons = new UnitPolygons(map, boundaries, on());
  polygons.paint({ units: {}, legend: legendOf() });
  const path = polygons.paths.get("u0");
  const { calls } = polygons.renderer._ctx;
  calls.length = 0;
  path.drawn = null;
  polygons.renderer._drawing = false;
  path._updatePath();
  assert.equal(calls.length, 0);
  polygons.renderer._drawing = true;
  path._updatePath();
  const { drawn } = path;
  assert.ok(calls.some(([name, step]) => name === "fill" && step === drawn));
  assert.equal(drawn.steps.at(-1)[0], "z");
  path._updatePath();
  assert.equal(path.drawn, drawn);
  path._update();
  assert.equal(path.drawn, drawn);
  polygons.renderer._drawing = false;
  map.setZoom(map.getZoom() + 1, { animate: false });
  assert.notEqual(path.drawn, drawn);
});

test("a canvas path contains the points within its outer ring and outside of its holes", () => {
  const polygons = new UnitPolygons(map, boundariesOf(manySquares()), on());
  polygons.paint({ units: {}, legend: legendOf() });
  const path = polygons.paths.get("u0");
  const at = (lat, lon) => map.latLngToLayerPoint([lat, lon]);
  assert.equal(path._containsPoint(at(22.005, 103.005)), true);
  assert.equal(path._containsPoint(at(22.005, 103.015)), false);
  path.rings = [...path.rings, ...path.rings];
  assert.equal(path._containsPoint(at(22.005, 103.005)), false);
  path._pxBounds = L.bounds([
    [0, 0],
    [1, 1],
  ]);
  path.rings = path.rings.slice(1);
  assert.equal(path._containsPoint(at(22.005, 103.005)), false);
});

test("a path that is on no map, or whose renderer has no size yet, is not drawn", () => {
  const polygons = new UnitPolygons(map, boundariesOf(), on());
  const path = polygons.paths.get("a");
  path._update();
  path._map = map;
  path._renderer = {};
  path._update();
  assert.equal(path.key, "");
  path._renderer = {
    _bounds: L.bounds([
      [0, 0],
      [9, 9],
    ]),
  };
  path._map = null;
  path._update();
  assert.equal(path.key, "");
});

test("lines lie between units: faint ones, heavier ones between parents, the heaviest around all", () => {
  new BoundaryLines(map, boundariesOf());
  const drawn = [...document.querySelectorAll("path.line")].filter((path) => path.getAttribute("d").length > 4);
  const names = drawn.map((path) => path.getAttribute("class").match(/line-(\w+)/)[1]);
  assert.deepEqual(names, ["indicative", "parent", "outer"]);
  assert.equal(document.querySelectorAll(".is-fine").length, 0);
});

test("between thousands of units the lines are fine, hair lines on a canvas; they can be taken away", () => {
  const lines = new BoundaryLines(map, boundariesOf(manySquares()));
  const names = [...document.querySelectorAll("path.line")].map((path) => path.getAttribute("class"));
  assert.ok(names.every((name) => name.includes("is-fine")));
  assert.equal(
    names.some((name) => name.includes("line-plain")),
    false,
  );
  assert.equal(document.querySelectorAll("canvas").length, 1);
  lines.remove();
  assert.equal(document.querySelectorAll("canvas, path.line").length, 0);
});

test("few units have every kind of line and no canvas", () => {
  new BoundaryLines(map, boundariesOf());
  assert.equal(document.querySelectorAll("path.line").length, 6);
  assert.equal(document.querySelectorAll("canvas").length, 0);
});

test("the outline of a unit has a casing and an ink line; none hides it", () => {
  const outline = new UnitOutline(map, "selected");
  outline.show(boundariesOf().shapes.get("a"));
  assert.equal(document.querySelectorAll(".unit-outline-selected").length, 2);
  outline.show();
  assert.equal(document.querySelectorAll(".unit-outline").length, 0);
});

const PLAIN = { style: "symbols", screen: { fills: false, classification: false, class_rows: false } };
const symbols = [{ value: 10, label: "10", radius: 20 }];

test("circles are for symbols only: the largest first, of known units with a value, estimates apart", () => {
  const overlay = new StyleOverlay(map, boundariesOf());
  overlay.paint({ units, legend: legendOf({ symbols }) });
  assert.equal(overlay.part, null);
  const cells = {
    a: [5, 0, "actual", 0],
    b: [-15, 1, "estimate", 0],
    c: [0, 0, "actual", 0],
    elsewhere: [5, 0, "actual", 0],
  };
  overlay.paint({ units: cells, legend: legendOf({ ...PLAIN, symbols }) });
  const layer = overlay.part;
  overlay.paint({ units: cells, legend: legendOf({ ...PLAIN, symbols }) });
  assert.equal(overlay.part, layer);
  assert.deepEqual([...layer.circles.keys()], ["b", "a"]);
  assert.deepEqual(
    [...layer.circles.values()].map(({ options }) => options.className),
    ["symbol symbol-estimate", "symbol"],
  );
  layer.highlight(["a"]);
  const dim = () => [...layer.circles.values()].map((circle) => circle.getElement().classList.contains("is-dim"));
  assert.deepEqual(dim(), [true, false]);
  overlay.highlight(null);
  assert.deepEqual(dim(), [false, false]);
  overlay.paint({ units: cells, legend: legendOf() });
  assert.equal(document.querySelectorAll("path.symbol").length, 0);
});

test("a layer is made anew for other boundaries only", () => {
  const layer = LAYER_TYPES.outlines(map, {});
  const boundaries = boundariesOf();
  layer.show(boundaries, {});
  const { part } = layer;
  layer.show(boundaries, {});
  assert.equal(layer.part, part);
  layer.show(boundariesOf(), {});
  assert.notEqual(layer.part, part);
});

test("the operator's base map has its attribution as text", () => {
  LAYER_TYPES.tiles(map, { url: "/tiles/{z}/{x}/{y}.png", attribution: "<b>Ours</b>" });
  assert.match(map.attributionControl.getContainer().textContent, /<b>Ours<\/b>/);
});

test("a tooltip stands beside the pointer, within its box, with a note only where there is one", () => {
  const area = setSize(document.createElement("div"), 300, 200, 10, 10);
  const tooltip = new Tooltip(area);
  setSize(tooltip.box, 100, 40);
  tooltip.show({ name: "A", value: "5", note: "" }, { clientX: 60, clientY: 60 });
  assert.equal(tooltip.box.style.transform, "translate(64px, 64px)");
  assert.equal(tooltip.note.hidden, true);
  tooltip.show({ name: "A", value: "5", note: "n" }, { clientX: 260, clientY: 190 });
  assert.equal(tooltip.box.style.transform, "translate(136px, 126px)");
  tooltip.hide();
  assert.equal(tooltip.box.hidden, true);
});

test("thousands of units have the coarsest lines; shapes are fetched once, a failure is tried again", async () => {
  assert.match(boundariesUrl({ level: "commune", date: "d" }, 400, "v"), /detail=3/);
  assert.match(boundariesUrl({ level: "commune", date: "d" }, 401, "v"), /detail=1/);
  await assert.rejects(loadBoundaries("/api/shapes"));
  server.answers.set("/api/shapes", topology());
  const first = await loadBoundaries("/api/shapes");
  assert.equal(await loadBoundaries("/api/shapes"), first);
  provideBoundaries("given", topology());
  assert.equal((await loadBoundaries("given")).shapes.size, 3);
});

test("arcs are projected once for each map", () => {
  const boundaries = boundariesOf();
  assert.equal(boundaries.projectedArcsOn(map), boundaries.projectedArcsOn(map));
  document.body.append(document.createElement("div"));
  assert.notEqual(boundaries.projectedArcsOn(map), boundaries.projectedArcsOn(mapOn(document.body.lastChild)));
});
