import assert from "node:assert/strict";
import test from "node:test";
import { yearLabels } from "../panel/time_series.js";

test("every year stands once below its first bar", () => {
  const years = yearLabels(["2024-H1", "2024", "2025", "2026-H1"], 70);
  assert.deepEqual(
    years.map(({ index, year }) => [index, year]),
    [
      [0, "2024"],
      [2, "2025"],
      [3, "2026"],
    ],
  );
});

test("years that would touch give way to the later ones", () => {
  const periods = Array.from({ length: 20 }, (_, i) => String(2006 + i));
  const years = yearLabels(periods, 14);
  assert.equal(years.at(-1).year, "2025");
  assert.ok(years.every(({ index }, i) => i === 0 || (index - years[i - 1].index) * 14 >= 32));
});
