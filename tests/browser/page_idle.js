// Runs before the scripts of every page the tests open: `pageIdle()` is kept when the page has done
// all it was going to do by itself, however slow the machine. It waits for events, not for a time.
(() => {
  const LATER_MS = 1000; // What is put off longer is no answer to what was just done.
  const GIVE_UP_MS = 120_000;
  const CALM_FRAMES = 3;
  const pending = new Set();
  const nextFrame = window.requestAnimationFrame.bind(window);

  const track = (start, stop, counts = () => true) => {
    const [begin, end] = [window[start], window[stop]];
    window[start] = (act, ...options) => {
      const done = (...told) => {
        pending.delete(`${start} ${id}`);
        return act(...told);
      };
      const id = begin.call(window, done, ...options);
      if (counts(...options)) pending.add(`${start} ${id}`);
      return id;
    };
    window[stop] = (id) => {
      pending.delete(`${start} ${id}`);
      end.call(window, id);
    };
  };
  track("setTimeout", "clearTimeout", (delay) => !(delay >= LATER_MS));
  track("requestAnimationFrame", "cancelAnimationFrame");
  track("requestIdleCallback", "cancelIdleCallback");

  const ask = window.fetch;
  window.fetch = async (...request) => {
    const label = `fetch ${request[0]?.url ?? request[0]} ${performance.now()}`;
    pending.add(label);
    try {
      return await ask.call(window, ...request);
    } finally {
      pending.delete(label);
    }
  };
  // An answer is here with its head; what it says may come much later on a slow machine.
  for (const part of ["arrayBuffer", "blob", "json", "text"]) {
    const read = Response.prototype[part];
    Response.prototype[part] = async function () {
      const label = `${part} ${this.url} ${performance.now()}`;
      pending.add(label);
      try {
        return await read.call(this);
      } finally {
        pending.delete(label);
      }
    };
  }

  const moves = (animation) =>
    animation.playState === "running" &&
    Number.isFinite(animation.effect?.getComputedTiming().endTime);

  window.pageIdle = async () => {
    const start = performance.now();
    for (let calm = 0; calm < CALM_FRAMES; ) {
      await new Promise(nextFrame);
      const moving = document.getAnimations().filter(moves);
      calm = pending.size || moving.length || document.readyState !== "complete" ? 0 : calm + 1;
      if (performance.now() - start > GIVE_UP_MS) {
        throw new Error(`the page does not become idle: ${[...pending]}, ${moving.length} moving`);
      }
    }
  };
})();
