// On a narrow window: one row at a time, its cells as a list.

import { WHOLE } from "./content.js";
import { button, element } from "./elements.js";

export function narrowList(list, content, row, acts) {
  const name = `tm-row-${content.frame.matrix}`;
  const choice = element(
    "select",
    { id: name, onchange: (event) => acts.row(Number(event.target.value)) },
    ...content.frame.rows.map(([, words], at) => element("option", { value: at, selected: at === row }, words)),
    element("option", { value: WHOLE, selected: row === WHOLE }, content.rowName(WHOLE)),
  );
  list.tabIndex = -1;
  list.replaceChildren(
    element("label", { class: "tm-label", for: name }, "Row"),
    choice,
    element(
      "ul",
      {},
      ...[...content.frame.columns.keys(), WHOLE].map((column) => {
        const cell = content.cell(row, column);
        const said = [cell.state, cell.count].filter(Boolean).join(", ");
        return element(
          "li",
          {},
          button(content.columnName(column), () => acts.open(row, column), { class: "tm-listname" }),
          cell.text ? element("p", { class: "tm-text" }, cell.text) : null,
          element("p", { class: "tm-note" }, element("span", { "aria-hidden": "true" }, `${cell.shape} `), said),
        );
      }),
    ),
  );
}
