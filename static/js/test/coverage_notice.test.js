import assert from "node:assert/strict";
import test from "node:test";
import { mapsOfTheme, otherCoverage } from "../panel/coverage_notice.js";

const [OLD, NEW] = ["2020-02-01", "2025-07-01"];
const layer = (level, date, period, some, total, status = "actual") => ({
  level,
  date,
  period,
  status,
  label: period,
  with_value: some,
  total,
  sparse: some < total && some < 5,
});
const catalogue = {
  levels: [
    { id: "commune", name: "Communes" },
    { id: "province", name: "Province" },
  ],
  timeline: [
    { date: OLD, name: "Before" },
    { date: NEW, name: "Since" },
  ],
  statuses: [{ id: "plan", name: "Plan" }],
  themes: [
    {
      id: "forest",
      indicators: [
        {
          id: "cover",
          layers: [
            layer("commune", NEW, "2025", 1, 38),
            layer("commune", NEW, "2026", 2, 38, "plan"),
            layer("commune", OLD, "2024", 90, 106),
            layer("province", OLD, "2024", 1, 1),
            layer("province", NEW, "2023", 1, 1),
            layer("province", NEW, "2024", 1, 1),
          ],
        },
      ],
    },
  ],
};
const state = { indicator: "cover", level: "commune", date: NEW, status: "actual", period: "2025" };

test("one better covered layer of each level, that of the screen's date where equal", () => {
  assert.deepEqual(
    otherCoverage(catalogue, state, 1 / 38).map(({ text }) => text),
    ["Communes · Plan · 2026 (2/38)", "Communes · Before · 2024 (90/106)", "Province · 2024 (1/1)"],
  );
});

test("the links name level, date, status and period", () => {
  const queries = otherCoverage(catalogue, state).map(({ query }) => query);
  assert.ok(queries.includes(`indicator=cover&period=2024&level=province&date=${NEW}&status=actual`));
});

test("nothing better anywhere, nothing offered", () => {
  assert.deepEqual(otherCoverage(catalogue, { ...state, level: "province" }, 1), []);
});

test("what a sparse map offers instead can be read as a map", () => {
  assert.deepEqual(
    otherCoverage(catalogue, state, 1 / 38, true).map(({ text }) => text),
    ["Communes · Before · 2024 (90/106)", "Province · 2024 (1/1)"],
  );
});

test("an empty map offers other maps of its theme with the boundaries on the screen", () => {
  const other = (id, ...layers) => ({ id, name: id.toUpperCase(), layers });
  const [forest] = catalogue.themes;
  const wider = {
    ...catalogue,
    themes: [
      { id: "roads", indicators: [other("length", layer("commune", OLD, "2021", 106, 106))] },
      {
        ...forest,
        indicators: [
          ...forest.indicators,
          other("fires", layer("commune", OLD, "2023", 3, 106), layer("district", OLD, "2023", 8, 8)),
          other("felled", layer("commune", OLD, "2022", 60, 106), layer("commune", NEW, "2025", 38, 38)),
          other("planted", layer("province", OLD, "2022", 1, 1)),
        ],
      },
    ],
  };
  const found = mapsOfTheme(wider, { ...state, date: OLD });
  assert.deepEqual(
    found.map(({ text }) => text),
    ["FELLED · Communes · 2022 (60/106)", "FIRES · district · 2023 (8/8)"],
  );
  assert.equal(found[1].query, `indicator=fires&period=2023&level=district&date=${OLD}&status=actual`);
});
