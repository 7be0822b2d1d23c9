import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { server, setMedia, setPage, setSize, settled } from "./browser.js";
import { topology, valuesOf } from "./fixtures.js";
import { addLayer, createMap } from "../map/map_view.js";
import { loadBoundaries } from "../map/boundaries.js";
import { enablePrinting } from "../map/printing.js";
import L from "../map/leaflet.js";

const BOUNDS = [
  [22, 103],
  [22.1, 103.3],
];
const TEXTS = { "map.printed": "{address} {version}" };
let number = 0;
let url;

beforeEach(() => {
  url = `/shapes/${(number += 1)}`;
  server.answers.clear();
  server.asked.length = 0;
  server.answers.set("/shapes", () => topology());
  setPage('<div id="map"></div><p id="printed" data-version="v1"></p>', { texts: TEXTS });
  setSize(document.getElementById("map"), 800, 600);
});

const make = (options = {}) => createMap("map", { bounds: BOUNDS, ...options });

test("a map fits its bounds, or waits for them", () => {
  assert.ok(make().map.getBounds().contains(BOUNDS));
  setPage('<div id="map"></div>');
  assert.equal(make({ bounds: undefined }).map._loaded, undefined);
});

test("the zoom buttons are no tab stops, and no pane over the units takes the pointer", () => {
  const { map, element } = make();
  assert.deepEqual(
    [...element.querySelectorAll(".leaflet-control-zoom a")].map((link) => link.tabIndex),
    [-1, -1],
  );
  assert.equal(map.getPane("labels").style.pointerEvents, "none");
  assert.equal(map.getPane("labels").style.zIndex, "440");
});

test("the shapes of a layer set out at once where its address is known", () => {
  const mapView = make();
  addLayer(mapView, { type: "outlines" });
  assert.equal(server.asked.length, 0);
  addLayer(mapView, { type: "units", boundaries: url });
  assert.equal(server.asked[0].url, url);
});

/** A map with layers that note what is asked of them. */
function withLayers() {
  const mapView = make();
  const calls = [];
  const layer = (name, drawnFirst) => ({
    drawnFirst,
    show: () => calls.push(`${name} show`),
    clear: () => calls.push(`${name} clear`),
    select: (id) => calls.push(`${name} select ${id}`),
    highlight: (ids) => calls.push(`${name} highlight ${ids}`),
    drawNow: () => calls.push(`${name} drawNow`),
  });
  mapView.layers = [layer("late", false), layer("first", true), {}];
  return { mapView, calls };
}

test("the coloured units come first, then what lies over them, and the server's drawing goes", async () => {
  const { mapView, calls } = withLayers();
  mapView.element.insertAdjacentHTML("beforeend", '<img class="preview">');
  await mapView.show(valuesOf(), url);
  assert.deepEqual(calls, ["late clear", "first clear", "first show", "late show"]);
  assert.equal(mapView.element.querySelector(".preview"), null);
  assert.equal(mapView.document.legend.scale, 1);
  await mapView.rendered;
});

test("the same boundaries are not set again, unless the language is another", async () => {
  const { mapView, calls } = withLayers();
  await mapView.show(valuesOf(), url);
  calls.length = 0;
  await mapView.show(valuesOf(), url);
  assert.deepEqual(calls, ["first show", "late show"]);
  document.documentElement.lang = "en";
  calls.length = 0;
  await mapView.show(valuesOf(), url);
  assert.deepEqual(calls.slice(0, 2), ["late clear", "first clear"]);
  calls.length = 0;
  await mapView.show(valuesOf(), `${url}/other`);
  assert.deepEqual(calls.slice(0, 2), ["late clear", "first clear"]);
});

test("what is given up while the shapes come draws nothing, and nothing late when it is given up later", async () => {
  const { mapView, calls } = withLayers();
  const controller = new AbortController();
  controller.abort();
  await mapView.show(valuesOf(), url, controller.signal);
  assert.deepEqual(calls, []);
  const later = new AbortController();
  const shown = mapView.show(valuesOf(), url, later.signal);
  while (!calls.includes("first show")) await settled(0);
  later.abort();
  await shown;
  assert.equal(calls.includes("late show"), false);
});

test("units have the name of the page's language", async () => {
  const { mapView } = withLayers();
  await mapView.show(valuesOf(), url);
  const { shapes } = await loadBoundaries(url);
  assert.deepEqual(
    [...shapes.values()].map(({ properties }) => properties.shown),
    ["An Bình", "Bản Lang Sơn", "Cốc"],
  );
});

