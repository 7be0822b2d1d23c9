import assert from "node:assert/strict";
import { test } from "node:test";
import { mouse, press, server, setInLayout, setPage } from "./browser.js";
import { catalogue, NEW, OLD, PAGE } from "./compare_documents.js";
import { $, $$, asked, eraOf, open, text } from "./compare_screen.js";
import { CompareControls } from "../compare/controls.js";
import { showDecomposition } from "../compare/decomposition.js";

test("both maps, their legend, the table and the choices show the answer", async () => {
  const page = await open();
  assert.deepEqual(eraOf(page), ["left", "right"]);
  assert.equal(text("map-title"), "Before and after");
  assert.deepEqual($$("#left path.unit").length, 3);
  assert.deepEqual($$("#right path.unit").length, 2);
  assert.deepEqual(
    $$("#figures tbody tr").map((row) => row.dataset.id),
    ["d", "e"],
  );
  assert.deepEqual(
    $$("#legend-body .legend-count").map((cell) => cell.textContent),
    ["1 | 0", "1 | 1", "1 | 1"],
  );
  assert.equal(text("legend-of"), "comparison.legend_sides");
  assert.equal($("#legend-body .former-boundary"), null);
  assert.equal($('[name="mode"][value="side"]').checked, true);
  assert.equal($("#table-side").hidden, false);
  assert.equal(asked("/api/v1/compare").length, 0);
});

test("the controls follow the catalogue: periods with their counts, days of the level, those with figures on the left", async () => {
  await open();
  assert.deepEqual(
    $$("#period option").map((each) => each.textContent),
    ["2025", "2024 (2/3)"],
  );
  assert.deepEqual(
    $$("#period2 option").map((each) => each.textContent),
    ["comparison.same_figures", "2025 (1/2)"],
  );
  assert.deepEqual(
    $$("#date-list input").map((each) => each.value),
    [NEW, OLD],
  );
  assert.deepEqual(
    $$("#on-list label").map((each) => each.textContent),
    ["After", "comparison.as_published"],
  );
  assert.deepEqual([text("name-left"), text("name-right")], ["comparison.left", "comparison.right"]);
  assert.equal($("#to-balance").hidden, false);
  assert.match($("#csv-succession").href, /from=2020-02-01&to=2025-07-01/);
});

test("before the catalogue comes the lists stay as the server wrote them", async () => {
  server.answers.set("/api/v1/catalogue", () => new Response("", { status: 500 }));
  const page = await open();
  assert.equal($$("#date-list input").length, 0);
  page.controls.setCatalogue(catalogue());
  assert.equal($$("#date-list input").length, 2);
  page.controls.setCatalogue(null);
  const bare = new CompareControls(() => {});
  bare.setCatalogue(catalogue());
  assert.equal(bare.catalogue.themes.length, 1);
});

test("the balance is of counts over two days only; figures put onto former units change the sides' names", async () => {
  await open({ changes: { left: { layer: { date: OLD }, indicator: { kind: "ratio" } } } });
  assert.equal($("#to-balance").hidden, true);
  await open({ changes: { left: { layer: { date: NEW } }, eras: { right: { date: NEW, label: "After", units: 2 } } } });
  assert.equal($("#to-balance").hidden, true);
  const eras = { left: { date: NEW, label: "After" }, right: { date: OLD, label: "Before" } };
  await open({ changes: { eras } });
  assert.deepEqual([text("name-left"), text("name-right")], ["comparison.right", "comparison.left"]);
});

test("the list that has the focus keeps it", async () => {
  const page = await open();
  $("#on-list input:checked").focus();
  page.controls.show(page.document, "side", "right");
  assert.equal(document.activeElement, $("#on-list input:checked"));
  $("#search").focus();
  page.controls.show(page.document, "side", "right");
  assert.equal(document.activeElement, $("#search"));
});

test("named classes have no difference to draw, so that layout is not offered", async () => {
  const page = await open();
  const offered = () =>
    [...document.querySelectorAll('#main [name="mode"]')]
      .filter((input) => !input.closest("label").hidden)
      .map(({ value }) => value);
  const every = offered();
  assert.equal(every.includes("difference"), true);
  page.controls.show({ ...page.document, classes: {} }, "side", "right");
  assert.deepEqual(
    offered(),
    every.filter((mode) => mode !== "difference"),
  );
  page.controls.show(page.document, "side", "right");
  assert.deepEqual(offered(), every);
});

test("what made the change is headed by what is compared: figures, or named classes", async () => {
  const page = await open();
  assert.equal($("#changes h2").textContent, "comparison.changed");
  const classes = { list: [], before: [], after: [], transitions: [], notes: [] };
  showDecomposition({ ...page.document, classes });
  assert.equal($("#changes h2").textContent, "comparison.classes");
});

