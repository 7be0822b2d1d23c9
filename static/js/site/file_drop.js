/** A file may be dropped anywhere on the page that takes one, and is not sent when it is too large. */

import { byId } from "../core/dom.js";

/** Fields with `data-drop` take what is dropped on the page; `data-most` is the most bytes. */
export function enableFileDrop() {
  /** @type {HTMLInputElement} */
  const field = document.querySelector("input[type=file][data-drop]");
  if (!field) return;
  const area = byId("main");
  field.addEventListener("change", () => sayWhetherTooLarge(field));
  area.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    area.classList.add("is-dropping");
  });
  area.addEventListener("dragleave", (event) => {
    if (!area.contains(/** @type {Node} */ (event.relatedTarget))) area.classList.remove("is-dropping");
  });
  area.addEventListener("drop", (event) => {
    area.classList.remove("is-dropping");
    if (!holdsFiles(event)) return;
    event.preventDefault();
    field.files = event.dataTransfer.files;
    sayWhetherTooLarge(field);
    field.focus();
  });
}

/** @param {DragEvent} event */
function holdsFiles(event) {
  return [...(event.dataTransfer?.types ?? [])].includes("Files");
}

/** @param {HTMLInputElement} field */
function sayWhetherTooLarge(field) {
  const [file] = field.files;
  field.setCustomValidity(file && file.size > Number(field.dataset.most) ? field.dataset.tooLarge : "");
  field.reportValidity();
}