test("a mark outlines a unit; the chosen one is told to the layers as well", async () => {
  const { mapView, calls } = withLayers();
  mapView.mark("pointed", "a");
  await mapView.show(valuesOf(), url);
  calls.length = 0;
  mapView.mark("pointed", "a");
  assert.equal(document.querySelectorAll(".unit-outline-pointed").length, 2);
  assert.deepEqual(calls, []);
  mapView.mark("selected", "b");
  assert.deepEqual(calls, ["late select b", "first select b"]);
  mapView.mark("pointed", null);
  assert.equal(document.querySelectorAll(".unit-outline-pointed").length, 0);
  mapView.highlight(["a"]);
  mapView.drawNow();
  assert.deepEqual(calls.slice(2), ["late highlight a", "first highlight a", "late drawNow", "first drawNow"]);
});

test("the whole map is fitted where it is not shown already, and says so meanwhile", () => {
  const mapView = make();
  const fits = [];
  mapView.map.on("moveend", () => fits.push(mapView.fitting));
  mapView.fitAll();
  assert.deepEqual(fits, []);
  mapView.map.panBy([50, 0], { animate: false });
  mapView.fitAll();
  assert.deepEqual(fits, [undefined, true]);
  assert.equal(mapView.fitting, false);
});

test("a map that shows more, less or another place does not show the whole as when fitted", () => {
  const mapView = make();
  const { map } = mapView;
  const zoom = map.getZoom();
  const center = map.getCenter();
  assert.equal(mapView.isShown(BOUNDS), true);
  map.setView(center, zoom + 0.5, { animate: false });
  assert.equal(mapView.isShown(BOUNDS), false);
  map.setView(center, zoom - 0.5, { animate: false });
  assert.equal(mapView.isShown(BOUNDS), false);
  map.setView([center.lat + 0.02, center.lng], zoom, { animate: false });
  assert.equal(mapView.isShown(BOUNDS), false);
});

test("a map without bounds or view has nothing to fit", () => {
  const mapView = make({ bounds: undefined });
  mapView.fitAll();
  assert.equal(mapView.isShown(BOUNDS), false);
  mapView.bounds = BOUNDS;
  mapView.fitAll();
  assert.ok(mapView.map.getBounds().contains(BOUNDS));
});

test("a map beside another keeps to whole steps of the zoom, one with the server's drawing fits exactly", () => {
  const snapped = make({ zoomSnap: 1 });
  assert.equal(snapped.map.getZoom() % 1, 0);
  setPage('<div id="map"><img class="preview"></div>');
  setSize(document.getElementById("map"), 800, 600);
  const exact = make({ zoomSnap: 1 });
  assert.notEqual(exact.map.getZoom() % 1, 0);
  assert.equal(exact.map.options.zoomSnap, 1);
});

test("what the units leave free lies below them, for the legend, where the server's drawing lies so too", () => {
  setPage('<div id="map"><img class="preview"></div>');
  setSize(document.getElementById("map"), 400, 900);
  const exact = make();
  const [top, left] = [exact.boxOf(BOUNDS), exact.map.latLngToContainerPoint([BOUNDS[1][0], BOUNDS[0][1]])];
  assert.ok(Math.abs(left.y - 14) < 1.5 && Math.abs(top.middle.x - 200) < 1.5);
  assert.equal(exact.isShown(BOUNDS), true);
  exact.map.panBy([0, -20], { animate: false });
  assert.equal(exact.isShown(BOUNDS), false);
  setPage('<div id="map"></div>');
  setSize(document.getElementById("map"), 400, 900);
  const beside = make();
  assert.ok(Math.abs(beside.boxOf(BOUNDS).middle.y - 450) < 2);
});

test("a unit out of view is brought into it, one in view stays where it is", async () => {
  const { mapView } = withLayers();
  mapView.reveal("a");
  await mapView.show(valuesOf(), url);
  const moves = [];
  mapView.map.panTo = (place) => moves.push(place);
  mapView.reveal("a");
  mapView.reveal("unknown");
  assert.equal(moves.length, 0);
  mapView.map.setView([22.05, 103.25], 14, { animate: false });
  mapView.reveal("a");
  assert.equal(moves.length, 1);
  assert.ok(Math.abs(moves[0][1] - 103.05) < 0.01);
});

test("on paper the map shows the whole at the size it has there, and returns to its view", () => {
  const mapView = make();
  enablePrinting(mapView);
  mapView.map.setView([22.05, 103.25], 13, { animate: false });
  const state = () => [
    mapView.printing,
    document.documentElement.classList.contains("printing"),
    mapView.map.getZoom() === 13,
  ];
  dispatchEvent(new Event("afterprint"));
  assert.deepEqual(state(), [false, false, true]);
  dispatchEvent(new Event("beforeprint"));
  setMedia("print", true);
  assert.deepEqual(state(), [true, true, false]);
  assert.equal(document.getElementById("printed").textContent, "http://portal.test/ v1");
  setMedia("print", false);
  assert.deepEqual(state(), [false, false, true]);
  setMedia("print", true);
  assert.deepEqual(state(), [true, true, false]);
  dispatchEvent(new Event("afterprint"));
  assert.deepEqual(state(), [false, false, true]);
});

test("folium's scripts find Leaflet under its global name", () => {
  assert.equal(window.L, L);
});
