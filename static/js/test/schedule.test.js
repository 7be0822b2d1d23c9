import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import "./browser.js";
import { afterNextPaint, runInSlices, whenIdle } from "../core/schedule.js";

const { now } = performance;
afterEach(() => {
  delete window.requestIdleCallback;
  performance.now = now;
});

test("work waits for a picture, and does not wait for ever where none is shown", async () => {
  const frame = globalThis.requestAnimationFrame;
  globalThis.requestAnimationFrame = () => 0;
  const begin = Date.now();
  await afterNextPaint();
  assert.ok(Date.now() - begin >= 190);
  globalThis.requestAnimationFrame = frame;
  await afterNextPaint();
});

test("idle time is the browser's where it can tell, else the next turn", async () => {
  let asked = null;
  globalThis.requestIdleCallback = window.requestIdleCallback = (act, options) => {
    asked = options;
    act();
  };
  await whenIdle();
  assert.deepEqual(asked, { timeout: 400 });
  asked = null;
  delete window.requestIdleCallback;
  await whenIdle();
  assert.equal(asked, null);
});

/** Every look at the clock takes as many milliseconds. */
function slowClock(step) {
  let time = 0;
  performance.now = () => (time += step);
}

test("work that fits into one slice is done at once, more of it pauses between", async () => {
  let pauses = 0;
  globalThis.requestIdleCallback = window.requestIdleCallback = (act) => {
    pauses += 1;
    act();
  };
  const done = [];
  slowClock(1);
  assert.equal(await runInSlices([1, 2, 3], (each) => done.push(each)), true);
  assert.equal(pauses, 0);
  slowClock(4);
  assert.equal(await runInSlices([4, 5, 6, 7], (each) => done.push(each)), true);
  assert.ok(pauses > 0);
  assert.deepEqual(done, [1, 2, 3, 4, 5, 6, 7]);
});

test("work that nobody wants any more stops at the next pause", async () => {
  slowClock(100);
  const done = [];
  assert.equal(
    await runInSlices(
      [1, 2, 3],
      (each) => done.push(each),
      () => false,
    ),
    false,
  );
  assert.deepEqual(done, []);
});
