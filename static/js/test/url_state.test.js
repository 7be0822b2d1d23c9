import assert from "node:assert/strict";
import test from "node:test";
import { layerQuery, readQuery, readView, withDefaultSymbology, writeQuery, writeView } from "../core/url_state.js";

test("an address is read and written back the same, in one order", () => {
  const search = "?date=2025-07-01&indicator=population&sort=name&period=2025-01/2025-09&thresholds=1,2.5";
  const expected = "indicator=population&period=2025-01/2025-09&date=2025-07-01&thresholds=1,2.5&sort=name";
  assert.equal(writeQuery(readQuery(search)), expected);
  assert.equal(writeQuery(readQuery(`?${expected}`)), expected);
});

test("what is unknown or empty is left out", () => {
  assert.deepEqual(readQuery("?indicator=&evil=<script>&unit=03390-20250701"), { unit: "03390-20250701" });
});

test("the layer's query leaves out what only the page knows", () => {
  assert.equal(
    layerQuery({ indicator: "a", unit: "b", view: "1,2,3", sort: "name", lang: "en" }),
    "indicator=a&lang=en",
  );
});

test("default drawing keeps what is shown and drops how", () => {
  const state = { indicator: "a", scheme: "pretty", classes: "7", palette: "greens", title: "x", unit: "u" };
  assert.deepEqual(withDefaultSymbology(state), { indicator: "a", unit: "u" });
});

test("a view outside the world is no view", () => {
  assert.deepEqual(readView("22.3,103.1,9.5"), { lat: 22.3, lon: 103.1, zoom: 9.5 });
  for (const wrong of [undefined, "", "1,2", "1,2,3,4", "1,2,x", "99,2,3", "1,200,3", "1,2,99"]) {
    assert.equal(readView(wrong), null, String(wrong));
  }
  assert.equal(writeView({ lat: 22.30001, lng: 103.12345, zoom: 9.4999 }), "22.3000,103.1235,9.5");
});
