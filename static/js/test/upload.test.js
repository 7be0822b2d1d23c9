import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setPage } from "./browser.js";
import { enableFileDrop } from "../site/file_drop.js";
import { keepPastedHtml, MOST_CHARACTERS } from "../site/pasted_html.js";

const TABLE = "<table><tr><td colspan=2>Dân số</td></tr></table>";
const at = (id) => document.getElementById(id);

beforeEach(() => {
  setPage(
    `<main id="main"><input type="file" id="file" data-drop data-most="10" data-too-large="Quá lớn">
     <textarea id="cells" data-paste-html="html"></textarea><input type="hidden" id="html"></main>`,
    { texts: {} },
  );
  keepPastedHtml();
  enableFileDrop();
});

/** Pastes as a browser does: the event first, the text after it. */
function paste(html, text = "a\tb") {
  const field = at("cells");
  const event = new Event("paste");
  event.clipboardData = { getData: (kind) => (kind === "text/html" ? html : text) };
  field.dispatchEvent(event);
  field.value = field.value.slice(0, field.selectionStart) + text + field.value.slice(field.selectionEnd);
  field.dispatchEvent(new Event("input"));
}

test("the HTML of pasted cells is sent beside their text", () => {
  paste(TABLE);
  assert.equal(at("html").value, TABLE);
  assert.equal(at("cells").value, "a\tb");
});

test("what is typed or pasted after the cells lets the text count again", () => {
  paste(TABLE);
  at("cells").dispatchEvent(new Event("input"));
  assert.equal(at("html").value, "");
  at("cells").setSelectionRange(0, 0);
  paste(TABLE);
  assert.equal(at("html").value, "");
  at("cells").setSelectionRange(0, at("cells").value.length);
  paste(TABLE);
  assert.equal(at("html").value, TABLE);
});

test("HTML without a table, or too much of it, is left out", () => {
  paste("<p>a</p>");
  assert.equal(at("html").value, "");
  at("cells").setSelectionRange(0, at("cells").value.length);
  paste(`${TABLE}${" ".repeat(MOST_CHARACTERS)}`);
  assert.equal(at("html").value, "");
});

/** Drops on the page; happy-dom's own fields take no list of files. */
function drop(files, types = ["Files"]) {
  Object.defineProperty(at("file"), "files", { value: files, configurable: true, writable: true });
  const event = new Event("drop", { bubbles: true, cancelable: true });
  event.dataTransfer = { files, types };
  at("main").dispatchEvent(event);
  return event;
}

test("a file dropped anywhere on the page becomes the field's", () => {
  const event = drop([{ name: "a.xlsx", size: 5 }]);
  assert.ok(event.defaultPrevented);
  assert.equal(at("file").files[0].name, "a.xlsx");
  assert.equal(at("file").validationMessage, "");
});

test("a file that is too large is told so before it is sent", () => {
  drop([{ name: "a.xlsx", size: 11 }]);
  assert.equal(at("file").validationMessage, "Quá lớn");
  drop([{ name: "a.xlsx", size: 10 }]);
  assert.equal(at("file").validationMessage, "");
});

test("text that is dropped stays the browser's business", () => {
  assert.ok(!drop([], ["text/plain"]).defaultPrevented);
});
