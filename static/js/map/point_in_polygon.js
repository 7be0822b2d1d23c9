/** The even-odd rule: a point lies within a ring when a ray from it crosses the ring an odd number of times. */

/**
 * Whether the edge from (ax, ay) to (bx, by) crosses the ray that runs from (x, y) along the x axis.
 * An edge owns its lower end only, so that a vertex on the ray is counted once.
 *
 * @param {number} x
 * @param {number} y
 * @param {number} ax
 * @param {number} ay
 * @param {number} bx
 * @param {number} by
 * @returns {boolean}
 */
export function crossesRay(x, y, ax, ay, bx, by) {
  return ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax;
}
