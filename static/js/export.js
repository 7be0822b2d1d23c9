/** What is loaded when something is taken away for the first time: the panel, and the table. */

import { announce } from "./core/dom.js";
import { t } from "./core/texts.js";
import { copyTable, pasteable } from "./export/clipboard.js";
import { figuresTable } from "./export/figures.js";

export { offerJob } from "./export/job.js";
export { openExport } from "./export/panel.js";

/** Puts the table beside the map on the clipboard and says so. */
export async function copyFigures({ document: values, rows }) {
  const lang = document.documentElement.lang;
  const done = await copyTable(pasteable(figuresTable(values, rows), lang));
  announce(t(done ? "table.copied" : "table.copy_failed"));
  return done;
}
