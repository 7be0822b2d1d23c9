/** Every page but the map: the search box, and the whole address on paper. */

import { Search } from "./site/search.js";

new Search();

// The server may not know under which name it is reached.
addEventListener("beforeprint", () => {
  /** @type {NodeListOf<HTMLElement>} */
  const lines = document.querySelectorAll(".printed-from");
  for (const line of lines) {
    line.textContent = line.textContent.replace(line.dataset.address, () => location.href);
    line.dataset.address = location.href;
  }
});
