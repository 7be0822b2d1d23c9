import assert from "node:assert/strict";
import test from "node:test";
import "./browser.js";
import { levelsAround } from "../panel/levels_around.js";

const layer = (level) => ({ level, date: "2020-02-01", status: "actual", period: "2019", with_value: 1, total: 1 });
const catalogue = {
  levels: [
    { id: "province", name: "Tỉnh", dates: ["2020-02-01", "2025-07-01"] },
    { id: "district", name: "Huyện", dates: ["2020-02-01"] },
    { id: "commune", name: "Xã", dates: ["2020-02-01", "2025-07-01"] },
  ],
  themes: [{ id: "x", indicators: [{ id: "area", layers: ["province", "district", "commune"].map(layer) }] }],
};
const state = { indicator: "area", level: "district", date: "2020-02-01", unit: "d", within: "p" };
const unit = { id: "d", level: "district", parent: { id: "p", full_name: "Tỉnh P" } };
const ways = (one, other) =>
  levelsAround(/** @type {any} */ (catalogue), one, other).map(({ state: { level, within, unit: chosen } }) => [
    level,
    within,
    chosen,
  ]);

test("down go the units in it, up the one above, chosen", () => {
  assert.deepEqual(ways(state, unit), [
    ["commune", "d", undefined],
    ["province", "", "p"],
  ]);
});

test("a level that is not there on the day is passed over; at the ends there is one way", () => {
  const today = { ...state, date: "2025-07-01" };
  assert.deepEqual(ways(today, { id: "c", level: "commune", parent: unit.parent }), [["province", "", "p"]]);
  assert.deepEqual(ways(today, { id: "p", level: "province", parent: null }), [["commune", "p", undefined]]);
  assert.deepEqual(ways(today, unit), []);
});
