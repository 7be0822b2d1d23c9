import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { press, setPage } from "./browser.js";
import { changeOf, comparisonOf, NEW, OLD, succession } from "./compare_documents.js";
import { showDecomposition } from "../compare/decomposition.js";
import { showComparisonHeadings } from "../compare/headings.js";
import { Successions } from "../compare/succession.js";
import { CompareUnitCard, signed } from "../compare/unit_card.js";

const TEXTS = {
  "comparison.rank": "{rank}/{of}",
  "comparison.ranks": "rank {before} to {after}",
  "comparison.step_of": "{before} to {after}: {difference}",
  "comparison.total": "total {total}, lines {redrawing}, real {real}",
  "comparison.units": "{n} units",
};
const ids = [
  "card",
  "changes",
  "map-title",
  "map-summary",
  "map-more",
  "head-left",
  "head-right",
  "foot-sources",
  "foot-boundary",
];
let picked;
let closed;

beforeEach(() => {
  setPage(ids.map((id) => `<div id="${id}"></div>`).join(""), { texts: TEXTS });
  document.title = "Old · Lai Chau";
  picked = [];
  closed = 0;
});

/** The card of a unit, as text by class. */
function card(id, side, changes = {}, more = {}) {
  const document = comparisonOf(changes);
  const pairs = new Successions(succession()).of(id, side);
  const unitCard = new CompareUnitCard({
    close: () => (closed += 1),
    pick: (...parameters) => picked.push(parameters),
  });
  unitCard.show({ id, side, document, name: `Xã ${id}`, unit: null, pairs, failed: false, ...more });
  return unitCard;
}
const text = (selector) => byClass(selector)?.textContent ?? null;
const byClass = (selector) => window.document.querySelector(`#card ${selector}`);
const texts = (selector) => [...window.document.querySelectorAll(`#card ${selector}`)].map((node) => node.textContent);

test("a number carries its sign; what rounds to nothing has none", () => {
  const indicator = { decimals: 1, measure_unit: { symbol: "%", space: false } };
  assert.deepEqual(
    [1.25, -1.24, 0.04, -0.04].map((value) => signed(value, indicator)),
    ["+1,3%", "-1,2%", "0,0%", "0,0%"],
  );
});

test("the card has the figure of its side, doubtful ones marked, missing ones in words", () => {
  card("b", "left");
  assert.equal(text(".card-value b"), "15\u00a0người");
  assert.ok(byClass(".doubt-sign"));
  card("a", "left");
  assert.equal(byClass(".doubt-sign"), null);
  card("c", "left");
  assert.equal(text(".card-missing"), "No figure");
  assert.equal(byClass(".card-value b"), null);
  assert.equal(text(".card-how"), null);
});

test("what a unit was formed from: each with its shares and its figure on the other side", () => {
  card("d", "right");
  assert.equal(text("caption b"), "comparison.formed (2)");
  assert.equal(text("caption small"), "comparison.shares_of");
  assert.deepEqual(texts("tbody tr")[0], "Xã Bản Lang1575,0%––");
  assert.deepEqual(texts("tbody tr")[1], "Xã An Bình525,0%–50,0%");
  byClass("tbody button").click();
  assert.deepEqual(picked, [["b", "left"]]);
});

test("what a unit became; of another time the words change places", () => {
  card("a", "left");
  assert.equal(text("caption b"), "comparison.became");
  assert.equal(text("caption small"), "comparison.shares_in");
  assert.equal(texts("tbody tr")[0], "Xã Dào San20100,0%–100,0%");
  card("c", "left");
  assert.match(texts("tbody tr")[0], /^Xã Eo–/);
  const eras = { left: { date: NEW, label: "After" }, right: { date: OLD, label: "Before" } };
  card("a", "left", { eras });
  assert.equal(text("caption b"), "comparison.formed");
});

