import assert from "node:assert/strict";
import test from "node:test";
import { classColour, missingText, readCell, symbolRadius } from "../map/symbology.js";
import { isDark } from "../map/fill_patterns.js";
import { rankRows, sortRows } from "../panel/table.js";

const legend = {
  classes: [{ colour: "#eeeeee" }, { colour: "#123456" }],
  symbols: [
    { value: 1000, radius: 20 },
    { value: 250, radius: 10 },
  ],
};

test("a unit gets the colour of the class it is sent with", () => {
  assert.equal(classColour([10.5, 1, "actual", 0], legend), "#123456");
  assert.equal(classColour([null, "no_data"], legend), null);
  assert.equal(classColour(undefined, legend), null);
});

test("missing keeps its kind and is never zero", () => {
  assert.deepEqual(readCell([null, "not_published"]).missing, "not_published");
  assert.equal(readCell([null, "no_data"]).value, null);
  assert.equal(readCell([0, 0, "actual", 0]).value, 0);
  assert.equal(readCell(undefined).missing, "no_data");
});

test("an impossible figure is shown as printed beside the reason, with neither value nor class", () => {
  const cell = readCell([null, "impossible", 911]);
  assert.deepEqual([cell.value, cell.classIndex, cell.doubtful], [null, null, false]);
  const words = { missing: [{ kind: "impossible", label: "Impossible figure" }] };
  const indicator = { decimals: 0, measure_unit: { symbol: "people", space: true } };
  assert.equal(missingText(cell, { legend: words, indicator }, "en"), "911\u00a0people · Impossible figure");
  const zero = readCell([null, "impossible", 0]);
  assert.equal(missingText(zero, { legend: words, indicator }, "en"), "0\u00a0people · Impossible figure");
});

test("the area of a symbol is in proportion to the value", () => {
  assert.equal(symbolRadius(1000, legend), 20);
  assert.equal(symbolRadius(250, legend), 10);
  assert.equal(symbolRadius(-250, legend), 10);
  assert.equal(symbolRadius(0, legend), 0);
  assert.equal(symbolRadius(5, { symbols: [] }), 0);
});

test("names turn white on dark fills only", () => {
  assert.ok(isDark("#0b3f22") && !isDark("#d9eec3"));
});

test("doubtful values have no rank, equal ones share theirs, missing ones come last", () => {
  const rows = [
    { name: "B", value: 5, doubtful: false },
    { name: "A", value: 5, doubtful: false },
    { name: "Đ", value: 9, doubtful: true },
    { name: "C", value: null, doubtful: false },
    { name: "D", value: 1, doubtful: false },
  ];
  const ranked = sortRows(rankRows(rows), "value");
  assert.deepEqual(
    ranked.map((row) => [row.name, row.rank]),
    [
      ["Đ", null],
      ["A", 1],
      ["B", 1],
      ["D", 3],
      ["C", null],
    ],
  );
  assert.deepEqual(
    sortRows(rows, "-value").map((row) => row.name),
    ["D", "A", "B", "Đ", "C"],
  );
  assert.deepEqual(
    sortRows(rows, "-name").map((row) => row.name),
    ["Đ", "D", "C", "B", "A"],
  );
});
