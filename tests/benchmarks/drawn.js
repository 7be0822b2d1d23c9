// Notes when a map has its coloured polygons on the screen; runs before the scripts of the page.
// Knows nothing of the page but the colours: polygons are SVG paths, or fills of a canvas.
//
//   drawnBench.expect([colours], count)   what to wait for
//   drawnBench.complete                   promise of the ms since the page was asked for, when the
//                                         last one showed, whoever drew it
//   drawnBench.interactive                the same for polygons that Leaflet drew, which answer to
//                                         the pointer
//   drawnBench.watch(rest)                from now on, time a change from the person's click
//   drawnBench.change                     promise of the ms from the click to the last repaint,
//                                         kept when nothing was repainted for `rest` ms
(() => {
  const bench = { change: null, colours: new Set(), count: Infinity };
  // What has not been seen yet, by the polygons that count for it.
  const awaited = new Map();
  for (const [name, polygons] of [["complete", "path[fill]"], ["interactive", "path.leaflet-interactive[fill]"]]) {
    bench[name] = new Promise((resolve) => awaited.set(polygons, resolve));
  }
  let filledOnCanvas = 0;

  /** Calls back when the frame that shows what was just done is painted, before anything else. */
  const afterPaint = (then) =>
    requestAnimationFrame(() => scheduler.postTask(then, { priority: "user-blocking" }));

  const isColoured = (fill) =>
    fill instanceof CanvasPattern ||
    (typeof fill === "string" && (fill.startsWith("url(") || bench.colours.has(fill.toLowerCase())));

  const colouredPaths = (polygons) =>
    [...document.querySelectorAll(polygons)].filter(
      (path) => isColoured(path.getAttribute("fill")) && (path.getAttribute("d") ?? "").length > 8,
    );

  // A unit smaller than a pixel has a box without width or height, and is drawn all the same; what
  // must have room is the drawing it is part of.
  const isSeen = (path) => {
    const { right, bottom } = path.getBoundingClientRect();
    const { width, height } = path.ownerSVGElement.getBoundingClientRect();
    return width > 0 && height > 0 && right > 0 && bottom > 0 && path.checkVisibility();
  };

  function check() {
    for (const [polygons, found] of awaited) {
      const paths = colouredPaths(polygons);
      if (Math.max(filledOnCanvas, paths.length) < bench.count) continue;
      awaited.delete(polygons);
      afterPaint(() => {
        if (filledOnCanvas >= bench.count || paths.filter(isSeen).length >= bench.count) found(performance.now());
        else {
          awaited.set(polygons, found);
          check();
        }
      });
    }
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
    if (!awaited.size || !isColoured(this.fillStyle)) return;
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
