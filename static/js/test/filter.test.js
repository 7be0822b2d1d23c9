import assert from "node:assert/strict";
import test from "node:test";
import { formatConditions, meets, readConditions, total, unitsMeeting, unjudged } from "../filter/conditions.js";

test("conditions stand in the address as they are read from it", () => {
  const text = "poverty_rate>20;area<=4.5;pupils[sex:female]=0;kind=poor";
  const read = readConditions(text);
  assert.deepEqual(read[2], { series: "pupils[sex:female]", operator: "=", value: "0" });
  assert.deepEqual(
    read.map(({ operator }) => operator),
    [">", "<=", "=", "="],
  );
  assert.equal(formatConditions(read), text);
});

test("what is no condition is left out, and of many the first few stay", () => {
  assert.deepEqual(readConditions(""), []);
  assert.deepEqual(readConditions("x;>5;a>;<script>=1;a b=1"), []);
  assert.equal(readConditions("a=1;".repeat(50)).length, 6);
});

test("a figure meets a condition at its limit as the sign says", () => {
  const cell = [20, 1, "actual", 0];
  const met = Object.fromEntries(
    ["<", "<=", "=", ">=", ">"].map((operator) => [operator, meets(cell, { series: "x", operator, value: "20" })]),
  );
  assert.deepEqual(met, { "<": false, "<=": true, "=": true, ">=": true, ">": false });
  assert.equal(meets(cell, { series: "x", operator: "=", value: "many" }), false);
});

test("a unit without a figure meets no condition, and is counted as not judged", () => {
  const condition = { series: "x", operator: "<", value: "100" };
  const cells = { a: [5, 0, "actual", 0], b: [null, "no_data"], c: [null, "impossible", 3] };
  assert.deepEqual(unitsMeeting(["a", "b", "c", "d"], [[condition, cells]]), ["a"]);
  assert.equal(unjudged(["a", "b", "c", "d"], [[condition, cells]]), 3);
});

test("a class is only ever equal", () => {
  const cell = ["poor", 0, "actual", 0];
  assert.ok(meets(cell, { series: "x", operator: "=", value: "poor" }));
  assert.equal(meets(cell, { series: "x", operator: ">=", value: "poor" }), false);
});

test("units meet all conditions together", () => {
  const of = (value) => [value, 0, "actual", 0];
  const judged = [
    [
      { series: "x", operator: ">", value: "1" },
      { a: of(2), b: of(2), c: of(1) },
    ],
    [
      { series: "y", operator: "=", value: "0" },
      { a: of(0), b: of(4), c: of(0) },
    ],
  ];
  assert.deepEqual(unitsMeeting(["a", "b", "c"], judged), ["a"]);
});

test("only counts are added up", () => {
  const units = { a: [5, 0, "actual", 0], b: [7, 0, "actual", 1], c: [null, "no_data"] };
  assert.deepEqual(total(["a", "b", "c"], { units, indicator: { kind: "count" } }), { sum: 12, n: 2, doubtful: 1 });
  assert.equal(total(["a"], { units, indicator: { kind: "ratio" } }), null);
  assert.equal(total(["c"], { units, indicator: { kind: "count" } }), null);
});