test("a unit without others on the other side is unchanged, unless that could not be found out", () => {
  card("x", "left", {}, { pairs: [] });
  assert.equal(texts(".muted").includes("comparison.unchanged"), true);
  card("x", "left", {}, { pairs: [], failed: true });
  assert.equal(texts(".muted").includes("comparison.failed"), true);
  const eras = { left: { date: NEW, label: "After" }, right: { date: NEW, label: "After" } };
  card("x", "left", { eras }, { pairs: [], failed: true });
  assert.equal(
    texts(".muted").some((each) => /unchanged|failed/.test(each)),
    false,
  );
});

test("what changed: by the lines with the ranks, and in truth, for the unit on either side", () => {
  const changes = {
    redrawing: { units: { a: changeOf(15) } },
    real: { units: { d: changeOf(3, { before_text: "17" }) } },
    parts: { a: { to: "d", total: 18, redrawing: 15, real: 3, known: "both" } },
  };
  card("a", "left", changes);
  assert.deepEqual(texts(".card-change dd"), ["5 to 20: +15; rank 2/3 to 1/2", "17 to 20: +3"]);
  assert.equal(text(".known"), "total +18\u00a0người, lines +15\u00a0người, real +3\u00a0người");
  card("d", "right", changes);
  assert.deepEqual(texts(".card-change dd"), ["17 to 20: +3"]);
  assert.equal(text(".known"), null);
});

test("a change that is not known is not told; ranks are, where both are", () => {
  const none = { redrawing: { units: { a: changeOf(null) } }, real: { units: { d: changeOf(null) } } };
  card("a", "left", none);
  assert.equal(byClass(".card-change"), null);
  for (const missing of [{ rank_before: null }, { rank_after: null }]) {
    card("a", "left", { redrawing: { units: { a: changeOf(15, missing) } } });
    assert.deepEqual(texts(".card-change dd"), ["5 to 20: +15"]);
  }
});

test("of a part that is not known a dash stands, and nothing where none is", () => {
  const redrawing = { units: { a: changeOf(15) } };
  const part = { to: "d", total: null, redrawing: 15, real: null, known: "both" };
  card("a", "left", { redrawing, parts: { a: part } });
  assert.equal(text(".known"), "total –, lines +15\u00a0người, real –");
  card("a", "left", { redrawing, parts: { a: { ...part, known: "redrawing" } } });
  assert.equal(text(".known"), "comparison.only_redrawing");
  card("a", "left", { redrawing, parts: { a: { ...part, known: "none" } } });
  assert.equal(text(".known"), null);
});

test("the legal basis is told once with its notes, and left out where there is none", () => {
  card("d", "right");
  assert.deepEqual(texts(".card-basis li"), ["1 July 2025: Resolutionseat moved"]);
  card("c", "left");
  assert.equal(byClass(".card-basis"), null);
  const [pair] = new Successions(succession()).of("a", "left");
  card("a", "left", {}, { pairs: [{ ...pair, events: [{ ...pair.events[0], legal_basis: "" }] }] });
  assert.deepEqual(texts(".card-basis li"), ["1 July 2025"]);
});

test("links lead to the unit and to the map, in the reader's language where it is not the default one", () => {
  const hrefs = () =>
    [...window.document.querySelectorAll("#card .card-links a")].map((link) => link.getAttribute("href"));
  card("a", "left");
  const query = comparisonOf().left.query;
  assert.deepEqual(hrefs(), ["/units/a", `/?${query}&unit=a`]);
  window.document.documentElement.lang = "en";
  card("a", "left");
  assert.deepEqual(hrefs(), ["/units/a?lang=en", `/?${query}&lang=en&unit=a`]);
  card("a", "left", { left: { query: "indicator=people&lang=en" } });
  assert.deepEqual(hrefs()[1], "/?indicator=people&lang=en&unit=a");
});

