import assert from "node:assert/strict";
import { test } from "node:test";

import { clipboardFormats, plainNumber, escapeFormula } from "../export/clipboard.js";

const TABLE = {
  title: "Mật độ <dân số>",
  source: "Nguồn: A & B.",
  head: ["Hạng", "Đơn vị", "Giá trị (%)"],
  rows: [
    [1, "<b>Bình Lư</b>", 12345.678],
    [2, '=HYPERLINK("x")', -0.5],
    [null, "Nậm\tSỏ", null],
  ],
  decimals: [0, 0, 1],
};

test("text with tabs has the decimal sign of the language and nothing between thousands", () => {
  const lines = clipboardFormats(TABLE, "vi").plain.split("\r\n");
  assert.deepEqual(lines[1].split("\t"), ["1", "<b>Bình Lư</b>", "12345,7"]);
  assert.deepEqual(lines[2].split("\t"), ["2", '\'=HYPERLINK("x")', "-0,5"]);
  assert.deepEqual(lines[3].split("\t"), ["", "Nậm Sỏ", ""]);
  assert.match(clipboardFormats(TABLE, "en").plain, /12345\.7/);
});

test("the table for Word and Excel is plain, and no name becomes markup", () => {
  const { html } = clipboardFormats(TABLE, "vi");
  assert.ok(html.includes("<td>&lt;b&gt;Bình Lư&lt;/b&gt;</td>"));
  assert.ok(html.includes("Mật độ &lt;dân số&gt;"));
  assert.ok(html.includes("<td>'=HYPERLINK(&quot;x&quot;)</td>"));
  assert.ok(!/<(script|b|img|style)\b/.test(html));
});

test("a number reads as a report writes it and carries its value for every country's Excel", () => {
  const { html } = clipboardFormats(TABLE, "vi");
  assert.ok(html.includes('x:num="12345.7" sdval="12345.7">12.345,7</td>'));
  assert.ok(html.includes('x:num="-0.5" sdval="-0.5">-0,5</td>'));
});

test("what a spreadsheet would run begins with an apostrophe", () => {
  for (const text of ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1"]) assert.ok(escapeFormula(text).startsWith("'"), text);
  assert.equal(escapeFormula("Bình Lư"), "Bình Lư");
  assert.equal(escapeFormula(null), "");
});

test("nothing is written as minus nothing", () => {
  assert.equal(plainNumber(-0.04, 1, "vi"), "0,0");
  assert.equal(plainNumber(-0.05001, 1, "vi"), "-0,1");
});
