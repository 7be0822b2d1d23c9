import assert from "node:assert/strict";
import { test } from "node:test";
import { companionLayer, companionsOffered } from "../core/companion_layer.js";

const [OLD, NEW] = ["2020-02-01", "2025-07-01"];
const figures = (level, date, period) => ({
  level,
  date,
  period,
  status: "actual",
  label: period,
  with_value: 38,
  total: 38,
});
const population = {
  id: "population",
  layers: [figures("commune", NEW, "2025"), figures("commune", OLD, "2019")],
  parts: [{ breakdown: "sex:female", layers: [figures("commune", NEW, "2025")] }],
};
const poverty = { id: "poverty_rate", layers: [figures("commune", NEW, "2024")] };
const forest = { id: "forest_cover", layers: [figures("province", NEW, "2024"), figures("district", OLD, "2024")] };
const CATALOGUE = {
  themes: [
    { id: "people", name: "People", indicators: [population, poverty] },
    { id: "forest", name: "Forest", indicators: [forest] },
  ],
};
const communes = { indicator: "population", level: "commune", date: NEW, period: "2025", status: "actual" };

test("another indicator beside the map is of the same units, at the period for which it has figures", () => {
  const found = companionLayer(CATALOGUE, communes, "poverty_rate", "en");
  assert.deepEqual(
    [found.indicator, found.level, found.date, found.period, found.lang],
    ["poverty_rate", "commune", NEW, "2024", "en"],
  );
  assert.equal("on" in found, false);
  assert.equal("breakdown" in found, false);
});

test("figures recast on other boundaries stand beside figures recast on the same", () => {
  const recast = { ...communes, date: OLD, period: "2019", on: NEW };
  assert.equal(companionLayer(CATALOGUE, recast, "population").on, NEW);
});

test("a part of an indicator is compared as that part, not as the total", () => {
  assert.equal(companionLayer(CATALOGUE, communes, "population[sex:female]").breakdown, "sex:female");
});

test("an indicator of other levels or other boundaries, or one that is unknown, is not put beside the map", () => {
  assert.equal(companionLayer(CATALOGUE, communes, "forest_cover"), null);
  assert.equal(companionLayer(CATALOGUE, { ...communes, date: OLD }, "poverty_rate"), null);
  assert.equal(companionLayer(CATALOGUE, { ...communes, level: "district" }, "poverty_rate"), null);
  assert.equal(companionLayer(CATALOGUE, communes, "population[sex:male]"), null);
  assert.equal(companionLayer(CATALOGUE, communes, "no_such_indicator"), null);
});

test("the menu offers what has figures for the units on the map, and no theme without any", () => {
  assert.deepEqual(companionsOffered(CATALOGUE, communes), [{ name: "People", indicators: [population, poverty] }]);
  assert.deepEqual(companionsOffered(CATALOGUE, { level: "district", date: NEW }), []);
  assert.deepEqual(companionsOffered(CATALOGUE, { level: "district", date: OLD }), [
    { name: "Forest", indicators: [forest] },
  ]);
});
