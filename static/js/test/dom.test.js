import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setPage, settled } from "./browser.js";
import { announce, byId, el, inputsNamed, readJson, svg } from "../core/dom.js";
import { updateAddressBar, updateLanguageLinks } from "../core/history.js";
import { t } from "../core/i18n.js";

beforeEach(() => setPage("", { texts: { "map.hello": "Xin chào {name}, {rest}" } }));

test("an element has its attributes, its text and its handlers; what is missing or false is left out", () => {
  let clicks = 0;
  const on = { click: () => (clicks += 1) };
  const node = el("button", {
    class: "quiet",
    hidden: true,
    title: null,
    lang: undefined,
    disabled: false,
    text: 0,
    on,
  });
  node.click();
  assert.equal(node.outerHTML, '<button class="quiet" hidden="">0</button>');
  assert.equal(clicks, 1);
});

test("text enters as text, and children that are missing are left out", () => {
  assert.equal(el("p", {}, "<b>", null, undefined, el("i")).innerHTML, "&lt;b&gt;<i></i>");
  assert.equal(svg("circle", { r: 2 }).namespaceURI, "http://www.w3.org/2000/svg");
});

test("data of the page is read, or the fallback taken where there is none", () => {
  document.body.append(el("script", { type: "application/json", id: "data", text: '{"a":1}' }));
  assert.deepEqual(readJson("data"), { a: 1 });
  assert.equal(readJson("nothing", 5), 5);
});

test("controls of one name are found, others are not", () => {
  document.body.append(el("input", { name: "level", value: "a" }), el("input", { name: "date" }));
  assert.deepEqual(
    inputsNamed(document, "level").map(({ value }) => value),
    ["a"],
  );
});

test("of several sentences in a row the last is announced; a page without the region stays silent", async () => {
  announce("nowhere");
  await settled(150);
  document.body.append(el("p", { id: "live" }));
  announce("one");
  announce("two");
  await settled(150);
  assert.equal(byId("live").textContent, "two");
});

test("a text takes its values; what has none stays as it is", () => {
  assert.equal(t("map.hello", { name: "An" }), "Xin chào An, {rest}");
  assert.equal(t("map.unknown"), "map.unknown");
});

test("the address is replaced, or gets a place of its own in the history when it differs", () => {
  const calls = [];
  const spy =
    (name) =>
    (...parameters) =>
      calls.push([name, parameters[2]]);
  const { pushState, replaceState } = history;
  Object.assign(history, { pushState: spy("push"), replaceState: spy("replace") });
  updateAddressBar("/?a=1");
  updateAddressBar("/?a=2", true);
  updateAddressBar(location.pathname + location.search, true);
  Object.assign(history, { pushState, replaceState });
  assert.deepEqual(calls, [
    ["replace", "/?a=1"],
    ["push", "/?a=2"],
  ]);
});

test("language links lead to the view on the screen; the default language is not in the address", () => {
  setPage('<a data-lang="vi" href="/">VI</a><a data-lang="en" href="/">EN</a>', {
    url: "http://portal.test/?indicator=a&lang=en",
  });
  updateLanguageLinks();
  const [vi, en] = [...document.querySelectorAll("a")].map((link) => link.getAttribute("href"));
  assert.deepEqual([vi, en], ["/?indicator=a", "/?indicator=a&lang=en"]);
});
