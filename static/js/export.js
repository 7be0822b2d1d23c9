/** What is loaded when something is taken away for the first time: the panel, and the table. */

import { announce } from "./core/dom.js";
import { t } from "./core/i18n.js";
import { clipboardFormats, clipboardTable, copyTable } from "./export/clipboard.js";

export { startJobPage } from "./export/job_client.js";
export { openExport } from "./export/export_dialog.js";

/** Puts the table beside the map on the clipboard and says so. */
export async function copyTableValues({ document: values, rows }) {
  const lang = document.documentElement.lang;
  const done = await copyTable(clipboardFormats(clipboardTable(values, rows), lang));
  announce(t(done ? "table.copied" : "table.copy_failed"));
  return done;
}
