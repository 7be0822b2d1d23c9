import assert from "node:assert/strict";
import test from "node:test";
import { applyChoice, bestCoveredLayer, byCoverage, closestLayer } from "../core/state_transitions.js";

const at = (level, date, status, period, n, total = 38) => ({
  level,
  date,
  status,
  period,
  with_value: n,
  total,
  sparse: n < total && n < 5,
});
const [OLD, NEW] = ["2020-02-01", "2025-07-01"];
const catalogue = {
  themes: [
    {
      id: "forest",
      places: [],
      indicators: [
        {
          id: "cover",
          layers: [at("commune", NEW, "actual", "2026-H1", 1), at("province", NEW, "actual", "2025", 1, 1)],
        },
        { id: "fires", layers: [at("commune", NEW, "actual", "2025", 2), at("commune", NEW, "plan", "2026", 1)] },
      ],
    },
    {
      id: "population",
      places: [],
      indicators: [
        {
          id: "people",
          layers: [at("commune", NEW, "actual", "2025", 38), at("commune", OLD, "actual", "2019", 106, 106)],
        },
      ],
    },
  ],
};
const state = { indicator: "people", level: "commune", date: NEW, status: "actual", period: "2025", palette: "greens" };

test("another theme opens its best covered indicator, drawn its own way", () => {
  const next = applyChoice(state, catalogue, "theme", "forest");
  assert.deepEqual(next, { indicator: "fires", level: "commune", date: NEW, status: "actual", period: "2025" });
});

test("a theme opens with its lead where that has figures, else with what has some", () => {
  const [forest, population] = catalogue.themes;
  const led = { themes: [{ ...forest, lead: "cover" }, population] };
  assert.equal(applyChoice(state, led, "theme", "forest").indicator, "cover");
  const planned = { ...state, level: "province" };
  assert.equal(applyChoice(planned, { themes: [{ ...forest, lead: "fires" }] }, "theme", "forest").indicator, "cover");
  const nowhere = { ...state, level: "district" };
  assert.equal(applyChoice(nowhere, { themes: [{ ...forest, lead: "cover" }] }, "theme", "forest").indicator, "cover");
});

test("a theme without a map opens with its places, which go when another theme is chosen", () => {
  const [forest, population] = catalogue.themes;
  const placed = { themes: [{ ...forest, places: ["lodging", "peak"] }, population] };
  const opened = applyChoice({ ...state, places: "school" }, placed, "theme", "forest");
  assert.equal(opened.places, "lodging,peak");
  assert.equal(applyChoice(opened, placed, "theme", "population").places, undefined);
  const own = { ...opened, places: "school" };
  assert.equal(applyChoice(own, placed, "theme", "population").places, "school", "what a person ticked stays");
});

test("a theme opens with a map where its lead has hardly any figures", () => {
  const roads = { id: "roads", layers: [at("commune", NEW, "actual", "2021", 38)] };
  const [forest, population] = catalogue.themes;
  const theme = { ...forest, lead: "cover", indicators: [...forest.indicators, roads] };
  const opened = (date) =>
    applyChoice({ ...state, date }, { themes: [theme, population] }, "theme", "forest").indicator;
  assert.equal(opened(NEW), "roads");
  assert.equal(opened(OLD), "cover");
});

test("an indicator without figures for the period moves to one with figures", () => {
  assert.equal(applyChoice(state, catalogue, "indicator", "cover").period, "2026-H1");
});

test("another date takes the period along that has figures there, and forgets the unit", () => {
  const next = applyChoice({ ...state, unit: "03390-20250701" }, catalogue, "date", OLD);
  assert.deepEqual([next.date, next.period, next.unit], [OLD, "2019", undefined]);
});

test("what was chosen stands even without any figures", () => {
  const next = applyChoice(state, catalogue, "level", "district");
  assert.deepEqual([next.level, next.period], ["district", "2025"]);
});

