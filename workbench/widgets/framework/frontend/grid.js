// The grid: first row and first column stay, only the rows in sight are built.

import { element } from "./elements.js";
import { WHOLE } from "./content.js";

const HIGH = 130;
const LOW = 58;
const GROUP = 32;
const SPARE = 3;
const NAME_WIDTH = 190;
const COLUMN_WIDTH = 236;

export class Grid {
  // `acts`: moved(row, column), open(row, column, typed).
  constructor(content, acts) {
    this.content = content;
    this.acts = acts;
    this.id = crypto.randomUUID();
    this.active = { row: 0, column: 0 };
    this.items = [];
    this.tops = [];
    this.built = new Map();
    this.head = element("div", { class: "tm-head", role: "row", "aria-rowindex": 1 });
    this.body = element("div", { class: "tm-body", role: "rowgroup" });
    this.view = element("div", { class: "tm-view", role: "grid", tabindex: 0, onkeydown: (event) => this.onKey(event), onclick: (event) => this.onClick(event) }, this.head, this.body);
    this.view.addEventListener("scroll", () => this.paint());
    new ResizeObserver(() => this.paint()).observe(this.view);
  }

  get columns() {
    return this.content.frame.columns.length;
  }

  // The columns in the order of the keys; the summary of a row stands last.
  get columnOrder() {
    return [...Array(this.columns).keys(), WHOLE];
  }

  draw() {
    const { frame } = this.content;
    this.view.setAttribute("aria-label", frame.label);
    this.view.setAttribute("aria-rowcount", frame.rows.length + 2);
    this.view.setAttribute("aria-colcount", this.columns + 2);
    this.arrange();
    const width = NAME_WIDTH + (this.columns + 1) * COLUMN_WIDTH;
    this.head.style.width = this.body.style.width = `${width}px`;
    this.head.replaceChildren(
      element("div", { class: "tm-corner", role: "columnheader", "aria-colindex": 1 }, "Rows"),
      ...this.columnOrder.map((column, at) => this.headOf(column, at)),
    );
    this.built.clear();
    this.body.replaceChildren();
    this.active.row = Math.min(this.active.row, frame.rows.length - 1);
    this.active.column = Math.min(this.active.column, this.columns - 1);
    this.paint();
  }

  headOf(column, at) {
    const [, , definition, note] = column === WHOLE ? ["", "", "", ""] : this.content.frame.columns[column];
    const gaps = column === WHOLE ? "" : this.content.gaps?.column_gaps[column] ?? "";
    return element(
      "div",
      { class: "tm-columnhead", role: "columnheader", "aria-colindex": at + 2, title: definition || null },
      element("bdi", { class: "tm-name" }, this.content.columnName(column)),
      element("span", { class: "tm-note" }, [note, gaps].filter(Boolean).join(", ")),
    );
  }

  arrange() {
    const { frame } = this.content;
    this.items = [];
    let group = "";
    frame.rows.forEach(([, , of], row) => {
      if (of && of !== group) this.items.push({ group: of, height: GROUP });
      group = of;
      this.items.push({ row, height: this.content.hasWords(row) ? HIGH : LOW });
    });
    this.items.push({ row: WHOLE, height: this.content.hasWords(WHOLE) ? HIGH : LOW });
    let top = 0;
    this.tops = this.items.map((item) => {
      const at = top;
      top += item.height;
      return at;
    });
    this.body.style.height = `${top}px`;
    this.places = new Map(this.items.map((item, at) => [item.row, at]).filter(([row]) => row !== undefined));
  }

  // Written cells came or went: rows may have another height, and are built anew.
  refresh() {
    this.draw();
  }