test("only controls of the form choose", async () => {
  const chosen = [];
  setPage(`${PAGE}`);
  new CompareControls((...parameters) => chosen.push(parameters));
  const change = (node) => node.dispatchEvent(new Event("change", { bubbles: true }));
  const outside = document.createElement("input");
  outside.name = "elsewhere";
  $("#main").append(outside);
  const unnamed = document.createElement("input");
  $("#controls").append(unnamed);
  [outside, unnamed].forEach(change);
  assert.deepEqual(chosen, []);
  change($('[name="mode"][value="swipe"]'));
  assert.deepEqual(chosen, [["mode", "swipe"]]);
});

test("the sheet of a small screen covers the page, and gives it back", async () => {
  await open();
  const opener = $("#open-controls");
  opener.click();
  assert.equal(document.activeElement, $("#close-controls"));
  assert.ok($("#map-area").inert && $("header.top").inert && !$("#controls").inert && !$("#live").inert);
  press($("#controls"), "Escape");
  assert.equal(document.activeElement, opener);
  assert.equal($("#map-area").inert, false);
});

test("a difference is one map with one row of counts, and its table has signs", async () => {
  const page = await open({ url: "/compare?mode=difference" });
  assert.deepEqual(eraOf(page), ["right"]);
  assert.equal(text("map-title"), "Difference");
  assert.deepEqual(
    $$("#legend-body .legend-count").map((cell) => cell.textContent),
    ["1", "1", "1"],
  );
  assert.equal(text("legend-of"), "legend.of_total");
  assert.equal($("#figures .sign").textContent, "+");
  assert.equal($("#figures td.num").firstChild.className, "sign");
  assert.deepEqual([$("#measure-field").hidden, $("#table-side").hidden], [false, true]);
  assert.equal(page.exportContext().kind, "difference");
  assert.equal(page.selection.words("d", "right").value, "+15 người");
});

test("a difference that fell or of plain figures has no sign", async () => {
  await open({
    url: "/compare?mode=difference",
    changes: { difference: { units: { d: [-15, 0, "actual", 0], e: [0, 0, "actual", 0] } } },
  });
  assert.equal($("#figures .sign"), null);
  await open();
  assert.equal($("#figures .sign"), null);
  assert.deepEqual([$("#measure-field").hidden], [true]);
});

test("a difference on former units is of the left side", async () => {
  const page = await open({
    url: "/compare?mode=difference",
    changes: { difference: { boundaries: { level: "commune", date: OLD }, units: { a: [1, 0, "actual", 0] } } },
  });
  assert.deepEqual(eraOf(page), ["left"]);
});

test("the pooled classes explain two maps, its own classes one map alone", async () => {
  const classes = (label) => ({ legend: { classes: [{ lower: 0, upper: 50, label, colour: "#112233", count: 1 }] } });
  const changes = { ...classes("pooled"), right: classes("after"), left: classes("before") };
  const page = await open({ changes: { ...changes } });
  const explained = () => $("#legend-body .legend-label").textContent;
  assert.equal(explained(), "pooled");
  await page.choose("mode", "outline");
  assert.equal(explained(), "after");
});

test("an outline is the later map with the former boundaries over it and in the legend", async () => {
  const page = await open({ url: "/compare?mode=outline" });
  assert.deepEqual(eraOf(page), ["right"]);
  assert.equal($$("#right .former-boundary").length, 2);
  assert.ok($("#legend-body .former-boundary"));
  assert.equal($("#table-side").hidden, true);
  const { group } = page.view.formerBoundaries;
  const before = group.getLayers()[0];
  await page.load();
  assert.equal(group.getLayers()[0], before);
  await page.choose("mode", "side");
  assert.equal($$("#right .former-boundary").length, 0);
});

test("one map follows the other, dragged or zoomed, whichever is moved", async () => {
  const page = await open();
  const [left, right] = page.view.linked.maps;
  right.setView([22.04, 103.2], 12, { animate: false });
  assert.deepEqual([left.getZoom(), left.getCenter().lat.toFixed(3)], [12, "22.040"]);
  left.setView([22.02, 103.2], 11, { animate: false });
  assert.deepEqual([right.getZoom(), right.getCenter().lat.toFixed(3)], [11, "22.020"]);
  const pane = right.getPane("mapPane");
  const before = pane._leaflet_pos;
  left._rawPanBy({ x: 30, y: 0, subtract() {}, clone: () => ({ x: 30, y: 0 }) });
  page.view.linked.follow(left, right);
  assert.notEqual(pane._leaflet_pos.x, before.x);
});

/** Shifts the drawing of a map as a drag does, before it rests. */
const drag = (map, x) => map._rawPanBy({ x, y: 0, subtract() {}, clone: () => ({ x, y: 0 }) });
const shiftOf = (map) => map.getPane("mapPane")._leaflet_pos.x;

test("while one map is dragged the other is only shifted, and drawn anew when both rest", async () => {
  const page = await open();
  const { linked } = page.view;
  const [left, right] = linked.maps;
  right.setView(left.getCenter(), left.getZoom(), { animate: false });
  let rests = 0;
  right.on("moveend", () => (rests += 1));
  const before = shiftOf(right);
  drag(left, 30);
  linked.follow(left, right);
  assert.equal(Math.abs(shiftOf(right) - before), 30);
  assert.equal(rests, 0);
  linked.settle(left, right);
  assert.equal(rests, 1);
});

