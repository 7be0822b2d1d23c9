import assert from "node:assert/strict";
import { test } from "node:test";
import { setPage } from "./browser.js";

setPage("");
const meta = document.createElement("meta");
meta.name = "locale";
meta.content = JSON.stringify({
  code: "en",
  tag: "en-GB",
  collation: "en",
  dataset: "en",
  percent: "{number} %",
  default: "vi",
});
document.head.append(meta);
const { langQuery, locale, tagOf } = await import("../core/locale.js");
const { formatNumber, formatPercent } = await import("../core/format.js");

test("the page's language is the row that the server put there, read once", () => {
  assert.equal(locale().tag, "en-GB");
  meta.content = "{}";
  assert.equal(locale().tag, "en-GB");
  assert.equal(tagOf("en"), "en-GB");
  assert.equal(tagOf("vi"), "vi");
});

test("an address says the language only where it is not the default one", () => {
  assert.deepEqual([langQuery("vi"), langQuery("en")], ["", "lang=en"]);
});

test("numbers and percentages are written as the language does", () => {
  assert.equal(formatNumber(1742.1, 1, "en"), "1,742.1");
  assert.equal(formatPercent(57.69, 1, "en"), "57.7 %");
});

test("a writer of numbers is made once for each number of decimals", () => {
  const { NumberFormat } = Intl;
  let made = 0;
  Intl.NumberFormat = class extends NumberFormat {
    constructor(...parameters) {
      super(...parameters);
      made += 1;
    }
  };
  for (let i = 0; i < 5; i += 1) formatNumber(i, 7, "en");
  Intl.NumberFormat = NumberFormat;
  assert.equal(made, 1);
});
