/** The buttons that take something away; what they need is fetched when one is about to be used. */

import { fetchModule } from "../core/api.js";
import { byId } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { showError } from "../panel/map_message.js";
import { showBriefly } from "./copy_link.js";

/** @param {() => object} what what is on the screen when the button is pressed; see `openExport` */
export function enableExportButton(what) {
  const button = byId("export");
  if (!button) return;
  button.hidden = false;
  const open = async () => {
    try {
      const { openExport } = await fetchModule(button.dataset.module);
      await openExport(what());
    } catch (error) {
      showError(error, open, false);
    }
  };
  button.addEventListener("click", open);
}

/**
 * The button over the table. Its code is fetched on the way to it: some browsers let a page copy
 * only at once after a click.
 *
 * @param {() => {document: object, rows: object[]}} shown what the table lists
 */
export function enableCopyTableButton(shown) {
  const button = byId("copy-table");
  if (!button) return;
  const usual = button.textContent;
  const load = () => fetchModule(button.dataset.module);
  const copy = async () => {
    try {
      const { copyTableValues } = await load();
      const done = await copyTableValues(shown());
      showBriefly(button, t(done ? "table.copied" : "table.copy_failed"), usual);
    } catch (error) {
      showError(error, copy, false);
    }
  };
  button.hidden = false;
  for (const near of ["pointerenter", "focus"])
    button.addEventListener(near, () => load().catch(() => null), { once: true });
  button.addEventListener("click", copy);
}
