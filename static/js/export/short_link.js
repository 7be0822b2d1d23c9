/** The short address of the page and its QR code, asked for when they are wanted. */

import { request } from "./request.js";
import { announceInPanel } from "./panel_texts.js";

export class ShortLink {
  /** @param {HTMLDialogElement} dialog */
  constructor(dialog) {
    this.dialog = dialog;
    /** @type {HTMLButtonElement} */
    this.button = dialog.querySelector("#export-share");
    this.button.addEventListener("click", () => this.make());
  }

  /** The address as text, to be copied. */
  get text() {
    return this.dialog.querySelector("#export-short").textContent;
  }

  async make() {
    try {
      const body = JSON.stringify({ address: location.pathname + location.search });
      const lang = document.documentElement.lang;
      const options = { method: "POST", headers: { "Content-Type": "application/json" }, body };
      this.show(await (await request(`/export/short?lang=${lang}`, options)).json());
    } catch (error) {
      announceInPanel(error.sentence ?? error.message);
      this.button.after(error.sentence ?? error.message);
    }
  }

  show({ short, long, qr }) {
    /** @type {HTMLAnchorElement} */
    const link = this.dialog.querySelector("#export-short");
    // Where the server keeps no short one, the page's own.
    const address = short || long;
    link.href = address;
    link.textContent = address;
    /** @type {HTMLImageElement} */
    const picture = this.dialog.querySelector("#export-qr");
    picture.src = qr;
    picture.title = long;
    /** @type {NodeListOf<HTMLElement>} */
    const [shared, copy] = this.dialog.querySelectorAll("#export-shared, #export-copy-short");
    shared.hidden = false;
    this.button.hidden = true;
    copy.focus();
    announceInPanel(address);
  }
}
