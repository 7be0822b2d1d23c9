import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { clusterPoints } from "../places/clusters.js";

const cases = JSON.parse(readFileSync(new URL("../../../tests/layers/place_clusters.json", import.meta.url), "utf8"));

for (const { name, points, radius, clusters } of cases) {
  test(`points are joined as on paper: ${name}`, () => {
    const found = clusterPoints(
      points.map(([x, y]) => ({ x, y })),
      radius,
    );
    assert.deepEqual(
      found.map(({ x, y, members }) => [x, y, members]),
      clusters,
    );
  });
}
