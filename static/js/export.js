/** The export panel, loaded when it is first opened. */

export { openExport } from "./export/panel.js";
