/** The form of the panel: which fields a kind of file has, and what stands in them. */

/** The lists are for the choice that asks for them. */
const LISTS = {
  units: ({ kind, pages, which_units }) => kind === "atlas" && pages === "units" && which_units === "list",
  periods: ({ by }) => by === "periods",
  indicators: ({ kind, by, pages, which_indicators }) =>
    kind === "multiples" ? by === "indicators" : pages !== "units" && which_indicators === "list",
};
const CONTROLLING = ["by", "pages", "which_units", "which_indicators", "preset"];

const kindsOf = (node) => node.dataset.kinds.split(" ");

/**
 * Any control of the form, or several of one name.
 *
 * @typedef {HTMLInputElement & {selectedOptions?: HTMLCollectionOf<HTMLOptionElement>}} Control
 */

export class ExportForm {
  /** @param {HTMLDialogElement} dialog whose elements name the kinds they are for in `data-kinds` */
  constructor(dialog) {
    this.dialog = dialog;
    this.form = dialog.querySelector("form");
    /** @type {Record<string, Control> & Iterable<Control>} */
    this.controls = /** @type {any} */ (this.form.elements);
  }

  get kind() {
    return this.controls.kind.value;
  }

  isFor(node) {
    const holder = node.closest("[data-kinds]");
    return !holder || kindsOf(holder).includes(this.kind);
  }

  controllingValues() {
    /** @type {Record<string, string>} */
    const chosen = { kind: this.kind };
    for (const name of CONTROLLING) {
      const control = this.controls[name];
      if (control && this.isFor(control)) chosen[name] = control.value;
    }
    return chosen;
  }

  /** Shows what the kind has; what is hidden takes no part. */
  updateVisibility() {
    const chosen = this.controllingValues();
    /** @type {NodeListOf<HTMLElement & {disabled?: boolean}>} */
    const parts = this.dialog.querySelectorAll("[data-kinds], [data-when], [data-choice]");
    for (const node of parts) {
      const { kinds, when, choice } = node.dataset;
      const fits =
        (!kinds || kindsOf(node).includes(this.kind)) &&
        (!when || matchesCondition(when, chosen)) &&
        (!choice || LISTS[choice](chosen));
      node.hidden = !fits;
      if (node.localName === "option") node.disabled = !fits;
    }
    for (const control of this.controls) control.disabled = Boolean(control.closest("[hidden]"));
    const extent = this.controls.extent;
    if (extent?.selectedOptions[0]?.disabled) extent.value = "province";
    const format = this.controls.format;
    if (format.value !== "png") this.controls.dpi.disabled = true;
  }

  /**
   * What is chosen; of several ticks with one name a list with commas. A question mark stands for
   * what is no number: the server says what is wanted there.
   */
  choices() {
    /** @type {Record<string, string>} */
    const choices = {};
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string") choices[name] = choices[name] ? `${choices[name]},${value.trim()}` : value.trim();
    }
    for (const name of ["width", "height", "dpi"]) {
      const control = this.controls[name];
      if (!control.disabled && (control.validity.badInput || (name !== "dpi" && !control.value))) choices[name] = "?";
    }
    return choices;
  }

  /** Name of a list that is to be chosen from and has no tick; without it all would be taken. */
  unfilledList() {
    /** @type {NodeListOf<HTMLElement>} */
    const lists = this.form.querySelectorAll("[data-choice]:not([hidden])");
    return [...lists].find((list) => !list.querySelector("input:checked"))?.dataset.choice ?? "";
  }

  set(name, value) {
    const field = this.controls[name];
    if (!field) return;
    if (field.type !== "checkbox") field.value = value;
    else field.checked = Boolean(value);
  }

  /** The logo as the body of a request; nothing without one. */
  logo() {
    const control = this.controls.logo;
    const file = control && !control.disabled ? control.files[0] : null;
    if (!file) return null;
    const body = new FormData();
    body.append("logo", file);
    return body;
  }
}

function matchesCondition(when, chosen) {
  const [, name, sign, value] = /^(\w+)(!?=)(.*)$/.exec(when);
  return (chosen[name] === value) === (sign === "=");
}
