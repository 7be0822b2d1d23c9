/** Small helpers to build elements. Text always enters as text, never as markup. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {Element} T
 * @param {T} node
 * @param {Record<string, any>} props `text`, `on` ({event: handler}), else attributes; null is left out
 * @param {(Node|string|null|undefined)[]} children
 * @returns {T}
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

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [props] see `fill`
 * @param {(Node|string|null|undefined)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [props] see `fill`
 * @param {(Node|string|null|undefined)[]} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

/** @typedef {import("../page_elements").ElementsById} ElementsById */

/**
 * @template {string} K
 * @param {K} id
 * @returns {K extends keyof ElementsById ? ElementsById[K] : HTMLElement} null where the page has none
 */
export function byId(id) {
  return /** @type {any} */ (document.getElementById(id));
}

/**
 * @param {ParentNode} root
 * @param {string} name
 * @returns {HTMLInputElement[]} the radio buttons or boxes of that name
 */
export function inputsNamed(root, name) {
  return [.../** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll(`input[name="${name}"]`))];
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
