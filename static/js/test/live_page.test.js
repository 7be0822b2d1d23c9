import assert from "node:assert/strict";
import { test } from "node:test";
import { refreshPart } from "../site/live_page.js";

/** A part that shows one text; loading gives another, or fails. */
function partOf(shown, load) {
  const told = [];
  const node = (text) => ({
    text,
    isEqualNode: (other) => other.text === text,
    replaceWith: (other) => (part.now = other),
  });
  const part = { now: node(shown), told, shown: () => part.now, tell: (fresh) => told.push(fresh) };
  part.load = async () => node(await load());
  return part;
}

test("newer figures take the place of those shown", async () => {
  const part = partOf("14,36", () => "15,20");
  assert.equal(await refreshPart(part), true);
  assert.equal(part.now.text, "15,20");
  assert.deepEqual(part.told, [true]);
});

test("the same figures are left in place, so that focus and place are kept", async () => {
  const part = partOf("14,36", () => "14,36");
  const before = part.now;
  assert.equal(await refreshPart(part), false);
  assert.equal(part.now, before);
  assert.deepEqual(part.told, [true]);
});

test("a server that cannot be reached leaves the figures and is told; the next try goes on", async () => {
  let up = false;
  const part = partOf("14,36", () => {
    if (!up) throw new Error("offline");
    return "15,20";
  });
  assert.equal(await refreshPart(part), false);
  assert.equal(part.now.text, "14,36");
  up = true;
  await refreshPart(part);
  assert.deepEqual([part.now.text, ...part.told], ["15,20", false, true]);
});
