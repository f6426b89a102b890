// The themes matrix: a grid of cells like a spreadsheet's, and beside it the cell that
// is open. Names, summaries and quotations only ever become text nodes and values.

import { MatrixView } from "./matrix_view.js";

const views = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = new MatrixView(parentElement.querySelector(".themes-matrix-host"));
    views.set(parentElement, view);
  }
  view.tell = (asked) => setStateValue("asked", asked);
  view.receive(data);
}
