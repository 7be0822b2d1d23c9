import assert from "node:assert/strict";
import test from "node:test";
import { feature, mesh, neighbors } from "topojson-client";
import { ProjectedArcs, project } from "../map/projected_arcs.js";
import { Boundaries } from "../map/boundaries.js";

// Two squares side by side, the right one with a hole and an island, in steps of a hundredth.
const document = {
  type: "Topology",
  transform: { scale: [0.01, 0.01], translate: [103, 22] },
  arcs: [
    [
      [10, 0],
      [0, 10],
    ],
    [
      [10, 10],
      [-10, 0],
      [0, -10],
      [10, 0],
    ],
    [
      [10, 0],
      [10, 0],
      [0, 10],
      [-10, 0],
    ],
    [
      [13, 3],
      [0, 3],
      [3, 0],
      [0, -3],
      [-3, 0],
    ],
    [
      [30, 0],
      [1, 0],
      [0, 1],
      [-1, -1],
    ],
  ],
  objects: {
    units: {
      type: "GeometryCollection",
      geometries: [
        { type: "Polygon", id: "left", properties: { parent: "a" }, arcs: [[0, 1]] },
        {
          type: "MultiPolygon",
          id: "right",
          properties: { parent: "b", quality: "indicative" },
          arcs: [[[4]], [[2, -1], [3]]],
        },
        { type: null, id: "lost", properties: {} },
      ],
    },
  },
};
const { units } = document.objects;
const boundaries = new Boundaries(document);
const rounded = (value) =>
  JSON.parse(JSON.stringify(value), (_, each) => (typeof each === "number" ? Number(each.toFixed(6)) : each));

test("rings are those of topojson-client, the largest polygon first", () => {
  const [left, right] = units.geometries.slice(0, 2).map((each) => feature(document, each).geometry.coordinates);
  assert.deepEqual(rounded(boundaries.shapes.get("left").polygons), rounded([left]));
  assert.deepEqual(rounded(boundaries.shapes.get("right").polygons), rounded([right[1], right[0]]));
  assert.equal(boundaries.shapes.has("lost"), false);
});

test("neighbours and lines are those of topojson-client", () => {
  const known = { ...units, geometries: units.geometries.slice(0, 2) };
  assert.deepEqual(neighbors(known.geometries), [[1], [0]]);
  assert.deepEqual(boundaries.shapes.get("left").neighbours, ["right"]);
  const between = mesh(document, known, (a, b) => a !== b).coordinates;
  assert.deepEqual(rounded(boundaries.lines("between")), rounded(between));
  assert.deepEqual(boundaries.arcsOf("indicative"), [0]);
  assert.deepEqual(boundaries.arcsOf("plain"), []);
  assert.deepEqual(boundaries.arcsOf("outer"), [1, 2, 3, 4]);
});

test("bounds, boxes and areas come from the arcs", () => {
  assert.deepEqual(rounded(boundaries.bounds), [
    [22, 103],
    [22.1, 103.31],
  ]);
  assert.deepEqual(rounded(boundaries.shapes.get("right").mainBbox), [103.1, 22, 103.2, 22.1]);
  assert.ok(Math.abs(boundaries.shapes.get("left").area - 0.01) < 1e-9);
});

test("the projection is the web's Mercator", () => {
  const [x, y] = project([180, 0]);
  assert.ok(Math.abs(x - 256) < 1e-9 && Math.abs(y - 128) < 1e-9);
  assert.ok(Math.abs(project([0, 85.0511287798])[1]) < 1e-6);
});

const placed = (zoom, clip = { min: { x: -1e9, y: -1e9 }, max: { x: 1e9, y: 1e9 } }) => {
  const paths = new ProjectedArcs(boundaries.topology);
  const [x, y] = project([103, 22.1]).map((each) => each * 2 ** zoom);
  const key = paths.prepareView({ zoom, origin: { x, y } }, clip);
  return { paths, key };
};

test("a unit is one path of its shared arcs, written both ways", () => {
  const { paths } = placed(10);
  const [left, right] = ["left", "right"].map((id) => boundaries.shapes.get(id).parts.flat());
  assert.match(paths.closedPathData(left), /^M[-\d.]+,[-\d.]+( [-\d.]+,[-\d.]+){4}z$/);
  assert.equal(paths.closedPathData(right).split("M").length, 4);
  const shared = paths.linePathData([0]).slice(1).split(" ");
  for (const point of shared)
    assert.ok(paths.closedPathData(left).includes(point) && paths.closedPathData(right).includes(point));
});

test("a point is found in its unit, not in the hole or beside it", () => {
  const { paths } = placed(10);
  const [west, north, east, south] = paths.bbox(boundaries.shapes.get("right").parts[0][0]);
  const [outer, hole] = boundaries.shapes.get("right").parts[0];
  const at = (share) => [west + (east - west) * share, south - (south - north) * share];
  assert.equal(paths.isInside(...at(0.45), outer), true);
  assert.equal(paths.isInside(...at(0.45), hole), true);
  assert.equal(paths.isInside(...at(0.8), hole), false);
  assert.equal(paths.isInside(west - 5, north, outer), false);
});

test("close by, bends that lie off the screen are left out and all else stays", () => {
  const clip = { min: { x: 0, y: 0 }, max: { x: 50, y: 1e9 } };
  const near = placed(16, clip);
  const whole = placed(16).paths;
  const [hole, own] = [[3], [1]].map((refs) => [near.paths.linePathData(refs), whole.linePathData(refs)]);
  assert.ok(hole[0].length < hole[1].length);
  assert.equal(own[0], own[1]);
  assert.notEqual(near.key, placed(16, { min: { x: 9, y: 0 }, max: { x: 50, y: 1e9 } }).key);
});

test("edges of an area drawn from points are apart from indicative lines", () => {
  const copy = structuredClone(document);
  copy.objects.units.geometries[0].properties = { parent: "a", quality: "indicative", drawn_from: "points" };
  const around = new Boundaries(copy);
  assert.deepEqual(around.arcsOf("derived"), [0]);
  assert.deepEqual(around.arcsOf("band"), [0]);
  assert.deepEqual(around.arcsOf("indicative"), []);
  assert.deepEqual(around.arcsOf("plain"), []);
  assert.deepEqual(around.boundaryQualities, { derived: true, indicative: true });
  assert.deepEqual(boundaries.boundaryQualities, { derived: false, indicative: true });
});

test("lines that are all derived are not indicative", () => {
  const copy = structuredClone(document);
  copy.objects.units.geometries[0].properties = { parent: "a", quality: "indicative", drawn_from: "points" };
  copy.objects.units.geometries[1].properties = { parent: "b" };
  assert.deepEqual(new Boundaries(copy).boundaryQualities, { derived: true, indicative: false });
});

test("a canvas path begins with a move, goes on with lines and is closed where it is a ring", () => {
  const { paths } = placed(10);
  const steps = [];
  const path = { moveTo: () => steps.push("M"), lineTo: () => steps.push("L"), closePath: () => steps.push("z") };
  paths.trace(path, [[0, 1]]);
  assert.equal(steps.join(""), "MLLLLz");
  steps.length = 0;
  paths.trace(path, [[0]], true);
  assert.equal(steps.join(""), "ML");
});
