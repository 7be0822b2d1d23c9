import assert from "node:assert/strict";
import { test } from "node:test";
import { setPage } from "./browser.js";
import { canvasHatch, estimateFill, isDark, missingFill } from "../map/fill_patterns.js";

setPage("");

test("the page has one drawing of patterns; an unknown kind of missing is hatched as no data", () => {
  assert.equal(missingFill("else"), "url(#hatch-no_data)");
  assert.equal(missingFill("not_applicable"), "url(#hatch-not_applicable)");
  assert.equal(document.querySelectorAll("svg.patterns").length, 1);
  assert.equal(missingFill("impossible"), "url(#hatch-impossible)");
  assert.equal(document.querySelectorAll("pattern").length, 6);
});

test("a colour has one pattern of dots, white on dark fills and ink on light ones", () => {
  for (const colour of ["#0b3f22", "#0b3f22", "#d9eec3"])
    assert.equal(estimateFill(colour), `url(#dots-${colour.slice(1)})`);
  const inks = [...document.querySelectorAll('[id^="dots-"]')].map((node) => [
    node.id,
    node.querySelector("circle").getAttribute("fill"),
  ]);
  assert.deepEqual(inks, [
    ["dots-0b3f22", "#ffffff"],
    ["dots-d9eec3", "#20262b"],
  ]);
});

test("dark is what has a relative luminance below 0.22, by the curve of sRGB", () => {
  assert.deepEqual(["#7f7f7f", "#828282"].map(isDark), [true, false]);
  assert.deepEqual(["#09f809", "#0404ff"].map(isDark), [false, true]);
  assert.equal(isDark("#0a0a0a"), true);
});

test("a hatch on a canvas has its ground and its strokes; an unknown kind those of no data", () => {
  const strokes = (kind) => canvasHatch(kind, "#fff", "#000").tile.filter(([name]) => name === "lineTo").length;
  assert.deepEqual(["no_data", "not_published", "impossible", "else"].map(strokes), [3, 1, 2, 3]);
});
