import assert from "node:assert/strict";
import { test } from "node:test";
import { settled } from "./browser.js";
import { changeOf, NEW } from "./compare_documents.js";
import { $, $$, open, selected, text } from "./compare_screen.js";

test("a unit opened on a map is outlined there with all that belong to it, and stands in the address", async () => {
  const page = await open();
  page.view.right.handlers.pick("d");
  assert.equal(location.search.includes("unit=d"), true);
  assert.deepEqual([selected("left"), selected("right")], [1, 1]);
  assert.equal($("#card").hidden, false);
  assert.equal(document.activeElement.id, "card-title");
  assert.equal($("#left").classList.contains("is-highlighted"), true);
  assert.deepEqual(
    $$("#figures .is-selected").map((row) => row.dataset.id),
    ["d"],
  );
  page.view.right.handlers.clear();
  assert.equal($("#card").hidden, true);
  assert.equal(location.search.includes("unit="), false);
  assert.equal(document.activeElement, $("#right"));
  assert.deepEqual([selected("left"), selected("right")], [0, 0]);
  assert.equal($("#left").classList.contains("is-highlighted"), false);
});

test("closing what is not open does nothing; from the table the focus returns to its row", async () => {
  const page = await open();
  const pushed = [];
  page.pushHistory = () => pushed.push(1);
  page.selection.close();
  assert.equal(pushed.length, 0);
  page.table.on.open("d");
  page.selection.close();
  assert.equal(document.activeElement, $('#figures [data-id="d"] button'));
  page.table.on.open("d");
  page.selection.card.on.pick("a", "left");
  assert.equal(page.selection.from, "table");
  page.selection.close();
  assert.equal(document.activeElement, $("#left"));
  page.selection.open("e", "right", "map");
  page.selection.close();
  assert.equal(document.activeElement, $("#right"));
});

test("a unit of an address is opened on the side that has it, and where it was opened when both do", async () => {
  const both = {
    right: { layer: { date: NEW }, units: { a: [1, 0, "actual", 0], d: [20, 1, "actual", 0], e: [null, "no_data"] } },
  };
  const page = await open({ url: "/compare?unit=a", changes: both });
  assert.equal(page.selection.chosen().era, "right");
  page.selection.era = "left";
  assert.equal(page.selection.chosen().era, "left");
  page.state.unit = "d";
  assert.equal(page.selection.chosen().era, "right");
  page.state.unit = "nowhere";
  assert.equal(page.selection.chosen(), null);
  page.state.unit = "a";
  page.document = null;
  assert.equal(page.selection.chosen(), null);
});

test("opening by address takes no focus; the card of either side says the unit's own name", async () => {
  await open({ url: "/compare?unit=a" });
  assert.notEqual(document.activeElement.id, "card-title");
  assert.equal(text("card-title"), "Xã An Bình");
  assert.equal($("#card .muted").textContent.startsWith("commune"), true);
  const page = await open({ url: "/compare?unit=d" });
  assert.equal(text("card-title"), "Xã Dào San");
  assert.equal(page.selection.nameOf("e", "right"), "Xã Eo");
});

test("the legend dims all units but those of a row on both maps, and brings back those of the chosen unit", async () => {
  const page = await open();
  const dim = (view) => [...view.layers[0].part.paths.values()].map((path) => path.options.fillOpacity);
  page.selection.highlight({ left: ["a"], right: [] });
  assert.deepEqual(
    [dim(page.view.left), dim(page.view.right)],
    [
      [1, 0.18, 0.18],
      [0.18, 0.18],
    ],
  );
  page.selection.highlight(null);
  assert.deepEqual([dim(page.view.left), $("#left").classList.contains("is-highlighted")], [[1, 1, 1], false]);
  page.view.right.handlers.pick("d");
  assert.deepEqual(
    [dim(page.view.left), dim(page.view.right)],
    [
      [1, 1, 0.18],
      [1, 0.18],
    ],
  );
});

