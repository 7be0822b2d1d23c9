/** When to do what can wait: after the next picture on the screen, or while nothing else happens. */

const HIDDEN_MS = 200;
const IDLE_MS = 400;
const SLICE_MS = 6;

/** Kept when the frame that is being made is on the screen; soon after where none is shown. */
export function afterNextPaint() {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, HIDDEN_MS);
    requestAnimationFrame(() => {
      clearTimeout(late);
      setTimeout(resolve);
    });
  });
}

/** Kept when the browser has nothing better to do, or after `IDLE_MS`. */
export function whenIdle() {
  return new Promise((resolve) => {
    if (window.requestIdleCallback) requestIdleCallback(resolve, { timeout: IDLE_MS });
    else setTimeout(resolve, 1);
  });
}

/**
 * Does something with each item, in slices so short that the page stays lively.
 *
 * @param {Iterable} items
 * @param {(item: any) => void} act
 * @param {() => boolean} [isCurrent] asked between slices whether the work is still wanted
 * @returns {Promise<boolean>} whether all was done
 */
export async function runInSlices(items, act, isCurrent = () => true) {
  let end = performance.now() + SLICE_MS;
  for (const item of items) {
    if (performance.now() >= end) {
      await whenIdle();
      if (!isCurrent()) return false;
      end = performance.now() + SLICE_MS;
    }
    act(item);
  }
  return true;
}
