/** The figures of either side as a table, or the differences with their signs. */

import { el } from "../core/dom.js";
import { Table } from "../panel/table.js";

export class CompareTable extends Table {
  valueCell(row, indicator) {
    const cell = super.valueCell(row, indicator);
    if (indicator.signed && row.value > 0) cell.lastChild.before(el("span", { class: "sign", text: "+" }));
    return cell;
  }
}
