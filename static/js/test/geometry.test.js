import assert from "node:assert/strict";
import test from "node:test";
import { labelAnchor } from "../map/label_anchor.js";
import { overlaps, placeLabels } from "../map/label_placement.js";
import { heightBelow } from "../panel/legend_position.js";

const square = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
  [0, 0],
];
// A wide foot and a thin tower: the centre of its box lies outside it.
const boot = [
  [0, 0],
  [10, 0],
  [10, 3],
  [2, 3],
  [2, 10],
  [0, 10],
  [0, 0],
];

test("the anchor lies inside and far from the edges", () => {
  const { x, y, distance } = labelAnchor([square]);
  assert.ok(Math.abs(x - 2) < 0.2 && Math.abs(y - 2) < 0.2 && distance > 1.8);
  const foot = labelAnchor([boot]);
  assert.ok(foot.y < 3 && foot.distance > 1.2);
});

test("a hole pushes the anchor away", () => {
  const hole = [
    [1, 1],
    [3, 1],
    [3, 3],
    [1, 3],
    [1, 1],
  ];
  const { distance } = labelAnchor([square, hole]);
  assert.ok(distance > 0.3 && distance < 0.7);
});

test("a polygon without width has an anchor all the same", () => {
  assert.equal(
    labelAnchor([
      [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
    ]).x,
    1,
  );
});

test("labels never overlap, the weightiest comes first, a second place is taken", () => {
  const box = (x, y) => ({ x, y, width: 40, height: 12 });
  const placed = placeLabels([
    { id: "small", weight: 1, boxes: [box(0, 0), box(0, 20)] },
    { id: "large", weight: 9, boxes: [box(10, 2)] },
    { id: "none", weight: 0.5, boxes: [box(5, 5)] },
  ]);
  assert.deepEqual(Object.fromEntries(placed), { large: 0, small: 1 });
  assert.ok(!overlaps(box(0, 20), box(10, 2)));
});

test("five hundred labels: no two that were placed overlap, nor an obstacle", () => {
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const candidates = Array.from({ length: 500 }, (_, i) => ({
    id: String(i),
    weight: random(),
    boxes: [{ x: random() * 900, y: random() * 700, width: 20 + random() * 60, height: 14 }],
  }));
  const obstacle = { x: 450, y: 350, width: 200, height: 200 };
  const placed = placeLabels(candidates, [obstacle]);
  const boxes = candidates.filter(({ id }) => placed.has(id)).map(({ boxes: [box] }) => box);
  assert.ok(boxes.length > 50);
  boxes.forEach((a, i) => {
    assert.ok(!overlaps(a, obstacle));
    boxes.slice(i + 1).forEach((b) => assert.ok(!overlaps(a, b)));
  });
});

test("a box at the lower edge is as high as the lowest point above it allows", () => {
  const points = [
    { x: 0, y: 30 },
    { x: 20, y: 60 },
    { x: 21, y: 90 },
  ];
  assert.equal(heightBelow(points, { left: 0, right: 20, bottom: 100 }), 40);
  assert.equal(heightBelow(points, { left: 1, right: 19, bottom: 100 }), 100, "nothing stands above");
});

test("of labels of one weight the first by name chooses first", () => {
  const boxes = [{ x: 0, y: 0, width: 9, height: 9 }];
  for (const ids of [
    ["a", "b"],
    ["b", "a"],
  ]) {
    assert.deepEqual([...placeLabels(ids.map((id) => ({ id, weight: 1, boxes }))).keys()], ["a"]);
  }
});
