import assert from "node:assert/strict";
import { test } from "node:test";

import { previewUrl, sheetUrl } from "../export/choices.js";

const LAYER = { indicator: "population", level: "commune", title: "Old" };

test("a sheet's address says only what differs from the defaults", () => {
  const choices = { preset: "a4-landscape", dpi: "300", extent: "province", title: "", office: "" };
  assert.equal(sheetUrl(LAYER, choices, "png"), "/export/sheet.png?indicator=population&level=commune");
});

test("what a reader types is escaped, and dpi belongs to pictures", () => {
  const choices = { title: "a&b=<i>", dpi: "600", bw: "1" };
  const url = new URL(sheetUrl(LAYER, choices, "pdf"), "http://x");
  assert.equal(url.pathname, "/export/sheet.pdf");
  assert.equal(url.searchParams.get("title"), "a&b=<i>");
  assert.equal(url.searchParams.get("dpi"), null);
  assert.equal(url.searchParams.get("bw"), "1");
});

test("the preview is the same sheet as a small picture", () => {
  const url = new URL(previewUrl(LAYER, { preset: "slide", dpi: "600" }), "http://x");
  assert.equal(url.searchParams.get("dpi"), "96");
  assert.equal(url.searchParams.get("preset"), "slide");
});
