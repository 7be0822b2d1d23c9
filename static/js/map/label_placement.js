/**
 * Places labels so that none covers another. Each label comes with the boxes it may take, the
 * best first; the weightiest label chooses first, and one that finds no free box is left out.
 *
 * @typedef {{x: number, y: number, width: number, height: number}} Box centre and size, pixels
 * @typedef {{id: string, weight: number, boxes: Box[]}} Candidate
 */

const CELL = 64;

/** @returns {boolean} whether two boxes share more than a line */
export function overlaps(a, b) {
  return Math.abs(a.x - b.x) * 2 < a.width + b.width && Math.abs(a.y - b.y) * 2 < a.height + b.height;
}

/** A grid of taken boxes, so that thousands of labels are compared with their neighbours only. */
export class CollisionIndex {
  constructor() {
    this.cells = new Map();
  }

  *keys(box) {
    const west = Math.floor((box.x - box.width / 2) / CELL);
    const east = Math.floor((box.x + box.width / 2) / CELL);
    const south = Math.floor((box.y + box.height / 2) / CELL);
    for (let y = Math.floor((box.y - box.height / 2) / CELL); y <= south; y += 1) {
      for (let x = west; x <= east; x += 1) yield `${x},${y}`;
    }
  }

  isFree(box) {
    for (const key of this.keys(box)) {
      if (this.cells.get(key)?.some((other) => overlaps(box, other))) return false;
    }
    return true;
  }

  add(box) {
    for (const key of this.keys(box)) {
      if (this.cells.has(key)) this.cells.get(key).push(box);
      else this.cells.set(key, [box]);
    }
  }
}

/**
 * @param {Candidate[]} candidates
 * @param {Box[]} obstacles boxes nothing may cover
 * @returns {Map<string, number>} label id to the index of the box it got
 */
export function placeLabels(candidates, obstacles = []) {
  const collisions = new CollisionIndex();
  obstacles.forEach((box) => collisions.add(box));
  const placed = new Map();
  const order = [...candidates].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
  for (const { id, boxes } of order) {
    const index = boxes.findIndex((box) => collisions.isFree(box));
    if (index < 0) continue;
    collisions.add(boxes[index]);
    placed.set(id, index);
  }
  return placed;
}
