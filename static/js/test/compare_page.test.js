import assert from "node:assert/strict";
import { test } from "node:test";
import { resizeObservers, server, settled, until } from "./browser.js";
import { NEW, OLD } from "./compare_documents.js";
import { $, $$, answerWith, asked, documentOf, number, open, text } from "./compare_screen.js";

test("on one day units stand for themselves, and nothing is asked of their succession", async () => {
  const eras = { left: { date: NEW, label: "After", units: 2 }, right: { date: NEW, label: "After", units: 2 } };
  const one = await open({ changes: { eras } });
  assert.deepEqual(one.successions.relatedUnits("d", "right"), { left: ["d"], right: ["d"] });
  const two = await open();
  assert.deepEqual(two.successions.relatedUnits("e", "right"), { left: ["c"], right: ["e"] });
});

test("the maps stand without the succession; the card says that it is not known", async () => {
  server.answers.set("/api/v1/succession", () => new Response("", { status: 500 }));
  await open({ url: "/compare?unit=d", changes: { left: { layer: { date: OLD, level: `level ${number}` } } } });
  assert.match($("#card").textContent, /comparison\.failed/);
});

test("a choice changes the comparison and says what moved along; the layout is no other question", async () => {
  const page = await open();
  await page.choose("mode", "swipe");
  assert.equal(asked("/api/v1/compare").length, 0);
  assert.equal($("#swipe").hidden, false);
  assert.equal($("#state-change").hidden, true);
  await page.choose("indicator", "fires");
  assert.match(asked("/api/v1/compare")[0].url, /indicator=fires/);
  assert.equal($("#state-change").hidden, false);
  await page.choose("indicator", "people");
  await page.choose("indicator", "houses");
  assert.equal($("#state-change").hidden, true);
});

test("what cannot be had is said, the page stays, and it is tried again when the line is back", async () => {
  const page = await open();
  server.answers.delete("/api/v1/compare");
  await page.choose("period", "2023");
  assert.equal(page.failed, true);
  assert.match(text("message"), /error\.offline/);
  assert.match(text("message"), /map\.failed/);
  assert.equal($("#progress").hidden, true);
  assert.equal($("#state-change").hidden, true);
  server.answers.set("/api/v1/compare", () => documentOf());
  dispatchEvent(new Event("online"));
  await until(() => $("#message").hidden);
  assert.equal($("#message").hidden, true);
  assert.equal(page.failed, false);
  const count = asked("/api/v1/compare").length;
  dispatchEvent(new Event("online"));
  await settled(30);
  assert.equal(asked("/api/v1/compare").length, count);
});

test("a failed choice leaves no word of what moved", async () => {
  const page = await open();
  server.answers.delete("/api/v1/compare");
  await page.choose("indicator", "rain");
  assert.equal($("#state-change").hidden, true);
  assert.equal($("#message").hidden, false);
});

test("the bar of what loads goes when the answer is there", async () => {
  const page = await open();
  $("#progress").hidden = false;
  await page.load();
  assert.equal($("#progress").hidden, true);
});

test("an answer that is given up says nothing and leaves the bar to its successor", async () => {
  const page = await open();
  let release;
  const gate = new Promise((done) => (release = done));
  server.answers.set("/api/v1/compare", async (url, { signal }) => {
    if (url.includes("2023")) {
      await gate;
      if (signal.aborted) throw Object.assign(new Error("given up"), { name: "AbortError" });
    }
    return documentOf();
  });
  page.state.period = "2023";
  const first = page.load();
  page.state.period = "2024";
  $("#progress").hidden = false;
  const second = page.load();
  release();
  await first;
  assert.equal($("#progress").hidden, false);
  assert.deepEqual([page.failed, $("#message").hidden], [false, true]);
  await second;
  assert.equal($("#progress").hidden, true);
});

test("an answer that is overtaken while its shapes or its succession come is not shown", async () => {
  const page = await open();
  const [shown] = [page.document];
  const controller = new AbortController();
  const other = documentOf({ title: "Overtaken" });
  const drawn = page.show(other, Promise.resolve(page.successions), controller.signal);
  controller.abort();
  await drawn;
  assert.equal(page.document, shown);
  const late = new AbortController();
  let count = 0;
  page.selection.show = () => (count += 1);
  let come;
  const overtaken = page.show(other, new Promise((done) => (come = () => done(page.successions))), late.signal);
  await settled();
  late.abort();
  come();
  await overtaken;
  assert.equal(count, 0);
  await page.show(other, Promise.resolve(page.successions), new AbortController().signal);
  assert.equal(count, 1);
});

test("an answer overtaken while its shapes come leaves the layout as it is", async () => {
  const page = await open();
  const controller = new AbortController();
  controller.abort();
  await page.view.show(documentOf(), "outline", 50, controller.signal);
  assert.equal($("#map-area").dataset.mode, "side");
});

