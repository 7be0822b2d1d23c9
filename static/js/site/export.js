/** The button that opens the export panel; what the panel needs is fetched on the first click. */

import { byId } from "../core/dom.js";
import { showError } from "../panel/message.js";

/** @param {() => Record<string, string>} state the state of the page when the button is pressed */
export function offerExport(state) {
  const button = byId("export");
  if (!button) return;
  button.hidden = false;
  const open = async () => {
    try {
      const { openExport } = await import(button.dataset.module);
      await openExport(state());
    } catch (error) {
      showError(error, open, true);
    }
  };
  button.addEventListener("click", open);
}
