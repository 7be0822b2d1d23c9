// Notes when a map has its coloured polygons on the screen; runs before the scripts of the page.
// Knows nothing of the page but the colours: polygons are SVG paths, or fills of a canvas.
//
//   drawnBench.expect([colours], count)   what to wait for
//   drawnBench.complete                   promise of the ms since the page was asked for, when the
//                                         last one showed
//   drawnBench.watch(rest)                from now on, time a change from the person's click
//   drawnBench.change                     promise of the ms from the click to the last repaint,
//                                         kept when nothing was repainted for `rest` ms
(() => {
  const bench = { change: null, colours: new Set(), count: Infinity };
  let completed;
  bench.complete = new Promise((resolve) => (completed = resolve));
  let filledOnCanvas = 0;

  /** Calls back when the frame that shows what was just done is painted, before anything else. */
  const afterPaint = (then) =>
    requestAnimationFrame(() => scheduler.postTask(then, { priority: "user-blocking" }));

  const isColoured = (fill) =>
    fill instanceof CanvasPattern ||
    (typeof fill === "string" && (fill.startsWith("url(") || bench.colours.has(fill.toLowerCase())));

  const colouredPaths = () =>
    [...document.querySelectorAll("path[fill]")].filter(
      (path) => isColoured(path.getAttribute("fill")) && (path.getAttribute("d") ?? "").length > 8,
    ).length;

  let found = false;
  function check() {
    if (found || Math.max(filledOnCanvas, colouredPaths()) < bench.count) return;
    found = true;
    afterPaint(() => completed(performance.now()));
  }

  const isPath = (node) => node.nodeName === "path" || Boolean(node.querySelector?.("path"));

  const isRepaint = ({ type, target, addedNodes }) =>
    Boolean(target.closest?.(".leaflet-container")) &&
    (type === "childList" ? [...addedNodes].some(isPath) : isPath(target));

  let change = null;
  function noteChange(mutations) {
    if (!change?.clicked || !mutations.some(isRepaint)) return;
    const noted = change;
    afterPaint(() => {
      const time = performance.now() - noted.clicked;
      clearTimeout(noted.timer);
      noted.timer = setTimeout(() => noted.resolve(time), noted.rest);
    });
  }

  new MutationObserver((mutations) => {
    check();
    noteChange(mutations);
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["fill", "d"] });

  const fill = CanvasRenderingContext2D.prototype.fill;
  CanvasRenderingContext2D.prototype.fill = function counted(...rest) {
    fill.apply(this, rest);
    if (found || !isColoured(this.fillStyle)) return;
    filledOnCanvas += 1;
    if (filledOnCanvas >= bench.count) check();
  };

  bench.expect = (colours, count) => {
    bench.colours = new Set(colours.map((colour) => colour.toLowerCase()));
    bench.count = count;
  };
  bench.watch = (rest) => {
    change = { clicked: null, rest };
    const note = (event) => (change.clicked ??= event.timeStamp);
    for (const kind of ["click", "change"]) {
      document.addEventListener(kind, note, { capture: true, once: true });
    }
    bench.change = new Promise((resolve) => (change.resolve = resolve));
  };
  window.drawnBench = bench;
})();
