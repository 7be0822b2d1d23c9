/**
 * The point of a polygon farthest from its edges, where a label or a symbol stands best.
 * Quadtree search after V. Agafonkin's "polylabel" idea, on plain coordinates.
 */

import { crossesRay } from "./point_in_polygon.js";

/** Signed distance from (x, y) to the rings; positive inside. */
function distanceToRings(x, y, rings) {
  let inside = false;
  let nearest = Infinity;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [ax, ay] = ring[i];
      const [bx, by] = ring[j];
      if (crossesRay(x, y, ax, ay, bx, by)) inside = !inside;
      nearest = Math.min(nearest, distanceToSegment(x, y, ax, ay, bx, by));
    }
  }
  return (inside ? 1 : -1) * Math.sqrt(nearest);
}

function distanceToSegment(x, y, ax, ay, bx, by) {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const along = length ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
  const ex = x - ax - along * dx;
  const ey = y - ay - along * dy;
  return ex * ex + ey * ey;
}

function bboxOf(ring) {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ring) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  return [west, south, east, north];
}

function cell(x, y, half, rings) {
  const distance = distanceToRings(x, y, rings);
  return { x, y, half, distance, best: distance + half * Math.SQRT2 };
}

/**
 * @param {[number, number][][]} rings outer ring first, then holes
 * @param {number} precision relative to the shorter side of the polygon's box
 * @returns {{x: number, y: number, distance: number}} the point and its distance to the edges
 */
export function labelAnchor(rings, precision = 0.03) {
  const [west, south, east, north] = bboxOf(rings[0]);
  const side = Math.min(east - west, north - south);
  let best = cell((west + east) / 2, (south + north) / 2, 0, rings);
  if (!(side > 0)) return best;
  const queue = [];
  for (let x = west; x < east; x += side) {
    for (let y = south; y < north; y += side) {
      queue.push(cell(x + side / 2, y + side / 2, side / 2, rings));
    }
  }
  while (queue.length) {
    queue.sort((a, b) => a.best - b.best);
    const next = queue.pop();
    if (next.distance > best.distance) best = next;
    if (next.best - best.distance <= precision * side) continue;
    const half = next.half / 2;
    for (const [dx, dy] of [
      [-1, -1],
      [1, -1],
      [-1, 1],
      [1, 1],
    ]) {
      queue.push(cell(next.x + dx * half, next.y + dy * half, half, rings));
    }
  }
  return best;
}
