/** The page of a file that takes long: its button starts the work and shows how far it is. */

import { byId } from "../core/dom.js";
import { learn } from "./words.js";
import { placeWorks, takeJob } from "./works.js";

export function offerJob() {
  const button = byId("export-download");
  const { address, name } = button.dataset;
  learn(button);
  placeWorks(byId("job-works"));
  let running = false;
  const make = async () => {
    if (running) return;
    running = true;
    button.setAttribute("aria-disabled", "true");
    // What was refused stands in the row of the work.
    await takeJob(name, address).catch(() => null);
    running = false;
    button.removeAttribute("aria-disabled");
  };
  button.addEventListener("click", make);
  button.hidden = false;
}
