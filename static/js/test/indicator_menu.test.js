import assert from "node:assert/strict";
import test from "node:test";
import { applyChoice } from "../core/state_transitions.js";
import { indicatorMenu, matchesFilter } from "../core/indicator_menu.js";

const at = (level, date, period, n, total = 38) => ({ level, date, status: "actual", period, with_value: n, total });
const [OLD, NEW] = ["2020-02-01", "2025-07-01"];
const LAYER = { indicator: "fires", level: "commune", date: NEW, status: "actual", period: "2025" };
const indicators = [
  { id: "fires", name: "Số vụ cháy rừng", group: "Bảo vệ rừng", layers: [at("commune", NEW, "2025", 1)] },
  { id: "cover", name: "Tỷ lệ che phủ rừng", group: "Diện tích", layers: [at("commune", NEW, "2025", 5)] },
  { id: "burnt", name: "Diện tích bị cháy", group: "Bảo vệ rừng", layers: [at("commune", NEW, "2025", 3)] },
  {
    id: "planted",
    name: "Diện tích đất trồng",
    group: "Diện tích",
    layers: [at("province", NEW, "2025", 1, 1), at("district", OLD, "2023", 7, 8), at("district", OLD, "2024", 7, 8)],
  },
  { id: "divisor", name: "Mẫu số", group: "Diện tích", layers: [] },
];
const ids = (rows) => rows.map(({ indicator }) => indicator.id);

test("groups and their indicators are ordered by what they cover here", () => {
  const { groups, elsewhere, long } = indicatorMenu(indicators, LAYER);
  assert.deepEqual(
    groups.map(({ name, rows }) => [name, ids(rows)]),
    [
      ["Diện tích", ["cover"]],
      ["Bảo vệ rừng", ["burnt", "fires"]],
    ],
  );
  assert.deepEqual(
    elsewhere.map(({ indicator, level }) => [indicator.id, level]),
    [["planted", "district"]],
  );
  assert.equal(long, false);
});

test("an indicator without any figure is listed only where the map shows it", () => {
  assert.ok(ids(indicatorMenu(indicators, { ...LAYER, indicator: "divisor" }).elsewhere).includes("divisor"));
});

test("choosing what has no figures here goes to where most units have one, latest first", () => {
  const next = applyChoice(LAYER, { themes: [{ id: "forest", indicators }] }, "indicator", "planted");
  assert.deepEqual([next.level, next.date, next.period], ["district", OLD, "2024"]);
});

test("a theme opens with the first indicator of its menu", () => {
  const next = applyChoice(LAYER, { themes: [{ id: "forest", places: [], indicators }] }, "theme", "forest");
  assert.equal(next.indicator, indicatorMenu(indicators, LAYER).groups[0].rows[0].indicator.id);
});

test("the filter ignores accents, capitals and order, and knows the groups", () => {
  const [fires, , , planted] = indicators;
  assert.ok(matchesFilter(planted, "dat TRONG"));
  assert.ok(matchesFilter(planted, "trồng đất"));
  assert.ok(matchesFilter(fires, "bao ve"));
  assert.ok(!matchesFilter(fires, "dat"));
});
