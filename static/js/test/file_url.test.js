import assert from "node:assert/strict";
import { test } from "node:test";

import { fileUrl, previewUrl } from "../export/file_url.js";

const LAYER = { indicator: "population", level: "commune", title: "Old" };
const SHEET = { kind: "sheet", format: "png", lang: "vi" };
const query = (choices) => Object.fromEntries(new URL(fileUrl(LAYER, choices), "http://x").searchParams);

test("a sheet's address says only what differs from the defaults", () => {
  const choices = { ...SHEET, preset: "a4-landscape", dpi: "300", extent: "province", title: "", office: "" };
  assert.equal(fileUrl(LAYER, choices), "/export/sheet.png?indicator=population&level=commune");
});

test("what a reader types is escaped, and dpi belongs to pictures", () => {
  const choices = { ...SHEET, format: "pdf", title: "a&b=<i>", dpi: "600", bw: "1", lang: "en" };
  const url = new URL(fileUrl(LAYER, choices), "http://x");
  assert.equal(url.pathname, "/export/sheet.pdf");
  assert.equal(url.searchParams.get("title"), "a&b=<i>");
  assert.equal(url.searchParams.get("dpi"), null);
  assert.equal(url.searchParams.get("bw"), "1");
  assert.equal(url.searchParams.get("lang"), "en");
});

test("the preview is the same sheet as a small picture", () => {
  const url = new URL(previewUrl(LAYER, { ...SHEET, format: "pdf", preset: "slide", dpi: "600" }), "http://x");
  assert.equal(url.pathname, "/export/sheet.png");
  assert.equal(url.searchParams.get("dpi"), "96");
  assert.equal(url.searchParams.get("preset"), "slide");
});

test("a size of one's own takes the place of the preset, and only when it is chosen", () => {
  const own = query({ ...SHEET, preset: "own", width: "160", height: "90" });
  assert.deepEqual([own.preset, own.width, own.height], [undefined, "160", "90"]);
  assert.equal(query({ ...SHEET, preset: "square", width: "160", height: "90" }).width, undefined);
});

test("the place on the screen is in the address only when it is the extent", () => {
  assert.equal(query({ ...SHEET, extent: "view", bbox: "1,2,3,4" }).bbox, "1,2,3,4");
  assert.equal(query({ ...SHEET, extent: "province", bbox: "1,2,3,4" }).bbox, undefined);
});

test("an atlas goes by all units, by a district, or by a list, never by two", () => {
  const atlas = { kind: "atlas", lang: "vi", pages: "units", units: "a,b", which_units: "" };
  assert.deepEqual([query(atlas).units, query(atlas).pages], [undefined, undefined]);
  assert.equal(query({ ...atlas, which_units: "d1" }).district, "d1");
  assert.equal(query({ ...atlas, which_units: "d1" }).units, undefined);
  assert.equal(query({ ...atlas, which_units: "list" }).units, "a,b");
  const themes = { kind: "atlas", lang: "vi", pages: "indicators", indicators: "x", which_indicators: "forest" };
  assert.deepEqual(
    [query(themes).theme, query(themes).indicators, query(themes).pages],
    ["forest", undefined, "indicators"],
  );
});

test("a kind takes no parameter of another", () => {
  const all = {
    lang: "vi",
    preset: "slide",
    dpi: "96",
    bw: "1",
    signer: "A",
    change: "relative",
    periods: "1,2",
    by: "periods",
  };
  assert.deepEqual(Object.keys(query({ ...all, kind: "map" })), ["indicator", "level"]);
  assert.deepEqual(Object.keys(query({ ...all, kind: "report" })), ["indicator", "level", "bw", "signer"]);
  assert.equal(query({ ...all, kind: "multiples", format: "pdf" }).periods, "1,2");
});

test("a document has its first page as a preview", () => {
  for (const [kind, pages] of [
    ["report", ""],
    ["atlas", "indicators"],
  ]) {
    const url = new URL(previewUrl(LAYER, { ...SHEET, kind, pages }), "http://x");
    assert.equal(url.pathname, `/export/${kind}.png`);
  }
});