test("a drag shifts no map that is being set, and none from or out of the layout", async () => {
  const page = await open();
  const { linked } = page.view;
  const [left, right] = linked.maps;
  right.setView(left.getCenter(), left.getZoom(), { animate: false });
  const before = shiftOf(right);
  drag(left, 30);
  linked.busy = true;
  linked.follow(left, right);
  linked.busy = false;
  for (const away of [left, right]) {
    setInLayout(away.getContainer(), false);
    linked.follow(left, right);
    setInLayout(away.getContainer(), true);
  }
  assert.equal(shiftOf(right), before);
});

test("a map out of the layout neither leads nor follows, and takes no size", async () => {
  const page = await open();
  const { linked } = page.view;
  const [left, right] = linked.maps;
  const zoom = left.getZoom();
  for (const [away, moved] of [
    [left, right],
    [right, left],
  ]) {
    setInLayout(away.getContainer(), false);
    const other = moved === right ? left : right;
    const [was, center] = [other.getZoom(), other.getCenter().lat];
    moved.setView([22.01, 103.21], zoom + 1, { animate: false });
    linked.follow(moved, other);
    assert.deepEqual([other.getZoom(), other.getCenter().lat], [was, center]);
    linked.settle(other, moved);
    assert.equal(moved.getZoom(), zoom + 1);
    linked.follow(other, moved);
    assert.equal(moved.getZoom(), zoom + 1);
    setInLayout(away.getContainer(), true);
    moved.setView(other.getCenter(), was, { animate: false });
  }
});

test("while one map is set the other does not answer; after the layout both take their size", async () => {
  const page = await open();
  const { linked } = page.view;
  const [left, right] = linked.maps;
  linked.busy = true;
  right.setView([22.03, 103.1], 13, { animate: false });
  linked.follow(right, left);
  assert.notEqual(left.getZoom(), 13);
  linked.busy = false;
  const sizes = [];
  for (const map of [left, right]) map.invalidateSize = () => sizes.push(map === left ? "left" : "right");
  setInLayout(left.getContainer(), false);
  linked.resize();
  assert.deepEqual(sizes, ["right"]);
  setInLayout(left.getContainer(), true);
  linked.resize();
  assert.deepEqual(sizes.slice(1), ["left", "right"]);
  assert.equal(left.getZoom(), 13);
  assert.deepEqual([linked.busy, linked.resizing], [false, false]);
});

test("the line between two maps clips each to its side, and is moved by keys and by the pointer", async () => {
  const page = await open({ url: "/compare?mode=swipe&split=25" });
  const { swipe } = page.view;
  const clip = (side) => page.view[side].map.getPane("mapPane").style.clipPath;
  const xs = (side) =>
    clip(side)
      .match(/-?[\d.]+px/g)
      .map(parseFloat)
      .filter((_, i) => i % 2 === 0);
  const [left, right] = [xs("left"), xs("right")];
  assert.equal(Math.max(...left) - Math.min(...left), 100);
  assert.equal(Math.max(...right) - Math.min(...right), 300);
  assert.ok(Math.max(...left) <= Math.min(...right) + 400);
  const handle = $("#swipe");
  assert.ok(press(handle, "ArrowRight").defaultPrevented);
  assert.equal(handle.getAttribute("aria-valuenow"), "27");
  assert.match(location.search, /split=27/);
  for (const name of ["ctrlKey", "metaKey", "altKey"])
    assert.equal(press(handle, "ArrowRight", { [name]: true }).defaultPrevented, false);
  assert.equal(press(handle, "x").defaultPrevented, false);
  assert.equal(swipe.split, 27);
  const pointer = (type, clientX) =>
    handle.dispatchEvent(new PointerEvent(type, { clientX, pointerId: 1, cancelable: true }));
  pointer("pointermove", 300);
  pointer("pointerup");
  assert.equal(swipe.split, 27);
  pointer("pointerdown", 108);
  pointer("pointermove", 300);
  assert.equal(swipe.split, 75);
  assert.match(location.search, /split=27/);
  pointer("pointerup");
  assert.match(location.search, /split=75/);
  pointer("pointermove", 100);
  assert.equal(swipe.split, 75);
  press(handle, "Home");
  assert.equal(swipe.split, 0);
  press(handle, "End");
  assert.equal(swipe.split, 100);
  await page.choose("mode", "side");
  assert.deepEqual([clip("left"), clip("right"), handle.hidden], ["", "", true]);
});

test("a legend row lights on both maps, and the pointer tells in which row its unit stands", async () => {
  const page = await open();
  const [first] = $$("#legend-body button");
  mouse(first, "mouseover");
  assert.equal($("#left").classList.contains("is-highlighted"), true);
  assert.deepEqual(page.legend.unitIds(page.legend.rows[0]), { left: ["a"], right: [] });
  page.legend.pointAll({ left: ["a"], right: ["nowhere"] });
  assert.deepEqual($$("#legend-body .is-highlighted"), [first]);
});
