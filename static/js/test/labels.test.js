import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setPage, setSize } from "./browser.js";
import { boundariesOf, valuesOf } from "./fixtures.js";
import L from "../map/leaflet.js";
import { Labels, lineBreaks } from "../map/labels.js";
import { UnitPolygons } from "../map/unit_polygons.js";

const BOUNDS = [
  [22, 103],
  [22.1, 103.3],
];
let map;
let labels;

/** In these tests a letter is 7 pixels wide; each unit is 233 pixels wide at the zoom of the start. */
beforeEach(() => {
  setPage('<div id="map"></div>');
  map = L.map(setSize(document.getElementById("map"), 700, 500), { zoomSnap: 0, zoomAnimation: false });
  map.createPane("labels");
  map.fitBounds(BOUNDS);
  const boundaries = boundariesOf();
  new UnitPolygons(map, boundaries, {}).paint(valuesOf());
  labels = new Labels(boundaries).addTo(map);
});

const nodes = () =>
  [...document.querySelectorAll(".labels .name")].sort((a, b) => (a.textContent < b.textContent ? -1 : 1));
const names = () => nodes().map((node) => [...node.children].map((line) => line.textContent));
const marks = () => document.querySelectorAll(".labels .doubt-mark").length;
const tones = () => nodes().map((node) => node.getAttribute("class"));
const drawn = async (values = valuesOf()) => {
  await labels.paint(values);
  return names();
};

test("a name is written in one line, or broken at a space into two", () => {
  assert.deepEqual(lineBreaks("Bản Lang Sơn"), [["Bản Lang Sơn"], ["Bản", "Lang Sơn"], ["Bản Lang", "Sơn"]]);
});

test("each unit has its name and a doubtful figure its mark, on the colour of the unit", async () => {
  assert.deepEqual(await drawn(), [["An Bình"], ["Bản Lang Sơn"], ["Cốc"]]);
  assert.equal(marks(), 1);
  assert.deepEqual(tones(), ["name on-light", "name on-dark", "name on-plain"]);
  const [light, , plain] = nodes();
  assert.deepEqual([light.style.stroke, plain.style.stroke], ["#eeeeee", ""]);
});

test("names come once however often they are asked for, and not without figures or a map", async () => {
  let count = 0;
  const { renderLabels } = labels;
  labels.renderLabels = (...parameters) => {
    count += 1;
    return renderLabels.apply(labels, parameters);
  };
  await labels.draw();
  assert.equal(count, 0);
  labels.document = valuesOf();
  await Promise.all([labels.draw(), labels.draw()]);
  assert.equal(count, 1);
  const pending = labels.draw();
  labels.remove();
  await pending;
  assert.equal(count, 1);
});

test("names of another zoom go at once, those of a moved map stay until the new ones come", async () => {
  await drawn();
  map.panBy([20, 0], { animate: false });
  assert.equal(names().length, 3);
  await labels.pendingDraw;
  map.setZoom(map.getZoom() + 0.2, { animate: false });
  assert.equal(names().length, 0);
  await labels.pendingDraw;
  assert.ok(names().length > 0);
});

test("work on names ends when others are asked for, or when the map is gone", async () => {
  await drawn();
  const { now } = performance;
  let time = 0;
  performance.now = () => (time += 100);
  document.querySelector(".labels").replaceChildren();
  const slow = labels.placeInIdleTime((labels.drawId += 1));
  labels.drawId += 1;
  await slow;
  assert.equal(names().length, 0);
  await labels.placeInIdleTime(labels.drawId);
  assert.equal(names().length, 3);
  document.querySelector(".labels").replaceChildren();
  const orphan = labels.placeInIdleTime(labels.drawId);
  labels._map = null;
  await orphan.catch(() => {});
  performance.now = now;
  assert.equal(document.querySelectorAll(".labels .name").length, 0);
});

test("paper does not wait", () => {
  labels.drawNow();
  assert.equal(names().length, 0);
  labels.document = valuesOf();
  labels.drawNow();
  assert.equal(names().length, 3);
});

test("the chosen unit is named whatever room it has; choosing it again changes nothing", async () => {
  map.setZoom(map.getZoom() - 3, { animate: false });
  const values = valuesOf({ units: { a: [5, 0, "actual", 0], b: [15, 1, "actual", 0], c: [null, "no_data"] } });
  const small = await drawn(values);
  assert.equal(small.flat().includes("Bản Lang Sơn"), false);
  labels.select("b");
  await labels.pendingDraw;
  assert.ok(names().some((lines) => lines.join(" ") === "Bản Lang Sơn"));
  labels.select("b");
  assert.equal(labels.pendingDraw, null);
  labels.select(null);
  await labels.pendingDraw;
  assert.equal(names().flat().includes("Bản Lang Sơn"), false);
});