test("other boundaries are shown whole, unless the address says a place", async () => {
  const page = await open();
  let fits = 0;
  page.view.fitAll = () => (fits += 1);
  await page.load();
  assert.equal(fits, 0);
  answerWith((n) => ({
    right: { dataset: `w${n}`, layer: { date: NEW }, units: { d: [20, 1, "actual", 0], e: [null, "no_data"] } },
  }));
  await page.navigate({ ...page.state, period: "2023" });
  assert.equal(fits, 1);
  answerWith((n) => ({
    right: { dataset: `w${n}`, layer: { date: NEW }, units: { d: [20, 1, "actual", 0], e: [null, "no_data"] } },
  }));
  await page.navigate({ ...page.state, period: "2022", view: "22.05,103.1,12" });
  assert.equal(fits, 1);
});

test("the table lists the chosen side, and keeps its order in the address", async () => {
  const page = await open();
  await page.choose("table", "left");
  assert.deepEqual(
    $$("#figures tbody tr").map((row) => row.dataset.id),
    ["b", "a", "c"],
  );
  page.sort("name");
  assert.match(location.search, /sort=name/);
  assert.deepEqual(
    $$("#figures tbody tr").map((row) => row.dataset.id),
    ["a", "b", "c"],
  );
  page.sort("value");
  assert.doesNotMatch(location.search, /sort=/);
  page.view.sides.shift();
  assert.equal(page.tableOf().era, "right");
});

test("the bare address stays bare until something is chosen or moved", async () => {
  const page = await open();
  assert.equal(location.search, "");
  assert.equal(page.address().startsWith("/compare?indicator="), true);
  page.state = {};
  assert.equal(page.address(), "/compare");
  await open({ url: "/compare?indicator=people" });
  assert.match(location.search, /indicator=people&period=2024/);
});

test("a place that a person moved to is in the address, one that was fitted or printed is not", async () => {
  const page = await open();
  const { map } = page.view.right;
  map.panBy([60, 0], { animate: false });
  assert.match(location.search, /view=/);
  page.view.fitAll();
  assert.doesNotMatch(location.search, /view=/);
  page.view.printing = true;
  map.panBy([60, 0], { animate: false });
  page.view.printing = false;
  page.view.linked.resizing = true;
  map.panBy([60, 0], { animate: false });
  page.view.linked.resizing = false;
  page.viewing = false;
  map.panBy([60, 0], { animate: false });
  assert.doesNotMatch(location.search, /view=/);
});

test("moving on a bare address writes it; fitting on a bare address does not", async () => {
  const page = await open();
  page.view.right.fitting = true;
  page.viewMoved();
  assert.equal(location.search, "");
  page.view.right.fitting = false;
  page.viewMoved();
  assert.match(location.search, /view=/);
});

test("an address with a place shows it, and going back asks anew", async () => {
  const page = await open({ url: "/compare?view=22.05,103.1,12" });
  assert.equal(page.view.right.map.getZoom(), 12);
  assert.equal(page.viewing, true);
  history.replaceState(null, "", "/compare?period=2021");
  dispatchEvent(new Event("popstate"));
  await until(() => page.viewing && page.view.right.map.getZoom() !== 12);
  assert.match(asked("/api/v1/compare").at(-1).url, /period=2021/);
  assert.notEqual(page.view.right.map.getZoom(), 12);
});

test("boxes that change size keep the view, but not before the first one, nor on paper", async () => {
  const page = await open({ start: false });
  const [observer] = resizeObservers;
  let shown = 0;
  page.showView = () => (shown += 1);
  observer.act();
  assert.equal(shown, 0);
  page.viewing = true;
  observer.act();
  assert.equal(shown, 1);
  page.view.printing = true;
  observer.act();
  assert.equal(shown, 1);
});

test("a found indicator is compared, a found unit opened on its side, all else is the search's", async () => {
  const page = await open();
  const chosen = [];
  page.choose = (...parameters) => chosen.push(parameters);
  assert.equal(page.openResult({ type: "indicator", id: "fires" }), true);
  assert.deepEqual(chosen, [["indicator", "fires"]]);
  assert.equal(page.openResult({ type: "unit", id: "d" }), true);
  assert.equal(page.selection.chosen().era, "right");
  assert.equal(page.openResult({ type: "unit", id: "a" }), true);
  assert.equal(page.selection.chosen().era, "left");
  assert.equal(page.openResult({ type: "unit", id: "elsewhere" }), false);
});

test("chosen places are in the address, and out of it when none is chosen", async () => {
  const page = await open({ url: "/compare?indicator=people" });
  page.chooseDrawn("places", "school,clinic");
  assert.equal(page.state.places, "school,clinic");
  assert.match(decodeURIComponent(location.search), /places=school,clinic/);
  page.chooseDrawn("places", "");
  assert.equal("places" in page.state, false);
  assert.doesNotMatch(location.search, /places=/);
});

test("what is exported is what is on the screen", async () => {
  const page = await open({ url: "/compare?unit=d" });
  const { page: name, kind, unit, layer } = page.exportContext();
  assert.deepEqual([name, kind, unit, layer.on], ["compare", "pair", "d", NEW]);
});
