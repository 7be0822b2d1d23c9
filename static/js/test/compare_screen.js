/** The page of a comparison on a browser without a screen, with a server of its own. */

import { beforeEach } from "node:test";
import { server, setPage, setSize } from "./browser.js";
import { catalogue, comparisonOf, newTopology, OLD, PAGE, succession } from "./compare_documents.js";
import { topology } from "./fixtures.js";
import { ComparePage } from "../compare/page.js";
import { MapView } from "../map/map_view.js";

const BOUNDS = [
  [22, 103],
  [22.1, 103.3],
];
export const $ = (selector) => document.querySelector(selector);
export const $$ = (selector) => [...document.querySelectorAll(selector)];
export const text = (id) => document.getElementById(id).textContent;
export const asked = (start) => server.asked.filter(({ url }) => url.startsWith(start));
let answer;

/** Number of the test: see `documentOf`. */
export let number = 0;

/** Every dataset has its own addresses, so that nothing of another test is remembered. */
export const documentOf = (changes = {}) => comparisonOf({ dataset: `v${number}`, ...changes });

beforeEach(() => {
  number += 1;
  answer = {};
  server.asked.length = 0;
  server.answers.clear();
  server.answers.set("/api/v1/compare", () => documentOf(answer));
  server.answers.set("/api/v1/succession", () => succession());
  server.answers.set("/api/v1/catalogue", () => catalogue());
  server.answers.set("/api/v1/boundaries", (url) => (url.includes(OLD) ? topology() : newTopology()));
});

/** The page of a comparison, with both maps drawn. */
export async function open({ url = "/compare", changes = {}, start = true } = {}) {
  setPage(PAGE, {
    url: `http://portal.test${url}`,
    texts: { "choose.moved": "Moved to {to}", "legend.doubtful": "doubtful" },
  });
  document.title = "Old · Lai Chau";
  for (const id of ["left", "right"]) setSize(document.getElementById(id), 400, 300);
  setSize(document.getElementById("map-area"), 820, 600);
  const [left, right] = ["left", "right"].map((id) => new MapView(id, { bounds: BOUNDS, zoomAnimation: false }));
  for (const view of [left, right]) {
    for (const type of ["units", "outlines", "overlay", "labels"]) view.addLayer({ type });
  }
  const page = new ComparePage(left, right);
  answer = changes;
  if (start) await page.start(documentOf(changes));
  return page;
}

/** What the server answers from here on, with shapes of its own. */
export function answerWith(changesOf) {
  number += 1;
  answer = changesOf(number);
}

export const eraOf = (page) => page.view.sides.map(({ era }) => era);
export const selected = (side) => $$(`#${side} .unit-outline-ink.unit-outline-selected`).length;