test("Escape closes the card, another key does not", () => {
  card("a", "left");
  press(window.document.getElementById("card"), "x");
  assert.equal(closed, 0);
  press(window.document.getElementById("card"), "Escape");
  assert.equal(closed, 1);
});

test("what made the change: in sentences where it is known, why not where it is not", () => {
  showDecomposition(comparisonOf());
  const of = (selector) => [...window.document.querySelectorAll(`#changes ${selector}`)];
  assert.deepEqual(
    of("dd").map((node) => [node.textContent, node.className]),
    [
      ["Redrawn.", ""],
      ["One period.", "muted"],
    ],
  );
  assert.equal(of("table").length, 1);
  showDecomposition(
    comparisonOf({ redrawing: { known: false, reason: "No figures.", sentence: "x" }, real: { reason: "" } }),
  );
  assert.deepEqual(
    of("dd").map((node) => [node.textContent, node.className]),
    [["No figures.", "muted"]],
  );
  assert.equal(of("table").length, 0);
});

const node = (id) => window.document.getElementById(id).textContent;
const bothSides = (document) => [
  { document: document.left, era: "left" },
  { document: document.right, era: "right" },
];

test("headings of two maps: title, a sentence for each part, and how the figures came about", () => {
  const recast = {
    counts: [
      { label: "summed", count: 2 },
      { label: "estimated", count: 0 },
    ],
    units: {},
  };
  const document = comparisonOf({ right: { recast } });
  const said = showComparisonHeadings(document, bothSides(document), "side");
  assert.equal(said, "Before and after. Only the lines.");
  assert.equal(window.document.title, "Before and after · Lai Chau");
  assert.equal(node("map-summary"), "Redrawn. Only the lines.");
  assert.equal(node("map-more"), "Most live in C. Most live in C.");
  assert.equal(node("head-left"), "Before 3 units · official Population, year 2024 · comparison.published");
  assert.equal(node("head-right"), "After 2 units · official Population, year 2024 · summed (2)");
  assert.equal(node("foot-sources"), "map.source: Source one; Source two");
});

test("figures of which nothing is counted are recast all the same; a second period is named", () => {
  const right = { recast: { counts: [], units: {} } };
  const document = comparisonOf({
    right,
    real: { period2: { period: "2025", label: "year 2025" }, sentence: "Grew." },
  });
  showComparisonHeadings(document, bothSides(document), "side");
  assert.equal(node("head-right"), "After 2 units · official Population, year 2025 · comparison.recast");
  assert.equal(node("map-summary"), "Redrawn. Grew.");
});

test("headings of a difference: its own title and summary, and the part that it shows", () => {
  const shown = (part) => {
    const document = comparisonOf({ difference: { part }, real: { sentence: "Grew." } });
    const side = { ...document.right, subtitle: "side", part };
    showComparisonHeadings(document, [{ document: side, era: "right" }], "difference");
    return [node("map-title"), node("map-summary"), node("map-more"), node("head-right").split("official ")[1]];
  };
  assert.deepEqual(shown("real"), ["Difference", "Grew. Only the lines.", "Up by 15.", "d − a"]);
  assert.deepEqual(shown("redrawing"), ["Difference", "Redrawn. Grew.", "Up by 15.", "d − a"]);
  assert.deepEqual(shown(""), ["Difference", "Redrawn. Grew.", "Up by 15.", "side"]);
});

test("beside a real difference two maps have the sentences of both parts; a reason stands where a sentence is missing", () => {
  const document = comparisonOf({ difference: { part: "real" }, redrawing: { sentence: "", reason: "No lines." } });
  showComparisonHeadings(document, bothSides(document), "side");
  assert.equal(node("map-summary"), "No lines. Only the lines.");
});

test("without sources none are named", () => {
  const document = comparisonOf({ left: { sources: [] }, right: { sources: [] } });
  showComparisonHeadings(document, bothSides(document), "side");
  assert.equal(node("foot-sources"), "");
});
