/** A panel in a foldable part of the page, whose code is fetched when it is first needed. */

import { fetchPanel } from "../core/api.js";
import { byId } from "../core/dom.js";
import { hideMessage, showError } from "./map_message.js";

export class PanelOnDemand {
  /**
   * @param {string} id of the element that the panel fills; its `data-` attributes say what it is made of
   * @param {(code: any, root: HTMLElement, t: import("../core/i18n.js").Translate) => any} make
   */
  constructor(id, make) {
    const root = byId(id);
    this.details = root.closest("details");
    this.create = async () => {
      const { code, t } = await fetchPanel(root.dataset);
      return make(code, root, t);
    };
    /** @type {Promise<any>|null} */
    this.making = null;
    /** The panel, once it stands. */
    this.panel = null;
  }

  /**
   * Uses the panel, which is made first where there is none. What goes wrong is said, with the way to
   * try again.
   *
   * @param {(panel: any) => Promise<void>|void} use
   * @param {() => void} again
   * @param {() => boolean} [wanted] whether what goes wrong still matters to anybody
   */
  async use(use, again, wanted = () => true) {
    try {
      this.making ??= this.create();
      this.panel = await this.making;
      await use(this.panel);
    } catch (error) {
      if (!wanted()) return;
      this.making = this.panel = null;
      const retry = () => {
        hideMessage();
        again();
      };
      showError(error, retry, true);
    }
  }
}