test("boundaries without figures of the indicator show another map of its theme", () => {
  const of = (level, date, some, total) => ({ ...at(level, date, "actual", "2019", some), total, sparse: some < 5 });
  const dense = { id: "dense", layers: [of("district", OLD, 8, 8), of("commune", NEW, 38, 38)] };
  const fires = { id: "fires", layers: [of("commune", OLD, 2, 106)] };
  const listed = { id: "listed", layers: [of("commune", NEW, 38, 38)] };
  const theme = { id: "forest", lead: "listed", indicators: [listed, fires, dense] };
  const wide = { ...catalogue, themes: [theme] };
  const on = { ...state, indicator: "listed", palette: "greens" };
  const next = applyChoice(on, wide, "date", OLD);
  assert.deepEqual([next.indicator, next.level, next.date, next.palette], ["dense", "district", OLD, undefined]);
  assert.equal(applyChoice(on, wide, "level", "village").indicator, "listed", "there is none");
});

test("drawing choices leave the figures alone; thresholds go with their scheme", () => {
  const next = applyChoice({ ...state, scheme: "thresholds", thresholds: "1,2" }, catalogue, "scheme", "pretty");
  assert.deepEqual([next.scheme, next.thresholds, next.period], ["pretty", undefined, "2025"]);
  assert.equal(applyChoice(state, catalogue, "scheme", "thresholds", [1, 2.5]).thresholds, "1,2.5");
  assert.equal(applyChoice(state, catalogue, "thresholds", "1, 2.5").thresholds, "1,2.5");
  assert.equal(applyChoice(state, catalogue, "reset", "").palette, undefined);
});

test("ties go to the better covered, then to the later period", () => {
  const layers = [
    at("commune", NEW, "actual", "2024", 5),
    at("commune", NEW, "actual", "2025", 5),
    at("commune", NEW, "actual", "2023", 9),
  ];
  assert.equal(closestLayer(layers, {}).period, "2023");
  assert.equal(closestLayer(layers.slice(0, 2), {}).period, "2025");
  assert.equal(closestLayer([], {}), undefined);
});

test("indicators are listed by what they cover here, none at the end", () => {
  const rows = byCoverage(catalogue.themes[0].indicators, { level: "commune", date: NEW, status: "actual" });
  assert.deepEqual(
    rows.map((row) => [row.indicator.id, row.withValue, row.total]),
    [
      ["fires", 2, 38],
      ["cover", 1, 38],
    ],
  );
  const old = byCoverage(catalogue.themes[0].indicators, { level: "commune", date: OLD });
  assert.deepEqual(
    old.map((row) => row.withValue),
    [0, 0],
  );
});

test("a figure that two dates share is put on the later lines", () => {
  const layer = { level: "district", status: "actual", period: "2024-H1", with_value: 1, total: 8 };
  const layers = [
    { ...layer, date: "2020-02-01" },
    { ...layer, date: "2013-01-01" },
  ];
  const wanted = { level: "district", date: "2025-07-01", status: "actual", period: "2026-H1" };
  assert.equal(closestLayer(layers, wanted).date, "2020-02-01");
  assert.equal(closestLayer([...layers].reverse(), wanted).date, "2020-02-01");
});

test("of layers that cover as much the one of the wanted status is the best covered", () => {
  const layers = [at("commune", NEW, "plan", "2025", 5), at("commune", NEW, "actual", "2026", 5)];
  for (const status of ["plan", "actual"]) assert.equal(bestCoveredLayer(layers, status).status, status);
});

test("only the scheme of thresholds begins with the breaks on the screen, and not without any", () => {
  assert.equal(applyChoice(state, catalogue, "classes", "5", [1, 2]).thresholds, undefined);
  assert.equal(applyChoice(state, catalogue, "scheme", "pretty", [1, 2]).thresholds, undefined);
  assert.equal(applyChoice(state, catalogue, "scheme", "thresholds", []).thresholds, undefined);
});

test("what an indicator covers is counted by the wanted status where that has figures", () => {
  const indicator = {
    id: "a",
    layers: [at("commune", NEW, "actual", "2025", 2), at("commune", NEW, "plan", "2026", 9)],
  };
  const covered = (status) => byCoverage([indicator], { level: "commune", date: NEW, status })[0].withValue;
  assert.deepEqual(["actual", "plan", "target"].map(covered), [2, 9, 9]);
});
