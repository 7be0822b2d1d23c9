/** The choice of rasters, their opacity and legends; what is chosen is written in the address. */

import { byId } from "../core/dom.js";
import { RasterLayers } from "./raster_layers.js";
import { formatRasters, readRasters } from "./raster_address.js";
import { RasterReader } from "./raster_reader.js";

const MOST = 3;

export class RasterPanel {
  /**
   * @param {typeof import("leaflet")} L
   * @param {import("leaflet").Map[]} maps
   * @param {HTMLElement} choices as the server lists them
   * @param {(rasters: string) => void} changed
   */
  constructor(L, maps, choices, changed) {
    this.choices = choices;
    this.changed = changed;
    this.layers = maps.map((map) => new RasterLayers(L, map));
    this.readers = maps.map((map) => new RasterReader(L, map));
    choices.addEventListener("change", () => this.changed(this.chosen()));
    choices.addEventListener("input", (event) => this.preview(event.target));
    /** @type {HTMLAnchorElement} */
    const terrain = choices.querySelector("[data-terrain]");
    // The map in 3D shows what this one does when the link is followed.
    terrain?.addEventListener("click", () => (terrain.search = location.search));
    const read = choices.querySelector("[data-read]");
    read?.addEventListener("click", () => this.readers[this.readers.length - 1].readMiddle(read));
  }

  /** @returns {HTMLInputElement[]} */
  get boxes() {
    return [.../** @type {NodeListOf<HTMLInputElement>} */ (this.choices.querySelectorAll("input[data-raster]"))];
  }

  /** @returns {HTMLInputElement} the opacity that belongs to a box */
  slider(box) {
    return this.choices.querySelector(`input[data-opacity-of="${box.dataset.raster}"]`);
  }

  /**
   * What is ticked, as the address names it; an opacity that is the usual one goes without saying. A
   * hillshade comes last, so that it shades what lies below.
   */
  chosen() {
    const isShade = (box) => Number(box.dataset.multiplied);
    const ticked = this.boxes.filter((box) => box.checked).sort((one, other) => isShade(one) - isShade(other));
    return formatRasters(
      ticked.map((box) => {
        const { value, dataset } = this.slider(box);
        return { id: box.dataset.raster, opacity: value === dataset.usual ? null : Number(value) };
      }),
    );
  }

  /** Shows another opacity while it is being chosen. */
  preview(slider) {
    if (slider.type !== "range") return;
    slider.nextElementSibling.textContent = `${slider.value}%`;
    for (const layers of this.layers) layers.setOpacity(slider.dataset.opacityOf, Number(slider.value));
  }

  /** @param {string} text as the address names them; what is not registered is told */
  show(text) {
    const wanted = readRasters(text);
    const shown = [];
    for (const box of this.boxes) {
      const place = wanted.findIndex(({ id }) => id === box.dataset.raster);
      const choice = wanted[place];
      const slider = this.slider(box);
      box.checked = Boolean(choice);
      slider.closest("label").hidden = !choice;
      slider.value = String(choice?.opacity ?? slider.dataset.usual);
      slider.nextElementSibling.textContent = `${slider.value}%`;
      if (choice) shown[place] = { box, opacity: Number(slider.value) };
    }
    this.showChosen(shown.filter(Boolean));
    const missing = wanted.filter(({ id }) => !this.boxes.some((box) => box.dataset.raster === id));
    /** @type {HTMLElement} */
    const notice = this.choices.querySelector("[data-missing]");
    notice.hidden = !missing.length;
    notice.querySelector("b").textContent = missing.map(({ id }) => id).join(", ");
  }

  /** @param {{box: HTMLInputElement, opacity: number}[]} shown the lowest first */
  showChosen(shown) {
    for (const box of this.boxes) box.disabled = shown.length >= MOST && !box.checked;
    const ids = shown.map(({ box }) => box.dataset.raster);
    for (const layers of this.layers) layers.show(shown);
    for (const reader of this.readers) reader.show(ids);
    const read = this.choices.querySelector("[data-read]");
    if (read) read.toggleAttribute("hidden", !shown.length);
    this.showLegends(ids);
  }

  showLegends(ids) {
    let slot = byId("legend-rasters");
    if (!slot) {
      slot = document.createElement("div");
      slot.id = "legend-rasters";
      document.querySelector(".legend").append(slot);
    }
    const templates = ids.map(
      (id) => /** @type {HTMLTemplateElement} */ (this.choices.querySelector(`template[data-legend="${id}"]`)),
    );
    slot.replaceChildren(...templates.map(({ content }) => content.cloneNode(true)));
  }
}