test("on one map the chosen unit does not dim the others", async () => {
  const page = await open({ url: "/compare?mode=difference&unit=d" });
  page.selection.highlight(null);
  assert.equal($("#right").classList.contains("is-highlighted"), false);
  page.selection.highlight({ right: ["e"] });
  assert.equal($("#right").classList.contains("is-highlighted"), true);
});

test("the pointer marks the unit and those that belong to it, on both maps, in legend and table", async () => {
  const page = await open();
  const pointed = () => $$("#figures .is-pointed").map((row) => row.dataset.id);
  const { hover } = page.view.left.handlers;
  hover("a", { clientX: 10, clientY: 10, pointerType: "mouse" });
  assert.equal($$("#right .unit-outline-pointed").length, 2);
  assert.deepEqual(pointed(), ["d"]);
  assert.deepEqual($$("#legend-body .is-highlighted").length, 2);
  assert.equal($(".tooltip").hidden, false);
  assert.equal($(".tooltip-other").textContent, "comparison.became: Dào San");
  hover(null);
  assert.deepEqual([pointed(), $(".tooltip").hidden, $$(".unit-outline-pointed").length], [[], true, 0]);
  page.view.right.handlers.hover("e");
  assert.deepEqual([pointed(), $(".tooltip").hidden], [["e"], true]);
});

test("a finger gets no tooltip, and a unit is marked once", async () => {
  const page = await open();
  let count = 0;
  const { mark } = page.selection;
  page.selection.mark = (...parameters) => {
    count += 1;
    mark.apply(page.selection, parameters);
  };
  page.view.left.handlers.hover("a", { clientX: 1, clientY: 1, pointerType: "touch" });
  page.view.left.handlers.hover("a", { clientX: 2, clientY: 1, pointerType: "touch" });
  assert.equal($(".tooltip").hidden, true);
  assert.equal(count, 1);
  page.view.left.handlers.hover(null);
  assert.equal(count, 2);
});

test("a mark of the pointer does not choose labels", async () => {
  const page = await open();
  const labels = page.view.left.layers[3].part;
  page.selection.mark("pointed", { left: ["a"] });
  assert.equal(labels.selected, null);
  page.selection.mark("selected", { left: ["a"] });
  assert.equal(labels.selected, "a");
});

test("the keyboard begins at the chosen unit of its map, and says what it comes to", async () => {
  const page = await open();
  assert.equal(page.selection.start(page.view.left), "a");
  page.state.unit = "e";
  assert.equal(page.selection.start(page.view.left), "c");
  $("#live").textContent = "";
  page.selection.name("b", "left");
  await settled(150);
  assert.equal(text("live"), "Xã Bản Lang Sơn, 15\u00a0người, doubtful, comparison.became: Dào San");
  page.selection.name(null, "left");
  await settled(150);
  assert.match(text("live"), /Bản Lang/);
});

test("words of a unit: missing in the legend's words, doubt only where there is some, many others counted", async () => {
  const page = await open();
  const { selection } = page;
  assert.deepEqual([selection.words("c", "left").value, selection.words("c", "left").note], ["No figure", ""]);
  assert.equal(selection.words("a", "left").note, "");
  assert.equal(selection.words("d", "right").other, "comparison.formed: Bản Lang, An Bình");
  page.successions.of = () => Array.from({ length: 7 }, (_, i) => ({ to: { name: `n${i}` } }));
  assert.equal(selection.others("a", "left"), "comparison.became: n0, n1, n2, n3, n4 popup.more");
  page.successions.of = () => [];
  assert.equal(selection.others("a", "left"), "");
});

test("changes of a unit are told on its card", async () => {
  await open({ url: "/compare?unit=a", changes: { redrawing: { units: { a: changeOf(15) } } } });
  assert.equal($$("#card .card-change dd").length, 1);
});
