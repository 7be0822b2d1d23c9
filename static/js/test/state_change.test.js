import assert from "node:assert/strict";
import test from "node:test";

// The texts come with the page.
globalThis.document = {
  getElementById: () => ({
    textContent: JSON.stringify({
      "choose.moved": "{to}|{name}|{wanted}",
      "choose.moved_level": "level {name}",
      "choose.moved_date": "lines {name}",
      "choose.moved_status": "{name}",
      "choose.moved_period": "period {name}",
    }),
  }),
};
const { describeStateChange } = await import("../panel/state_change.js");

const layers = [
  { period: "2024", label: "Năm 2024" },
  { period: "2026-H1", label: "6 tháng" },
];
const catalogue = {
  themes: [
    {
      id: "forest",
      indicators: [
        { id: "cover", name: "Che phủ", layers },
        { id: "dense", name: "Rừng rậm", layers },
      ],
    },
  ],
  levels: [
    { id: "commune", name: "Xã" },
    { id: "province", name: "Tỉnh" },
  ],
  timeline: [{ date: "2013-01-01", name: "Trước 2020" }],
  statuses: [{ id: "actual", name: "Thực hiện" }],
};
const state = { indicator: "cover", level: "commune", date: "2025-07-01", status: "actual", period: "2026-H1" };

test("what moved is told with what had no figures", () => {
  const after = { ...state, date: "2013-01-01", level: "province", period: "2024" };
  const said = describeStateChange(state, after, "date", catalogue);
  assert.equal(said, "level tỉnh, period Năm 2024|Che phủ|level xã, lines trước 2020, period 6 tháng");
});

test("another indicator of the theme is told where the one before has nothing there", () => {
  const after = { ...state, indicator: "dense", date: "2013-01-01", period: "2024" };
  const said = describeStateChange(state, after, "date", catalogue);
  assert.equal(said, "Rừng rậm, period Năm 2024|Che phủ|lines trước 2020, period 6 tháng");
  assert.equal(describeStateChange(state, { ...state, indicator: "dense" }, "indicator", catalogue), "");
});

test("nothing is told when only what was chosen changed", () => {
  assert.equal(describeStateChange(state, { ...state, period: "2024" }, "period", catalogue), "");
});
