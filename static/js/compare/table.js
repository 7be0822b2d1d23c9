/** The figures of either side as a table, or the differences with their signs. */

import { el } from "../core/dom.js";
import { Table } from "../panel/table.js";

export class CompareTable extends Table {
  valueCell(row, indicator) {
    const cell = super.valueCell(row, indicator);
    if (indicator.signed && row.value > 0) cell.append(el("span", { class: "sign", text: "+" }));
    if (indicator.signed && row.value > 0) cell.insertBefore(cell.lastChild, cell.lastChild.previousSibling);
    return cell;
  }
}
