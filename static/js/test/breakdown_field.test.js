import assert from "node:assert/strict";
import { test } from "node:test";

import { applyChoice, chooseIndicator, findSeries } from "../core/state_transitions.js";
import { parseSeries, readQuery, seriesId, writeQuery } from "../core/url_state.js";
import { breakdownGroups } from "../panel/breakdown_field.js";

const place = (level, period, with_value, total = 38, date = "2025-07-01") => ({
  ...{ level, date, status: "actual", period, label: period, with_value, total },
});
const part = (breakdown, dimensions, label, ...layers) => ({ id: "canals", breakdown, dimensions, label, layers });
const CANALS = {
  id: "canals",
  name: "Canals",
  breakdown: "",
  total_label: "All",
  layers: [place("commune", "2025", 12)],
  parts: [
    part("lining:lined", "Lining", "Lined", place("commune", "2024", 3), place("commune", "2025", 7)),
    part("lining:lined,manager:commune", "Lining, Manager", "Lined, Commune", place("province", "2025", 1, 1)),
  ],
};
const RICE = part("crop:rice", "Crop", "Rice", place("commune", "2025", 5));
const IRRIGATED = { ...RICE, id: "irrigated", name: "Irrigated", total_label: "All", parts: [RICE] };
const catalogue = { themes: [{ id: "works", lead: "", indicators: [CANALS, IRRIGATED] }] };
const state = { indicator: "canals", period: "2025", level: "commune", date: "2025-07-01", status: "actual" };

test("the total and the parts are offered by what they are parts by, with what they cover here", () => {
  assert.deepEqual(breakdownGroups(CANALS, state), [
    { name: "", options: [{ value: "", label: "All (12/38)" }] },
    { name: "Lining", options: [{ value: "lining:lined", label: "Lined (7/38)" }] },
    { name: "Lining, Manager", options: [{ value: "lining:lined,manager:commune", label: "Lined, Commune (–)" }] },
  ]);
});

test("a total that nobody counted is not offered", () => {
  assert.deepEqual(
    breakdownGroups(IRRIGATED, state).map(({ name }) => name),
    ["Crop"],
  );
});

test("a part is shown as near as possible to the layer on the screen", () => {
  const lined = applyChoice(state, catalogue, "breakdown", "lining:lined");
  assert.deepEqual(lined, { ...state, breakdown: "lining:lined" });
  const managed = applyChoice(lined, catalogue, "breakdown", "lining:lined,manager:commune");
  assert.equal(managed.level, "province");
  assert.deepEqual(applyChoice(managed, catalogue, "breakdown", ""), { ...state });
});

test("another indicator leaves the part behind, and opens with one where it has no total", () => {
  const lined = { ...state, breakdown: "lining:lined" };
  assert.equal(chooseIndicator(lined, catalogue, "irrigated").breakdown, "crop:rice");
  assert.equal("breakdown" in chooseIndicator(lined, catalogue, "canals"), false);
});

test("a part without figures is not known", () => {
  assert.equal(findSeries(catalogue, { indicator: "canals", breakdown: "lining:earth" }), undefined);
  assert.equal(findSeries(catalogue, { indicator: "canals" }).name, "Canals");
});

test("the address names the part behind its indicator, colons left readable", () => {
  const query = "indicator=canals&breakdown=lining:lined,manager:commune&period=2025";
  assert.equal(writeQuery(readQuery(`?${query}`)), query);
});

test("the id of a series is taken apart as it was put together", () => {
  for (const id of ["canals", "canals[lining:lined,manager:commune]"]) assert.equal(seriesId(parseSeries(id)), id);
  assert.deepEqual(parseSeries("canals"), { indicator: "canals", breakdown: "" });
});
