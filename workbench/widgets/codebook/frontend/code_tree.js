// The tree of codes: chosen by click or arrow keys, moved by dragging or by Alt with an
// arrow key. Only the rows in sight are built, so that two thousand codes scroll like
// twenty. Names only ever become text nodes and attribute values.

const ROW = 34;
const SPARE = 8;
// A row is only opened once the arrow keys rest on it.
const REST = 180;
const STEPS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "under" };
const STEP_WORDS = { up: "up", down: "down", out: "out", under: "under the one above" };
const trees = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  let tree = trees.get(parentElement);
  if (!tree) {
    tree = new CodeTree(parentElement.querySelector(".code-tree-host"));
    trees.set(parentElement, tree);
  }
  tree.tell = setStateValue;
  tree.receive(data);
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") made.className = value;
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

class CodeTree {
  constructor(host) {
    this.client = crypto.randomUUID();
    this.sequence = 0;
    this.picks = 0;
    this.waiting = [];
    this.closed = new Set();
    this.rows = [];
    this.shown = [];
    this.active = "";
    this.over = null;
    this.spacer = element("div", { class: "code-tree-all", role: "presentation" });
    this.view = element("div", { class: "code-tree-view", role: "tree", tabindex: "0" }, this.spacer);
    this.live = element("p", { class: "code-tree-said", role: "status" });
    host.replaceChildren(element("div", { class: "code-tree" }, this.view, this.live));
    this.box = host.firstChild;
    this.view.addEventListener("scroll", () => this.paint());
    this.view.addEventListener("keydown", (event) => this.onKey(event));
    this.view.addEventListener("click", (event) => this.onClick(event));
    for (const kind of ["dragstart", "dragover", "dragleave", "drop", "dragend"]) {
      this.view.addEventListener(kind, (event) => this[kind](event));
    }
    new ResizeObserver(() => this.paint()).observe(this.view);
  }

  receive(data) {
    this.data = data;
    this.box.dataset.theme = data.dark ? "dark" : "light";
    this.view.setAttribute("aria-label", data.label);
    this.rows = data.rows.map(([id, parent, depth, name, note, colour, flags, strokes, dots]) => ({
      id, parent, depth, name, note, colour, strokes, dots, heading: flags.includes("h"), retired: flags.includes("r"),
    }));
    if (data.answered.client === this.client) {
      this.waiting = this.waiting.filter((one) => one.seq > data.answered.seq);
    }
    const isNew = data.chosen !== this.chosen;
    this.chosen = data.chosen;
    if (isNew || !this.rows.some((row) => row.id === this.active)) this.active = data.chosen;
    if (isNew) this.open(data.chosen);
    this.arrange();
    if (isNew) this.reveal();
  }

  // --- what is shown

  open(id) {
    const byId = new Map(this.rows.map((row) => [row.id, row]));
    let row = byId.get(byId.get(id)?.parent);
    while (row) {
      this.closed.delete(row.id);
      row = byId.get(row.parent);
    }
  }

  arrange() {
    let hiddenBelow = Infinity;
    this.shown = this.rows.filter((row) => {
      if (row.depth > hiddenBelow) return false;
      hiddenBelow = this.closed.has(row.id) ? row.depth : Infinity;
      return true;
    });
    this.spacer.style.height = `${this.shown.length * ROW}px`;
    this.view.style.height = `${Math.min(this.shown.length * ROW + 4, this.data.height)}px`;
    this.built = "";
    this.paint();
  }

  paint() {
    const first = Math.max(0, Math.floor(this.view.scrollTop / ROW) - SPARE);
    const last = Math.min(this.shown.length, Math.ceil((this.view.scrollTop + this.view.clientHeight) / ROW) + SPARE);
    const wanted = `${first} ${last} ${this.active}`;
    if (wanted === this.built) return;
    this.built = wanted;
    const siblings = this.places();
    this.spacer.replaceChildren(...this.shown.slice(first, last).map((row, at) => this.rowOf(row, first + at, siblings)));
    this.view.setAttribute("aria-activedescendant", this.active ? this.domId(this.active) : "");
  }

  // For a screen reader: how many stand beside a code, and which of them it is.
  places() {
    const groups = new Map();
    for (const row of this.rows) {
      if (!groups.has(row.parent)) groups.set(row.parent, []);
      groups.get(row.parent).push(row.id);
    }
    return groups;
  }

  domId(id) {
    return `code-row-${this.client}-${id}`;
  }

  rowOf(row, at, siblings) {
    const group = siblings.get(row.parent);
    const isClosed = this.closed.has(row.id);
    const made = element("div", {
      id: this.domId(row.id),
      class: "code-tree-row",
      role: "treeitem",
      "data-id": row.id,
      "aria-level": row.depth + 1,
      "aria-setsize": group.length,
      "aria-posinset": group.indexOf(row.id) + 1,
      "aria-selected": row.id === this.chosen ? "true" : "false",
      "aria-expanded": row.heading ? String(!isClosed) : null,
      "data-active": row.id === this.active,
      draggable: this.data.may_move && !row.retired ? "true" : null,
      title: row.name,
    });
    made.style.top = `${at * ROW}px`;
    made.style.paddingInlineStart = `${8 + Math.min(row.depth, 8) * 20}px`;
    const swatch = element("span", { class: "code-tree-swatch", "aria-hidden": "true" });
    swatch.style.background = swatchLine(row, (this.data.inks[row.colour] ?? ["#777", "#999"])[this.data.dark ? 1 : 0]);
    made.append(
      element("span", { class: "code-tree-fold", "aria-hidden": "true" }, row.heading ? (isClosed ? "▸" : "▾") : ""),
      swatch,
      element("bdi", { class: row.heading ? "code-tree-name code-tree-heading" : "code-tree-name" }, row.name),
      element("span", { class: "code-tree-note" }, row.retired ? `${row.note} retired`.trim() : row.note),
    );
    return made;
  }

