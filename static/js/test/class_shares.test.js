import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setPage } from "./browser.js";
import { classParts } from "../compare/class_shares.js";

beforeEach(() => setPage("", { texts: {} }));

const share = (units_text, area_text, people_text) => ({ units_text, area_text, people_text });
const CHANGED = {
  eras: { left: { label: "Before" }, right: { label: "After" } },
  classes: {
    list: [
      { id: "a", name: "Area I" },
      { id: "b", name: "Area II" },
      { id: "c", name: "Area III" },
    ],
    before: [share("50%", "40%", ""), share("50%", "60%", ""), share("0%", "0%", "")],
    after: [share("20%", "30%", ""), share("0%", "0%", ""), share("80%", "70%", "")],
    transitions: [
      { before: "a", after: "a", units: 1, area_text: "12 km²", people_text: "900 people" },
      { before: "a", after: "c", units: 2, area_text: "34 km²", people_text: "" },
      { before: "b", after: "c", units: 3, area_text: "", people_text: "" },
    ],
    notes: ["One unit has no class."],
  },
};
const texts = (row) => [...row.children].map((cell) => cell.textContent);

test("every class has its share on both sides, a dash where none is known", () => {
  const [shares] = classParts(CHANGED);
  const [byUnits, , byPeople] = shares.querySelectorAll("tbody");
  assert.deepEqual([...byUnits.children].slice(1).map(texts), [
    ["Area I", "50%", "20%"],
    ["Area II", "50%", "0%"],
    ["Area III", "0%", "80%"],
  ]);
  assert.deepEqual(texts(byPeople.children[1]), ["Area I", "–", "–"]);
});

test("what became of each class stands where its row meets the class it became", () => {
  const [, transitions, , note] = classParts(CHANGED);
  assert.deepEqual(texts(transitions.querySelector("thead tr")), ["", "Area I", "Area III"]);
  assert.deepEqual([...transitions.querySelectorAll("tbody tr")].map(texts), [
    ["Area I", "112 km² · 900 people", "234 km²"],
    ["Area II", "", "3"],
  ]);
  assert.equal(note.textContent, "One unit has no class.");
});

test("what stayed in its class is marked, and a number alone has no line below it", () => {
  const [, transitions] = classParts(CHANGED);
  const same = [...transitions.querySelectorAll(".is-same")].map((cell) => cell.textContent);
  assert.deepEqual(same, ["112 km² · 900 people"]);
  assert.equal(transitions.querySelectorAll("small").length, 2);
});
