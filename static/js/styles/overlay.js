/** What a style draws over the boundary lines; changes with the style of the document. */

import { styleOf } from "./index.js";

export class StyleOverlay {
  constructor(map, boundaries) {
    this.map = map;
    this.boundaries = boundaries;
    /** @type {import("./index.js").Style|null} */
    this.style = null;
    /** @type {import("./index.js").Overlay|null} */
    this.part = null;
  }

  /** @param {import("../api_types").Values} document */
  paint(document) {
    const style = styleOf(document.legend);
    if (style !== this.style) {
      this.part?.remove();
      this.part = style.overlay(this.map, this.boundaries);
      this.style = style;
    }
    this.part?.paint(document);
  }

  highlight(ids) {
    this.part?.highlight(ids);
  }

  remove() {
    this.part?.remove();
  }
}
