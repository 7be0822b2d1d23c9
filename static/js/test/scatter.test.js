import assert from "node:assert/strict";
import test from "node:test";
import { meets } from "../filter/conditions.js";
import { conditionsOf, pointsOf, rankCorrelation, ranks, relation, ticks } from "../scatter/points.js";

const cell = (value, status = "actual", doubtful = 0) => [value, 0, status, doubtful];
const points = (pairs) => pairs.map(([x, y], i) => ({ id: String(i), x, y, doubtful: false, estimate: false }));

test("a point is a unit with both figures; a missing or impossible one is no zero", () => {
  const first = { a: cell(3), b: cell(1), c: [null, "no_data"], d: cell(2), e: cell(5) };
  const second = { a: cell(0), b: cell(9, "estimate", 1), c: cell(4), d: [null, "impossible", 0] };
  assert.deepEqual(pointsOf(first, second), [
    { id: "b", x: 1, y: 9, doubtful: true, estimate: true },
    { id: "a", x: 3, y: 0, doubtful: false, estimate: false },
  ]);
});

test("a doubtful or estimated figure of either indicator marks the point", () => {
  const [point] = pointsOf({ a: cell(1, "estimated", 1) }, { a: cell(2) });
  assert.deepEqual([point.doubtful, point.estimate], [true, true]);
});

test("points stand in the order in which the arrow keys walk them", () => {
  const of = (values) => Object.fromEntries(values.map((value, i) => ["cab"[i], cell(value)]));
  assert.deepEqual(
    pointsOf(of([1, 1, 1]), of([2, 2, 1])).map(({ id }) => id),
    ["b", "a", "c"],
  );
});

test("equal figures share the mean of their ranks", () => {
  assert.deepEqual(ranks([10, 20, 10, 5]), [2.5, 4, 2.5, 1]);
  assert.deepEqual(ranks([]), []);
});

test("the rank correlation is that of the textbook, ties included", () => {
  // Ranks of x 1 to 5, of y 2, 1, 4, 3, 5: 1 - 6 * 4 / (5 * 24).
  assert.ok(
    Math.abs(
      rankCorrelation(
        points([
          [1, 20],
          [2, 10],
          [3, 40],
          [4, 30],
          [5, 50],
        ]),
      ) - 0.8,
    ) < 1e-12,
  );
  assert.ok(
    Math.abs(
      rankCorrelation(
        points([
          [1, 1],
          [2, 8],
          [3, 27],
          [400, 28],
        ]),
      ) - 1,
    ) < 1e-12,
  );
  assert.ok(
    Math.abs(
      rankCorrelation(
        points([
          [1, 3],
          [2, 2],
          [3, 1],
        ]),
      ) + 1,
    ) < 1e-12,
  );
  // Ranks of x 1.5, 1.5, 3; of y 1, 2, 3: the product-moment correlation of the ranks.
  assert.ok(
    Math.abs(
      rankCorrelation(
        points([
          [1, 1],
          [1, 2],
          [2, 3],
        ]),
      ) -
        1.5 / Math.sqrt(1.5 * 2),
    ) < 1e-12,
  );
  assert.equal(
    rankCorrelation(
      points([
        [1, 4],
        [2, 4],
      ]),
    ),
    null,
  );
});

test("a correlation is told as no relation, a loose one or a close one", () => {
  const told = [-1, -0.6, -0.59, -0.2, -0.19, 0, 0.19, 0.2, 0.59, 0.6, 1].map(relation);
  const loose = ["weak_down", "weak_down", "unrelated", "unrelated", "unrelated", "weak_up", "weak_up"];
  assert.deepEqual(told, ["down", "down", ...loose, "up", "up"]);
  assert.equal(relation(null), "unrelated");
});

test("an axis has three to six round numbers between its ends", () => {
  assert.deepEqual(ticks(0, 360), [0, 100, 200, 300]);
  assert.deepEqual(ticks(0.1, 0.35), [0.1, 0.15, 0.2, 0.25, 0.3, 0.35]);
  assert.deepEqual(ticks(-30, 30), [-20, 0, 20]);
  for (const high of [0.003, 1, 7, 59.9, 1234, 9.9e6]) {
    const found = ticks(0, high);
    assert.ok(found.length >= 3 && found.length <= 7, `${high}: ${found}`);
    assert.ok(found.every((each) => each >= 0 && each <= high));
  }
});

test("a rectangle becomes conditions that hold its points, edges included, and no others", () => {
  const box = { x: [12.3456789, 45.6], y: [0.0012, 0.0049] };
  const conditions = conditionsOf(["people", "share[sex:female]"], box, [100, 0.01]);
  assert.deepEqual(
    conditions.map(({ series, operator, value }) => `${series}${operator}${value}`),
    ["people>=12.3", "people<=45.6", "share[sex:female]>=0.0012", "share[sex:female]<=0.0049"],
  );
  const inside = (value, from) => conditions.slice(from, from + 2).every((each) => meets(cell(value), each));
  assert.ok(inside(12.3456789, 0) && inside(45.6, 0) && !inside(12.2, 0) && !inside(45.7, 0));
});

test("large figures give conditions without decimals, never in powers of ten", () => {
  const [low, high] = conditionsOf(["a", "b"], { x: [123456.7, 9876543.2], y: [0, 1] }, [1e7, 1]);
  assert.deepEqual([low.value, high.value], ["123456", "9876544"]);
});
