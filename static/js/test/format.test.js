import assert from "node:assert/strict";
import test from "node:test";
import { collator, formatNumber, formatValue } from "../core/format.js";

test("numbers are written as the server writes them", () => {
  assert.equal(formatNumber(277834, 0, "vi"), "277.834");
  assert.equal(formatNumber(1742.1, 1, "vi"), "1.742,1");
  assert.equal(formatNumber(1742.1, 1, "en"), "1,742.1");
  assert.equal(formatNumber(-0.5, 2, "vi"), "-0,50");
  assert.equal(formatNumber(2.5, 0, "vi"), "3");
});

test("the unit of measure stands behind, with a space that does not break where it wants one", () => {
  const percent = { decimals: 2, measure_unit: { symbol: "%", space: false } };
  const people = { decimals: 0, measure_unit: { symbol: "người", space: true } };
  assert.equal(formatValue(57.69, percent, "vi"), "57,69%");
  assert.equal(formatValue(18606, people, "vi"), "18.606\u00a0người");
});

test("names sort by the Vietnamese alphabet", () => {
  const names = ["Đoàn Kết", "Dào San", "Âu", "Ăn", "An", "Ga"];
  assert.deepEqual(names.sort(collator.compare), ["An", "Ăn", "Âu", "Dào San", "Đoàn Kết", "Ga"]);
});
