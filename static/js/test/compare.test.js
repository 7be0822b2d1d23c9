import assert from "node:assert/strict";
import { test } from "node:test";
import { comparisonQuery, modeOf, readAddress, readAnswer, splitOf, writeAddress } from "../compare/url_state.js";
import { chooseComparison, daysOf } from "../compare/state_transitions.js";
import { IdentitySuccessions, Successions } from "../compare/succession.js";

const layer = (level, date, period, total = 4, with_value = total) => ({
  level,
  date,
  status: "actual",
  period,
  label: period,
  with_value,
  total,
});
const CATALOGUE = {
  timeline: [{ date: "2013-01-01" }, { date: "2020-02-01" }, { date: "2025-07-01" }],
  themes: [
    {
      id: "people",
      indicators: [
        {
          id: "people",
          layers: [
            layer("commune", "2013-01-01", "2019"),
            layer("commune", "2025-07-01", "2025"),
            layer("district", "2013-01-01", "2019"),
          ],
        },
        { id: "houses", layers: [layer("commune", "2025-07-01", "2025"), layer("commune", "2020-02-01", "2021")] },
      ],
    },
  ],
};
const STATE = {
  indicator: "people",
  level: "commune",
  date: "2013-01-01",
  period: "2019",
  status: "actual",
  on: "2025-07-01",
};

test("the address keeps what is asked and how it is laid out, without what goes without saying", () => {
  const text = "?indicator=people&on=2025-07-01&mode=swipe&measure=relative&unit=1-20250701&split=30&else=1";
  const state = readAddress(text);
  assert.equal(state.else, undefined);
  assert.equal(
    writeAddress({ ...state, table: "right" }),
    "indicator=people&on=2025-07-01&mode=swipe&measure=relative&unit=1-20250701&split=30",
  );
  assert.equal(comparisonQuery(state), "indicator=people&on=2025-07-01&measure=relative");
  assert.equal(writeAddress({ mode: "side", measure: "absolute", split: "50" }), "");
});

test("the query of an answer is read as the address is", () => {
  assert.deepEqual(readAnswer("indicator=people&measure=relative"), { indicator: "people", measure: "relative" });
});

test("an unknown layout or place of the swipe is the usual one", () => {
  assert.equal(modeOf({ mode: "else" }), "side");
  assert.equal(splitOf({ split: "x" }), 50);
  assert.equal(splitOf({ split: "140" }), 100);
  assert.equal(splitOf({}), 50);
});

test("another day moves the other side away from it", () => {
  const next = chooseComparison(STATE, CATALOGUE, "date", "2025-07-01");
  assert.equal(next.period, "2025");
  assert.equal(next.on, "2020-02-01");
});

test("another indicator is taken where former units have figures", () => {
  const next = chooseComparison({ ...STATE, period2: "2025", unit: "1" }, CATALOGUE, "indicator", "houses");
  assert.deepEqual(
    [next.date, next.period, next.on, next.period2, next.unit],
    ["2020-02-01", "2021", "2025-07-01", undefined, undefined],
  );
});

test("a level is compared only on days on which it has units", () => {
  assert.deepEqual(daysOf(CATALOGUE, "district"), ["2013-01-01"]);
  assert.equal(chooseComparison(STATE, CATALOGUE, "level", "district").on, "2013-01-01");
});

test("the layout keeps the chosen unit, other boundaries do not", () => {
  const state = { ...STATE, unit: "1", period2: "2025" };
  assert.equal(chooseComparison(state, CATALOGUE, "measure", "relative").unit, "1");
  const moved = chooseComparison(state, CATALOGUE, "on", "2020-02-01");
  assert.deepEqual([moved.unit, moved.period2], [undefined, undefined]);
});

const pair = (from, to, share, part) => ({
  from: { id: from },
  to: { id: to },
  share: { population: share },
  part: { population: part },
  events: [],
});

test("units of both sides that belong together, the largest first", () => {
  const found = new Successions({
    items: [pair("a", "x", 1, 0.3), pair("b", "x", 0.6, 0.7), pair("b", "y", 0.4, 1), { from: { id: "c" }, to: null }],
  });
  assert.deepEqual(found.relatedUnits("x", "right"), { left: ["b", "a"], right: ["x"] });
  assert.deepEqual(found.relatedUnits("b", "left"), { left: ["b"], right: ["x", "y"] });
  assert.deepEqual(found.relatedUnits("c", "left"), { left: ["c"], right: [] });
  assert.deepEqual(new IdentitySuccessions().relatedUnits("a", "right"), { left: ["a"], right: ["a"] });
});
