/** Small helpers to build elements. Text always enters as text, never as markup. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {Element} node
 * @param {Record<string, any>} props `text`, `on` ({event: handler}), else attributes; null is left out
 * @param {(Node|string|null|undefined)[]} children
 */
function fill(node, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") node.textContent = String(value);
    else if (name === "on") {
      for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    } else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** @returns {HTMLElement} an HTML element */
export function el(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** @returns {SVGElement} an SVG element */
export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

/** @returns {HTMLElement|null} */
export function byId(id) {
  return document.getElementById(id);
}

/** Reads the JSON a page carries in `<script type="application/json" id="…">`. */
export function readJson(id, fallback = null) {
  const node = byId(id);
  return node ? JSON.parse(node.textContent) : fallback;
}

let announceTimer = 0;

/** Says a sentence to screen readers; of several in a row only the last is said. */
export function announce(sentence) {
  clearTimeout(announceTimer);
  announceTimer = setTimeout(() => {
    const region = byId("live");
    if (region) region.textContent = sentence;
  }, 120);
}
