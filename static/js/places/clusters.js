/**
 * Points that would cover each other, drawn as one; the rule of `layers/places/clusters.py`, and a
 * test holds the two together.
 *
 * @typedef {{x: number, y: number, members: number[]}} Cluster the mean of its points, and their numbers
 */

/**
 * @param {{x: number, y: number}[]} points
 * @param {number} radius distance up to which points are joined, in the same unit
 * @returns {Cluster[]} in the order of their first points; every point is in one
 */
export function clusterPoints(points, radius) {
  const cells = new Map();
  /** @returns {[number, number]} */
  const cellOf = ({ x, y }) => [Math.floor(x / radius), Math.floor(y / radius)];
  points.forEach((point, number) => {
    const key = cellOf(point).join();
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(number);
  });
  const free = new Set(points.keys());
  const clusters = [];
  points.forEach((point, number) => {
    if (!free.has(number)) return;
    const members = around(cells, cellOf(point))
      .filter((other) => free.has(other) && isNear(point, points[other], radius))
      .sort((one, other) => one - other);
    for (const member of members) free.delete(member);
    const mean = (axis) => members.reduce((sum, member) => sum + points[member][axis], 0) / members.length;
    clusters.push({ x: mean("x"), y: mean("y"), members });
  });
  return clusters;
}

function around(cells, [column, row]) {
  const steps = [-1, 0, 1];
  return steps.flatMap((right) => steps.flatMap((down) => cells.get([column + right, row + down].join()) ?? []));
}

const isNear = (one, other, radius) => (one.x - other.x) ** 2 + (one.y - other.y) ** 2 <= radius ** 2;
