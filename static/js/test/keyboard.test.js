import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { press, setPage, setSize } from "./browser.js";
import { boundariesOf } from "./fixtures.js";
import L from "../map/leaflet.js";
import { ARROWS, ArrowGraph } from "../map/arrow_graph.js";
import { MapKeyboard } from "../map/keyboard.js";

let view;
let keyboard;
let calls;

beforeEach(() => {
  setPage('<div id="map" tabindex="0"></div>');
  const element = setSize(document.getElementById("map"), 800, 600);
  const map = L.map(element, { keyboard: false }).fitBounds([
    [22, 103],
    [22.1, 103.3],
  ]);
  calls = [];
  const note =
    (name) =>
    (...parameters) =>
      calls.push([name, ...parameters]);
  view = {
    element,
    map,
    boundaries: boundariesOf(),
    mark: note("mark"),
    reveal: note("reveal"),
    fitAll: note("fitAll"),
  };
  for (const name of ["zoomIn", "zoomOut"]) map[name] = note(name);
  keyboard = new MapKeyboard(view, { start: () => "a", name: note("name"), open: note("open") });
});

test("focus by the keyboard begins at the first unit, or where it was; a click sets no mark", () => {
  view.element.matches = () => false;
  view.element.dispatchEvent(new Event("focus"));
  assert.deepEqual(calls, []);
  view.element.matches = () => true;
  view.element.dispatchEvent(new Event("focus"));
  assert.deepEqual(calls, [
    ["mark", "focused", "a"],
    ["name", "a"],
    ["reveal", "a"],
  ]);
  keyboard.current = "c";
  calls.length = 0;
  view.element.dispatchEvent(new Event("focus"));
  assert.deepEqual(calls[0], ["mark", "focused", "c"]);
});

test("leaving takes the mark away and remembers the unit", () => {
  keyboard.focus("b");
  calls.length = 0;
  view.element.dispatchEvent(new Event("blur"));
  assert.deepEqual(calls, [
    ["mark", "focused", null],
    ["name", null],
  ]);
  assert.equal(keyboard.current, "b");
});

test("arrows go from unit to unit; where there is none, the mark stays", () => {
  press(view.element, "ArrowRight");
  assert.equal(keyboard.current, "a");
  assert.ok(press(view.element, "ArrowRight").defaultPrevented);
  assert.equal(keyboard.current, "b");
  press(view.element, "ArrowRight");
  press(view.element, "ArrowRight");
  assert.equal(keyboard.current, "c");
  press(view.element, "ArrowLeft");
  assert.equal(keyboard.current, "b");
});

test("before the shapes are there an arrow begins at the first unit", () => {
  view.boundaries = null;
  press(view.element, "ArrowDown");
  assert.equal(keyboard.current, "a");
});

test("Enter and space open the unit under the mark, and are the page's where there is none", () => {
  for (const key of ["Enter", " "]) assert.equal(press(view.element, key).defaultPrevented, false);
  keyboard.current = "b";
  for (const key of ["Enter", " "]) assert.ok(press(view.element, key).defaultPrevented);
  assert.deepEqual(
    calls.filter(([name]) => name === "open"),
    [
      ["open", "b"],
      ["open", "b"],
    ],
  );
});

test("plus and minus zoom, zero shows the whole map, other keys are the page's", () => {
  keyboard.current = "b";
  for (const key of ["+", "=", "-", "0"]) assert.ok(press(view.element, key).defaultPrevented);
  assert.deepEqual(
    calls.map(([name]) => name),
    ["zoomIn", "zoomIn", "zoomOut", "fitAll"],
  );
  assert.equal(press(view.element, "x").defaultPrevented, false);
});

test("a key with a modifier belongs to the browser", () => {
  for (const name of ["ctrlKey", "metaKey", "altKey"]) {
    assert.equal(press(view.element, "+", { [name]: true }).defaultPrevented, false);
  }
  assert.deepEqual(calls, []);
});

test("a border counts, the nearer is taken, and a unit far aside lies in no direction", () => {
  const at = (id, x, y) => ({ id, x, y });
  const right = (others, touching = []) =>
    new ArrowGraph([at("from", 0, 0), ...others], (one, other) =>
      [one, other].some((id) => touching.includes(id)),
    ).best(0, "ArrowRight");
  assert.equal(right([at("far", 40, 0), at("near", 30, 0)]), 2);
  assert.equal(right([at("near", 30, 0), at("far", 40, 0)]), 1);
  assert.equal(right([at("apart", 30, 0), at("beside", 60, 0)], ["beside"]), 2);
  assert.equal(right([at("aside", 10, 20), at("ahead", 60, 0)]), 2);
  assert.equal(right([at("left", -9, 0)]), -1);
});

/** Numbers that look like chance and are the same at every run. */
function* chance(seed) {
  let state = seed;
  for (;;) {
    state = (state * 1103515245 + 12345) % 2147483648;
    yield state / 2147483648;
  }
}

test("from every unit the arrows lead to every other, however they lie", () => {
  const random = chance(7);
  const next = () => random.next().value;
  for (let trial = 0; trial < 120; trial += 1) {
    const flat = trial % 3 ? 1000 : 30;
    // Rounded, so that some lie at one point.
    const point = (_, i) => ({ id: String(i), x: Math.round(next() * 300), y: Math.round(next() * flat) });
    const places = Array.from({ length: 1 + Math.floor(next() * (trial % 20 ? 50 : 400)) }, point);
    const graph = new ArrowGraph(places, (one, other) => (Number(one) + Number(other)) % 7 === 0);
    assert.equal(graph.extent(), 2 * places.length, `trial ${trial}`);
    graph.targets.forEach((targets, number) =>
      targets.forEach((target, k) => {
        const cost = target < 0 ? 0 : graph.cost(number, Object.keys(ARROWS)[k], target, 0.087);
        assert.notEqual(cost, Infinity, `trial ${trial}: a key leads to what lies in its direction`);
      }),
    );
  }
});

test("of two units at one point each is reached from the other", () => {
  const at = (id) => ({ id, x: 5, y: 5 });
  const graph = new ArrowGraph([at("a"), at("b"), at("c")], () => false);
  assert.equal(graph.next("a", "ArrowRight"), "b");
  assert.equal(graph.next("b", "ArrowRight"), "c");
  assert.equal(graph.next("c", "ArrowLeft"), "b");
});

test("many units in one line are gone through one by one", () => {
  const [number, ids] = [310, (way) => Array.from({ length: 310 }, (_, i) => way(String(i), 10 * i))];
  const column = new ArrowGraph(
    ids((id, y) => ({ id, x: 5, y })),
    () => false,
  );
  const row = new ArrowGraph(
    ids((id, x) => ({ id, x, y: 5 })),
    () => false,
  );
  for (let i = 1; i < number; i += 50) {
    assert.equal(column.next(String(i - 1), "ArrowDown"), String(i));
    assert.equal(row.next(String(i), "ArrowLeft"), String(i - 1));
  }
});