test("a name too wide for its unit is broken, one too high for it is left out", async () => {
  labels.boundaries.shapes.get("a").properties.shown = "Ab ".repeat(16).trim();
  assert.ok((await drawn()).some((lines) => lines.length === 2 && lines.join(" ").startsWith("Ab")));
  const shape = labels.boundaries.shapes.get("c");
  labels.screenSize = () => ({ width: 400, height: 13 });
  assert.deepEqual(
    labels.lineLayouts(shape).map(({ lines }) => lines),
    [["Cốc"]],
  );
  labels.screenSize = () => ({ width: 400, height: 11 });
  assert.deepEqual(labels.lineLayouts(shape), []);
  labels.screenSize = () => ({ width: 21, height: 400 });
  assert.equal(labels.lineLayouts(shape).length, 1);
  labels.screenSize = () => ({ width: 20, height: 11 });
  assert.deepEqual(labels.lineLayouts(shape), []);
  labels.selected = "c";
  assert.equal(labels.lineLayouts(shape).length, 1);
});

test("names keep within the view", async () => {
  labels.document = valuesOf();
  labels.invalidateCache();
  const shape = labels.boundaries.shapes.get("b");
  const places = (lat, lon, size = { x: 700, y: 500 }) => {
    labels.boundaries.anchor = () => ({ lat, lon });
    labels.besideAnchor = (_, x, y) => [{ lines: ["B"], box: { x, y, width: 40, height: 14 } }];
    return labels.candidate(shape, size).boxes.length;
  };
  const at = (x, y) => {
    const { lat, lng } = map.containerPointToLatLng([x, y]);
    return [lat, lng];
  };
  assert.equal(places(...at(350, 250)), 1);
  assert.equal(places(...at(10, 250)), 0);
  assert.equal(places(...at(690, 250)), 0);
  assert.equal(places(...at(350, 3)), 0);
  assert.equal(places(...at(350, 497)), 0);
  assert.equal(places(...at(25, 10)), 1);
});

test("a mark stands over the name where there is room for both, else in its place", async () => {
  labels.document = valuesOf();
  labels.invalidateCache();
  const shape = labels.boundaries.shapes.get("b");
  const { y } = map.latLngToContainerPoint([labels.boundaries.anchor("b").lat, 103.15]);
  const heightOf = (height) => {
    labels.screenSize = () => ({ width: 200, height });
    return Math.round(y - labels.candidate(shape, { x: 700, y: 500 }).mark.y);
  };
  assert.deepEqual([heightOf(60), heightOf(40)], [19, 0]);
});

const symbols = {
  style: "symbols",
  screen: { fills: false, classification: false, class_rows: false },
  symbols: [{ value: 15, label: "15", radius: 30 }],
};

test("with symbols a name stands under, over or beside its circle, plain, and its mark at the rim", async () => {
  const values = valuesOf({ legend: symbols });
  await drawn(values);
  assert.deepEqual(tones(), ["name on-plain", "name on-plain", "name on-plain"]);
  const candidate = labels.candidate(labels.boundaries.shapes.get("b"), map.getSize());
  const { x, y } = candidate.circle;
  assert.equal(candidate.circle.width, 48);
  assert.equal(Math.round(candidate.boxes[0].y - y), 38);
  assert.equal(Math.round(candidate.mark.x - x), 21);
  assert.equal(Math.round(y - candidate.mark.y), 30);
  const none = labels.candidate(labels.boundaries.shapes.get("c"), map.getSize());
  assert.equal(none.circle, null);
});

test("without symbols there are no circles, and a figure of zero has none", () => {
  labels.document = valuesOf();
  labels.invalidateCache();
  const circleOf = (id) => labels.candidate(labels.boundaries.shapes.get(id), map.getSize()).circle;
  assert.equal(circleOf("b"), null);
  labels.document = valuesOf({ legend: { symbols: symbols.symbols } });
  assert.equal(circleOf("b"), null);
  labels.document = valuesOf({ legend: symbols, units: { b: [0, 0, "actual", 0] } });
  assert.equal(circleOf("b"), null);
});

test("beside a circle a name keeps off the frame around all units, that of the chosen one does not", () => {
  labels.document = valuesOf({ legend: symbols });
  labels.invalidateCache();
  const shape = labels.boundaries.shapes.get("a");
  const [south] = [map.latLngToContainerPoint([22, 103.05])];
  const count = () => labels.besideCircle(shape, south.x, south.y - 20, 12).length;
  const free = count();
  labels.selected = "a";
  assert.equal(count(), 8);
  assert.ok(free > 0 && free < 8);
});

