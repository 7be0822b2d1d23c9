/** Which unit lies in the direction of an arrow key. */

const ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** @returns {boolean} */
export function isArrowKey(key) {
  return key in ARROWS;
}

/**
 * The neighbour that lies best in the direction: those that share a border count as nearer than
 * those that do not, and nothing more than 60 degrees off the direction is taken.
 *
 * @param {{x: number, y: number}} from pixels, y downwards
 * @param {string} key name of the arrow key
 * @param {{id: string, x: number, y: number, touches: boolean}[]} others
 * @returns {string|null} unit id
 */
export function neighbourTowards(from, key, others) {
  const [ux, uy] = ARROWS[key];
  let best = null;
  let least = Infinity;
  for (const other of others) {
    const dx = other.x - from.x;
    const dy = other.y - from.y;
    const length = Math.hypot(dx, dy);
    const cosine = length ? (dx * ux + dy * uy) / length : 0;
    if (cosine < 0.5) continue;
    const cost = (length * (2 - cosine)) / (other.touches ? 2.5 : 1);
    if (cost < least) [best, least] = [other.id, cost];
  }
  return best;
}
