/** The page of a file that takes long: its button starts the work and shows how far it is. */

import { byId } from "../core/dom.js";
import { loadPanelTexts } from "./panel_texts.js";
import { attachJobList, runJob } from "./job_client.js";

export function startJobPage() {
  const button = byId("export-download");
  const { address, name } = button.dataset;
  loadPanelTexts(button);
  attachJobList(byId("job-page-slot"));
  let running = false;
  const make = async () => {
    if (running) return;
    running = true;
    button.setAttribute("aria-disabled", "true");
    // What was refused stands in the row of the work.
    await runJob(name, address).catch(() => null);
    running = false;
    button.removeAttribute("aria-disabled");
  };
  button.addEventListener("click", make);
  button.hidden = false;
}