test("the frame is known where it is near the view, at every few pixels", () => {
  labels.invalidateCache();
  const layerPoint = (lat, lon) => map.latLngToLayerPoint([lat, lon]);
  const over = ({ x, y }) => labels.crossesOuterBoundary({ x, y, width: 4, height: 4 });
  assert.equal(over(layerPoint(22, 103.05)), true);
  assert.equal(over(layerPoint(22.037, 103)), true);
  assert.equal(over(layerPoint(22.05, 103.1)), false);
  assert.equal(over(layerPoint(22.05, 103.05)), false);
});

test("close by only the frame near the view takes up room, between points that are near", () => {
  map.setView([22, 103], 13.5, { animate: false });
  labels.invalidateCache();
  const boxes = [...new Set([...labels.outerBoundaryIndex().cells.values()].flat())];
  const [{ y: south }, { x: west }, { x: east }] = [
    [22, 103],
    [22, 103],
    [22, 103.1],
  ].map((at) => map.latLngToLayerPoint(at));
  // The west end of the southern edge is near with both its points, 824 pixels apart; the rest is not.
  assert.ok(boxes.every(({ x, y }) => Math.abs(y - south) < 1 && x > west - 2 && x < east + 2));
  assert.ok(boxes.length > 110 && boxes.length < 130);
  assert.equal(new Set(boxes.map(({ x }) => Math.round(x))).size, new Set(boxes.map(({ x }) => x)).size);
});

test("the places of a name are worked out once for a zoom, and again when the outlines lie differently", async () => {
  await drawn();
  const { fitAroundAnchor } = labels;
  let count = 0;
  labels.fitAroundAnchor = (shape) => {
    count += 1;
    return fitAroundAnchor.call(labels, shape);
  };
  labels.drawNow();
  map.panBy([10, 0], { animate: false });
  labels.drawNow();
  assert.equal(count, 0);
  map.setZoom(map.getZoom() + 0.1, { animate: false });
  labels.drawNow();
  assert.equal(count, 3);
});

test("a name keeps within its unit where it can, and off the frame around all units", () => {
  labels.invalidateCache();
  const shape = labels.boundaries.shapes.get("a");
  const { lat, lon } = labels.boundaries.anchor("a");
  const at = map.latLngToLayerPoint([lat, lon]);
  const [best] = labels.fitAroundAnchor(shape);
  assert.deepEqual([best.box.x, best.box.y, best.cost], [0, 0, 0]);
  assert.equal(labels.cornersOutside(shape, { x: 0, y: 0, width: 40, height: 14 }, at, 2), 0);
  assert.equal(labels.cornersOutside(shape, { x: 0, y: 0, width: 4000, height: 14 }, at, 2), 3);
  assert.equal(labels.cornersOutside(shape, { x: 0, y: 0, width: 4000, height: 14 }, at, Infinity), 4);
});

test("a name that would lie over the frame is left out; of the chosen unit it comes last", () => {
  labels.invalidateCache();
  const shape = labels.boundaries.shapes.get("a");
  labels.cornersOutside = () => 1;
  labels.crossesOuterBoundary = ({ y }) => y < labels.at - 1;
  labels.at = map.latLngToLayerPoint([labels.boundaries.anchor("a").lat, 103.05]).y;
  const fit = () => labels.fitAroundAnchor(shape).map(({ box, cost }) => [box.y >= 0, cost >= 230]);
  assert.ok(fit().every(([below]) => below));
  labels.selected = "a";
  labels.crossesOuterBoundary = () => true;
  assert.ok(fit().every(([, dear]) => dear));
  labels.selected = null;
  assert.deepEqual(fit(), []);
  labels.cornersOutside = () => 0;
  assert.ok(fit().length > 0 && fit().every(([, dear]) => !dear));
  labels.cornersOutside = () => 3;
  assert.deepEqual(fit(), []);
});

test("widths of words are measured once, until the font has come", async () => {
  let measured = 0;
  const { pen } = labels.measurer;
  const { measureText } = pen;
  pen.measureText = (text) => {
    measured += 1;
    return measureText(text);
  };
  await drawn();
  const once = measured;
  assert.ok(once > 0);
  labels.cache.clear();
  labels.drawNow();
  assert.equal(measured, once);
  labels.remeasure();
  await labels.pendingDraw;
  assert.equal(measured, 2 * once);
});

test("nothing is placed for a unit without a name and without doubt", async () => {
  labels.document = valuesOf();
  let placed = null;
  labels.placeAndRender = (candidates) => (placed = candidates.map(({ id }) => id));
  const each = (id, boxes, doubtful) => ({ id, boxes: Array(boxes).fill({}), doubtful });
  labels.renderLabels([each("neither", 0, false), each("name", 1, false), each("mark", 0, true)], map.getSize());
  assert.deepEqual(placed, ["name", "mark"]);
});

test("a removed layer takes its names along", async () => {
  await drawn();
  labels.remove();
  assert.equal(document.querySelector(".labels"), null);
});