  reveal() {
    const at = this.shown.findIndex((row) => row.id === this.active);
    if (at < 0) return;
    const [top, bottom] = [at * ROW, (at + 1) * ROW];
    if (top < this.view.scrollTop) this.view.scrollTop = top;
    else if (bottom > this.view.scrollTop + this.view.clientHeight) this.view.scrollTop = bottom - this.view.clientHeight;
    this.paint();
  }

  // --- choosing

  pick(id) {
    clearTimeout(this.resting);
    this.picks += 1;
    this.tell("picked", { id, n: `${this.client} ${this.picks}` });
  }

  onClick(event) {
    const row = this.rowAt(event);
    if (!row) return;
    // A row that can be dragged does not hand the focus on by itself.
    this.view.focus({ preventScroll: true });
    if (event.target.closest(".code-tree-fold") && row.heading) {
      this.fold(row);
      return;
    }
    this.active = row.id;
    this.paint();
    this.pick(row.id);
  }

  rowAt(event) {
    const id = event.target.closest?.(".code-tree-row")?.dataset.id;
    return this.shown.find((row) => row.id === id);
  }

  fold(row, close = !this.closed.has(row.id)) {
    if (close) this.closed.add(row.id);
    else this.closed.delete(row.id);
    this.arrange();
  }

  onKey(event) {
    const at = this.shown.findIndex((row) => row.id === this.active);
    const row = this.shown[at];
    if (event.altKey && STEPS[event.key]) {
      // Alt with an arrow would otherwise leave the page.
      event.preventDefault();
      if (row) this.step(row, STEPS[event.key]);
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: this.shown.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.goTo(this.shown[Math.max(0, Math.min(this.shown.length - 1, to))]);
    } else if (row && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      this.pick(row.id);
    } else if (row && event.key === "ArrowRight" && row.heading) {
      event.preventDefault();
      this.fold(row, false);
    } else if (row && event.key === "ArrowLeft") {
      event.preventDefault();
      if (row.heading && !this.closed.has(row.id)) this.fold(row, true);
      else this.goTo(this.shown.find((one) => one.id === row.parent));
    }
  }

  goTo(row) {
    if (!row) return;
    this.active = row.id;
    this.reveal();
    this.paint();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.pick(row.id), REST);
  }

  // --- moving: asked for by number, so that fast keys are all carried out, once each

  ask(change, words) {
    this.sequence += 1;
    this.waiting.push({ seq: this.sequence, ...change });
    this.live.textContent = words;
    this.tell("asked", { client: this.client, moves: this.waiting });
  }

  step(row, step) {
    if (!this.data.may_move || row.retired) return;
    if (step === "under") this.openAbove(row);
    this.ask({ id: row.id, step }, `${row.name} moves ${STEP_WORDS[step]}.`);
  }

  openAbove(row) {
    const group = this.places().get(row.parent);
    const above = group[group.indexOf(row.id) - 1];
    if (above) this.closed.delete(above);
  }

  dragstart(event) {
    const row = this.rowAt(event);
    if (!row) return;
    this.dragged = row;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.id);
  }

  dragover(event) {
    const row = this.rowAt(event);
    if (!this.dragged || !row || row.retired || this.isBelow(row, this.dragged)) {
      this.mark(null);
      return;
    }
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    const box = event.target.closest(".code-tree-row").getBoundingClientRect();
    const part = (event.clientY - box.top) / box.height;
    this.mark({ id: row.id, where: part < 0.3 ? "before" : part > 0.7 ? "after" : "inside" });
  }

  dragleave(event) {
    if (!this.view.contains(event.relatedTarget)) this.mark(null);
  }

  drop(event) {
    event.preventDefault();
    const { dragged, over } = this;
    this.dragend();
    if (!dragged || !over) return;
    const target = this.rows.find((row) => row.id === over.id);
    if (over.where === "inside") this.closed.delete(over.id);
    this.ask({ id: dragged.id, target: over.id, where: over.where }, `${dragged.name} moves ${over.where} ${target.name}.`);
  }

  dragend() {
    this.dragged = null;
    this.mark(null);
  }

  // On the rows as they stand: building them anew would end the drag.
  mark(over) {
    if (this.over?.id === over?.id && this.over?.where === over?.where) return;
    this.over = over;
    for (const row of this.spacer.children) {
      if (row.dataset.id === over?.id) row.dataset.over = over.where;
      else delete row.dataset.over;
    }
  }

  isBelow(row, above) {
    const byId = new Map(this.rows.map((one) => [one.id, one]));
    let one = row;
    while (one) {
      if (one.id === above.id) return true;
      one = byId.get(one.parent);
    }
    return false;
  }
}

// The line of the code as it stands beside its passages: one stroke or two, dots below a
// dash. As in the transcript pane's drawing/lines.js and in code_lines.py.
function swatchLine({ strokes, dots }, ink) {
  const stops = [];
  let at = 0;
  for (const part of dots ? [15 - dots * 3, ...Array(dots).fill(2)] : [16]) {
    stops.push(`${ink} ${at}px ${at + part}px`, `transparent ${at + part}px ${at + part + 1}px`);
    at += part + 1;
  }
  const image = `linear-gradient(180deg, ${stops.join(", ")})`;
  return strokes > 1 ? `${image} left / 5px 100% no-repeat, ${image} right / 5px 100% no-repeat` : image;
}
