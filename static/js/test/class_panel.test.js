import assert from "node:assert/strict";
import test from "node:test";
import {
  addBreak,
  classColours,
  classCounts,
  classOf,
  formatBreaks,
  histogramBars,
  innerBreaks,
  moveBreak,
  removeBreak,
  rounded,
  typeBreak,
} from "../classes/breaks.js";
import { formatShort, readNumber } from "../core/format.js";
import { symbologyOf } from "../core/url_state.js";

const row = (upper, colour, isolated = false) => ({ lower: null, upper, colour, isolated, count: 0 });

test("a class takes in its upper limit, as it is shown", () => {
  assert.deepEqual(
    [10, 10.04, 10.05, 20, 20.1].map((value) => classOf(value, [10, 20], 1)),
    [0, 0, 1, 1, 2],
  );
  assert.deepEqual(classCounts([1, 10, 11, 30], [10, 20], 0), [2, 1, 1]);
});

test("values are rounded as the server rounds them, half away from zero", () => {
  assert.deepEqual(
    [2.5, -2.5, 1.005, -0.4].map((value) => rounded(value, 0) + 0),
    [3, -3, 1, 0],
  );
  assert.equal(rounded(1.005, 2), 1.01);
});

test("the breaks to be moved leave out those around the class of its own", () => {
  const zero = [row(0, "own", true), row(5, "a"), row(9, "b")];
  assert.deepEqual(innerBreaks(zero), [5]);
  assert.deepEqual(classColours(zero), ["a", "b"]);
  const parted = [row(3, "a"), row(6, "b"), row(7, "own", true), row(20, "b"), row(23, "c")];
  assert.deepEqual(innerBreaks(parted), [3, 20]);
  assert.deepEqual(classColours(parted), ["a", "b", "c"]);
  const plain = [row(3, "a"), row(6, "b")];
  assert.deepEqual(innerBreaks(plain), [3]);
  assert.deepEqual(classColours(plain), ["a", "b"]);
});

test("a dragged break stays a step away from its neighbours", () => {
  assert.deepEqual(moveBreak([10, 20, 30], 1, 24.26, 1), [10, 24.3, 30]);
  assert.deepEqual(moveBreak([10, 20, 30], 1, 50, 1), [10, 29.9, 30]);
  assert.deepEqual(moveBreak([10, 20, 30], 1, -5, 0), [10, 11, 30]);
  assert.deepEqual(moveBreak([10, 20, 30], 0, -5, 0), [-5, 20, 30]);
  assert.deepEqual(moveBreak([10, 20, 30], 2, 500, 0), [10, 20, 500]);
});

test("a typed break takes its place among the others, and none stands twice", () => {
  assert.deepEqual(typeBreak([10, 20, 30], 0, 25, 0), [20, 25, 30]);
  assert.deepEqual(typeBreak([10, 20, 30], 0, 20, 0), [20, 30]);
});

test("one class more parts the class with the most values that differ", () => {
  assert.deepEqual(addBreak([10], [1, 2, 3, 4, 20], 0), [2, 10]);
  assert.equal(addBreak([10], [1, 1, 1, 20], 0), null);
  assert.deepEqual(removeBreak([10, 20], 0), [20]);
  assert.equal(formatBreaks([1.5, -2]), "1.5,-2");
});

test("the histogram holds every value once, in the bar and the class where it lies", () => {
  const values = [0, 1, 2, 3, 4, 5, 6, 7, 8, 100];
  const bars = histogramBars(values, [4], 0, [0, 100]);
  assert.equal(
    bars.flat().reduce((sum, n) => sum + n, 0),
    values.length,
  );
  assert.deepEqual(bars[0], [5, 4]);
  assert.deepEqual(bars[bars.length - 1], [0, 1]);
  assert.deepEqual(
    histogramBars([3, 3], [], 0, [3, 3])
      .flat()
      .reduce((sum, n) => sum + n, 0),
    2,
  );
  assert.equal(
    histogramBars(
      Array.from({ length: 999 }, (_, i) => i),
      [],
      0,
      [0, 998],
    ).length,
    24,
  );
});

test("a number is read as the page writes it", () => {
  const read = { 1.041: 1041, "1.286,5": 1286.5, "10,5": 10.5, 10.5: 10.5, "1 041": 1041, "−3": -3, ".5": 0.5 };
  for (const [text, value] of Object.entries(read)) assert.equal(readNumber(text, "vi"), value, text);
  assert.equal(readNumber("1,041", "en"), 1041);
  assert.equal(readNumber("1.041", "en"), 1.041);
  for (const text of ["", "-", "1,2,3", "12a", "1e5", "1.2.3,4,5"]) assert.equal(readNumber(text, "vi"), null, text);
});

test("a limit is written without empty decimals", () => {
  assert.deepEqual(
    [150, 71.2, 0.25].map((value) => formatShort(value, 2, "vi")),
    ["150", "71,2", "0,25"],
  );
});

test("the way a map is drawn is what its address says of classes and colours", () => {
  const state = { indicator: "x", scheme: "pretty", isolate: "0", title: "T", palette: "" };
  assert.deepEqual(symbologyOf(state), { scheme: "pretty", isolate: "0" });
});
