/** What a style draws over the boundary lines; changes with the style of the document. */

import { styleOf } from "./index.js";

export class StyleOverlay {
  constructor(map, boundaries) {
    Object.assign(this, { map, boundaries, style: null, part: null });
  }

  /** @param {object} document the values document */
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
