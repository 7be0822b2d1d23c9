/** Name and value of the unit under the pointer, beside the pointer. */

import { el } from "../core/dom.js";

const GAP = 14;

export class Tooltip {
  /** @param {HTMLElement} container the box the tooltip must not leave */
  constructor(container) {
    this.container = container;
    this.name = el("b");
    this.value = el("span");
    this.note = el("small");
    this.box = el("div", { class: "tooltip", hidden: true, "aria-hidden": "true" }, this.name, this.value, this.note);
    container.append(this.box);
  }

  /** @param {{name: string, value: string, note: string}} words */
  show(words, event) {
    this.name.textContent = words.name;
    this.value.textContent = words.value;
    this.note.textContent = words.note;
    this.note.hidden = !words.note;
    this.box.hidden = false;
    const frame = this.container.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.box;
    const x = event.clientX - frame.left;
    const y = event.clientY - frame.top;
    const left = x + GAP + width > frame.width ? x - GAP - width : x + GAP;
    const top = y + GAP + height > frame.height ? y - GAP - height : y + GAP;
    this.box.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`;
  }

  hide() {
    this.box.hidden = true;
  }
}