  at(offset) {
    let [low, high] = [0, this.items.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.tops[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  paint() {
    if (!this.content.frame || !this.items.length) return;
    const { scrollTop, clientHeight } = this.view;
    const first = Math.max(0, this.at(scrollTop) - SPARE);
    const last = Math.min(this.items.length - 1, this.at(scrollTop + clientHeight) + SPARE);
    const wanted = new Set([this.places.get(this.active.row)]);
    for (let at = first; at <= last; at += 1) wanted.add(at);
    for (const [at, made] of this.built) {
      if (!wanted.has(at)) {
        made.remove();
        this.built.delete(at);
      }
    }
    for (const at of wanted) {
      if (at === undefined || this.built.has(at)) continue;
      const made = this.rowOf(this.items[at], at);
      this.built.set(at, made);
      this.body.append(made);
    }
    this.markActive();
  }

  rowOf(item, at) {
    const made = element("div", { class: "tm-row", role: "row" });
    made.style.top = `${this.tops[at]}px`;
    made.style.height = `${item.height}px`;
    if (item.group !== undefined) {
      made.classList.add("tm-group");
      made.append(element("div", { role: "rowheader", "aria-colspan": this.columns + 2 }, element("bdi", {}, item.group)));
      return made;
    }
    const index = item.row === WHOLE ? this.content.frame.rows.length + 2 : item.row + 2;
    made.setAttribute("aria-rowindex", index);
    made.classList.toggle("tm-low", item.height === LOW);
    made.append(
      element(
        "div",
        { class: "tm-rowhead", role: "rowheader", "aria-colindex": 1, title: this.content.rowName(item.row) },
        element("bdi", { class: "tm-name" }, this.content.rowName(item.row)),
        element("span", { class: "tm-note" }, item.row === WHOLE ? "" : this.content.gaps?.row_gaps[item.row] ?? ""),
      ),
      ...this.columnOrder.map((column, place) => this.cellOf(item.row, column, place)),
    );
    return made;
  }

  cellId(row, column) {
    return `tm-${this.id}-${row}-${column}`;
  }

  cellOf(row, column, place) {
    const cell = this.content.cell(row, column);
    const draft = this.acts.hasDraft(row, column);
    const said = [cell.state, cell.count, cell.thin ? "thin" : "", cell.saving ? "saving" : "", draft ? "not saved yet" : ""];
    return element(
      "div",
      {
        id: this.cellId(row, column),
        class: "tm-cell",
        role: "gridcell",
        "aria-colindex": place + 2,
        "data-row": row,
        "data-column": column,
        "data-state": cell.state,
      },
      cell.text ? element("div", { class: "tm-text" }, cell.text) : null,
      element(
        "div",
        { class: "tm-state" },
        element("span", { class: "tm-shape", "aria-hidden": "true" }, draft ? "✎" : cell.shape),
        element("span", {}, said.filter(Boolean).join(", ")),
        this.content.isLong(cell.text) ? element("span", { class: "tm-more" }, "more") : null,
      ),
    );
  }

  markActive() {
    const id = this.cellId(this.active.row, this.active.column);
    for (const one of this.body.querySelectorAll("[data-active]")) {
      if (one.id !== id) {
        delete one.dataset.active;
        one.removeAttribute("aria-selected");
      }
    }
    const one = this.body.querySelector(`[id="${id}"]`);
    if (!one) return;
    one.dataset.active = "";
    one.setAttribute("aria-selected", "true");
    this.view.setAttribute("aria-activedescendant", id);
  }

  // --- moving

  goTo(row, column) {
    this.active = { row, column };
    const at = this.places.get(row);
    const [top, height] = [this.tops[at], this.items[at].height];
    const headHeight = this.head.offsetHeight;
    const seen = this.view.clientHeight - headHeight;
    if (top < this.view.scrollTop) this.view.scrollTop = top;
    else if (top + height > this.view.scrollTop + seen) this.view.scrollTop = top + height - seen;
    const place = column === WHOLE ? this.columns : column;
    const [left, right] = [place * COLUMN_WIDTH, (place + 1) * COLUMN_WIDTH];
    const wide = this.view.clientWidth - NAME_WIDTH;
    if (left < this.view.scrollLeft) this.view.scrollLeft = left;
    else if (right > this.view.scrollLeft + wide) this.view.scrollLeft = Math.min(left, right - wide);
    this.paint();
  }

  // The next row or column in a direction, or the same at an edge.
  next(rows, columns) {
    const lines = this.items.map((item) => item.row).filter((row) => row !== undefined);
    const line = lines.indexOf(this.active.row);
    const order = this.columnOrder;
    const place = order.indexOf(this.active.column);
    return {
      row: lines[Math.max(0, Math.min(lines.length - 1, line + rows))],
      column: order[Math.max(0, Math.min(order.length - 1, place + columns))],
    };
  }

  onKey(event) {
    const page = Math.max(1, Math.floor((this.view.clientHeight - this.head.offsetHeight) / HIGH));
    const far = this.items.length;
    const control = event.ctrlKey || event.metaKey;
    const steps = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      PageUp: [-page, 0],
      PageDown: [page, 0],
      Home: control ? [-far, -this.columns - 1] : [0, -this.columns - 1],
      End: control ? [far, this.columns + 1] : [0, this.columns + 1],
    };
    const step = event.altKey ? null : steps[event.key];
    if (step && (!control || event.key === "Home" || event.key === "End")) {
      event.preventDefault();
      const { row, column } = this.next(...step);
      this.goTo(row, column);
      this.acts.moved(row, column);
    } else if (event.key === "Enter" || event.key === "F2" || event.key === " ") {
      event.preventDefault();
      this.acts.open(this.active.row, this.active.column, "");
    } else if (event.key === "Escape") {
      this.acts.leave();
    } else if (event.key.length === 1 && !control && !event.altKey) {
      event.preventDefault();
      this.acts.open(this.active.row, this.active.column, event.key);
    }
  }

  onClick(event) {
    const cell = event.target.closest?.(".tm-cell");
    if (!cell) return;
    this.view.focus({ preventScroll: true });
    const [row, column] = [Number(cell.dataset.row), Number(cell.dataset.column)];
    this.goTo(row, column);
    this.acts.show(row, column);
  }
}
