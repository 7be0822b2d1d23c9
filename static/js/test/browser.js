/**
 * A browser without a screen: happy-dom's document, and what it leaves out. Boxes have the size that
 * `setSize` gives them; canvases record what is drawn. To be imported before any module of the page.
 */

import { Window } from "happy-dom";

const { Event: NodeEvent } = globalThis;
const window = new Window({ url: "http://portal.test/", width: 1200, height: 800 });
const sizes = new WeakMap();
const hidden = new WeakSet();

const sizeOf = (node) => sizes.get(node) ?? { left: 0, top: 0, width: 0, height: 0 };

/** Gives an element a box, pixels. */
export function setSize(node, width, height, left = 0, top = 0) {
  sizes.set(node, { left, top, width, height });
  return node;
}

/** Takes an element out of the layout, or puts it back. */
export function setInLayout(node, isIn) {
  if (isIn) hidden.delete(node);
  else hidden.add(node);
}

function getter(prototype, name, get) {
  Object.defineProperty(prototype, name, { get, configurable: true });
}

for (const [side, names] of [
  ["width", ["clientWidth", "offsetWidth"]],
  ["height", ["clientHeight", "offsetHeight"]],
]) {
  for (const name of names) {
    getter(window.HTMLElement.prototype, name, function size() {
      return sizeOf(this)[side];
    });
  }
}
getter(window.HTMLElement.prototype, "offsetParent", function offsetParent() {
  return hidden.has(this) || !this.isConnected ? null : window.document.body;
});
window.Element.prototype.getBoundingClientRect = function getBoundingClientRect() {
  const { left, top, width, height } = sizeOf(this);
  return { left, top, width, height, x: left, y: top, right: left + width, bottom: top + height };
};
getter(window.HTMLTableSectionElement.prototype, "rows", function rows() {
  return [...this.querySelectorAll("tr")];
});
window.Element.prototype.scrollIntoView = () => {};
window.Element.prototype.setPointerCapture = () => {};
window.SVGSVGElement.prototype.createSVGRect = () => ({});
// By these Leaflet knows that a browser draws SVG and moves panes by transforms.
window.WebKitCSSMatrix = class {
  m11 = 1;
};

/** A drawing context that keeps what is done with it in `calls`. */
function pen(canvas) {
  const calls = [];
  const known = {
    calls,
    canvas,
    measureText: (text) => ({ width: text.length * 7 }),
    createPattern: (tile) => ({ tile: tile.getContext("2d").calls }),
  };
  return new Proxy(known, {
    get: (target, name) => target[name] ?? ((...parameters) => calls.push([name, ...parameters])),
    set: (target, name, value) => {
      calls.push([name, value]);
      target[name] = value;
      return true;
    },
  });
}

const pens = new WeakMap();
window.HTMLCanvasElement.prototype.getContext = function getContext() {
  if (!pens.has(this)) pens.set(this, pen(this));
  return pens.get(this);
};

/** A canvas path as the list of its steps. */
class Path2D {
  constructor() {
    this.steps = [];
  }

  moveTo(x, y) {
    this.steps.push(["M", x, y]);
  }

  lineTo(x, y) {
    this.steps.push(["L", x, y]);
  }

  closePath() {
    this.steps.push(["z"]);
  }
}

/** The observers of sizes, which a test calls itself. */
export const resizeObservers = [];
class ResizeObserver {
  constructor(act) {
    this.act = act;
    this.observed = [];
    resizeObservers.push(this);
  }

  observe(node) {
    this.observed.push(node);
  }
}

/** Media queries and whether they hold; `setMedia` tells those who listen. */
const media = new Map();
function matchMedia(query) {
  if (!media.has(query)) media.set(query, Object.assign(new EventTarget(), { matches: false, media: query }));
  return media.get(query);
}

export function setMedia(query, matches) {
  const found = matchMedia(query);
  found.matches = matches;
  found.dispatchEvent(Object.assign(new NodeEvent("change"), { matches }));
}

const names = [
  ...["document", "location", "history", "Element", "HTMLElement", "SVGElement", "Node", "Event", "CustomEvent"],
  ...[
    "KeyboardEvent",
    "MouseEvent",
    "PointerEvent",
    "DOMParser",
    "HTMLInputElement",
    "RadioNodeList",
    "devicePixelRatio",
  ],
];
for (const name of names) globalThis[name] = window[name];
for (const name of ["getComputedStyle", "removeEventListener", "dispatchEvent"])
  globalThis[name] = window[name].bind(window);
/** Those who listen to the window, who would go on with the next page. */
let listeners = [];
globalThis.addEventListener = (...parameters) => {
  listeners.push(parameters);
  window.addEventListener(...parameters);
};
Object.assign(window, { Path2D, ResizeObserver, matchMedia });
Object.assign(globalThis, { window, Path2D, ResizeObserver, matchMedia });
globalThis.requestAnimationFrame = (act) => setTimeout(() => act(performance.now()), 0);
globalThis.cancelAnimationFrame = (id) => clearTimeout(id);
window.requestAnimationFrame = globalThis.requestAnimationFrame;
window.cancelAnimationFrame = globalThis.cancelAnimationFrame;
Object.defineProperty(globalThis, "navigator", { value: window.navigator, configurable: true });

/** Puts markup on the page, with the texts that scripts write and the language. */
export function setPage(markup, { texts = {}, lang = "vi", url = "http://portal.test/" } = {}) {
  for (const [type, act] of listeners) window.removeEventListener(type, act);
  listeners = [];
  media.clear();
  resizeObservers.length = 0;
  window.happyDOM.setURL(url);
  document.documentElement.lang = lang;
  document.documentElement.className = "";
  document.body.className = "";
  document.body.innerHTML = `<script type="application/json" id="texts">${JSON.stringify(texts)}</script>${markup}`;
}

/** A key pressed on an element; whether its default was prevented is in the event. */
export function press(node, key, options = {}) {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options });
  node.dispatchEvent(event);
  return event;
}

/** A mouse event on an element. */
export function mouse(node, type, options = {}) {
  const event = new MouseEvent(type, { bubbles: true, cancelable: true, ...options });
  node.dispatchEvent(event);
  return event;
}

/** Lets timers and promises that are due run. */
export const settled = (time = 30) => new Promise((done) => setTimeout(done, time));

/** Waits until something holds, for a few seconds at most: the test then fails by what it asserts. */
export async function until(holds) {
  for (let i = 0; i < 400 && !holds(); i += 1) await settled(10);
}

/** What the server answers, by the beginning of the address; what was asked is in `asked`. */
export const server = { answers: new Map(), asked: [] };
globalThis.fetch = async (url, options = {}) => {
  server.asked.push({ url: String(url), ...options });
  if (options.signal?.aborted) throw Object.assign(new Error("aborted"), { name: "AbortError" });
  const found = [...server.answers].find(([start]) => String(url).startsWith(start));
  if (!found) throw new TypeError("Failed to fetch");
  const answer = typeof found[1] === "function" ? await found[1](String(url), options) : found[1];
  return answer instanceof Response ? answer : Response.json(answer);
};
