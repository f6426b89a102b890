// Grid and open cell together: what was changed is shown at once, sent until the study
// has answered, and said to be saved only then.

import { CellPane } from "./cell_pane.js";
import { MatrixContent, WHOLE } from "./content.js";
import { button, element } from "./elements.js";
import { Grid } from "./grid.js";
import { Outbox, drafts } from "./outbox.js";
import { narrowList } from "./narrow_list.js";

const NARROW = 700;
// While the arrow keys run over cells, the one they rest on is opened.
const REST = 180;

export class MatrixView {
  constructor(host) {
    this.content = new MatrixContent();
    this.outbox = new Outbox();
    this.open = null;
    this.asks = 0;
    this.typed = "";
    this.shown = 0;
    this.grid = new Grid(this.content, {
      moved: (row, column) => this.follow(row, column),
      show: (row, column) => this.show(row, column),
      open: (row, column, typed) => this.write(row, column, typed),
      leave: () => this.close(),
      hasDraft: (row, column) => Boolean(this.draftOf(row, column)),
    });
    this.pane = new CellPane({
      save: (how) => this.save(how),
      drop: () => this.drop(),
      link: (thing) => this.change("link", thing),
      unlink: (thing) => this.change("unlink", thing),
      accept: (thing) => this.change("accept", thing),
      read: (source, at) => this.leaveTo(source, at),
      goCell: ([key, code]) => this.goCell(key, code),
      more: () => this.askCell(this.shown + 1),
      close: () => this.close(),
      typed: () => this.keepDraft(),
    });
    this.status = element("p", { class: "tm-status", role: "status" });
    this.alert = element("div", { class: "tm-alert", role: "alert", hidden: true });
    this.list = element("div", { class: "tm-list", hidden: true });
    this.box = element("div", { class: "themes-matrix" }, this.alert, this.status, element("div", { class: "tm-both" }, this.grid.view, this.list, this.pane.box));
    host.replaceChildren(this.box);
    new ResizeObserver(() => this.fit()).observe(this.box);
  }

  receive(data) {
    this.data = data;
    this.box.dataset.theme = data.dark ? "dark" : "light";
    this.box.style.setProperty("--tm-height", `${data.height}px`);
    const [wasFrame, wasWritten] = this.content.held;
    const isMissing = this.content.receive(data.content);
    if (isMissing || !this.content.frame) {
      // Built anew since it was last sent: asked for whole.
      this.content.held = ["", ""];
      if (!this.isAsking) this.ask();
      this.isAsking = true;
      return;
    }
    this.isAsking = false;
    const [frame, written] = this.content.held;
    if (frame !== wasFrame && wasFrame) this.close();
    const said = this.answer(data.answers);
    if (frame !== wasFrame || written !== wasWritten || said) this.grid.draw();
    if (data.start && data.start.n !== this.started) {
      this.started = data.start.n;
      this.goCell(data.start.row, data.start.column);
    }
    const { opened } = data;
    if (opened && this.open && opened.n === this.asks && opened.row !== undefined) this.showOpened(opened);
    this.fit();
  }

  // What the study answered: saved is said, refused words stay as a draft.
  answer(answers) {
    const done = this.outbox.answered(answers);
    for (const { operation, refused } of done) {
      const { row, column } = operation.position;
      const name = `${this.content.rowName(row)}, ${this.content.columnName(column)}`;
      if (operation.doing === "write") this.content.unsaved.delete(`${row} ${column}`);
      if (refused) {
        if (operation.doing === "write") {
          drafts.keep(operation.matrix, operation.row, operation.column, { text: operation.text, absent: operation.absent, seen: operation.seen });
        }
        this.tellProblem(`${name} was not saved. ${refused}`);
      } else {
        this.saidOf(operation, name);
      }
    }
    return done.length > 0;
  }

  saidOf(operation, name) {
    const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    const what = { write: "saved", link: "linked", unlink: "unlinked", accept: "read again: still holds" }[operation.doing];
    const parts = [`✓ ${name}: ${what} ${time}. `];
    if (operation.doing === "write" && !operation.isUndo) parts.push(button("Undo", () => this.undo(operation), { class: "tm-quiet" }));
    this.status.replaceChildren(...parts);
  }

  tellProblem(words) {
    this.alert.hidden = false;
    this.alert.replaceChildren(element("strong", {}, "There is a problem. "), words, " ", button("Close", () => { this.alert.hidden = true; }, { class: "tm-quiet" }));
  }

  ask(more = {}) {
    const operations = this.outbox.waiting.map(({ position, before, isUndo, ...one }) => one);
    this.go = more.go ?? this.go;
    this.tell({ client: this.outbox.client, operations, open: this.openAsked, held: [...this.content.held], go: this.go });
  }

  // --- opening

  follow(row, column) {
    if (!this.pane.isOpen) return;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.show(row, column), REST);
  }

  show(row, column, typed = "") {
    clearTimeout(this.resting);
    this.open = { row, column };
    this.typed = typed;
    this.pane.wait(this.content.rowName(row), this.content.columnName(column));
    this.shown = 0;
    this.askCell(0);
    this.fit();
  }

  write(row, column, typed) {
    if (!(this.open && this.open.row === row && this.open.column === column && this.pane.opened)) this.show(row, column);
    if (typed && this.data.may_write) {
      this.pane.words.setRangeText(this.pane.words.value && !this.pane.words.value.endsWith(" ") ? ` ${typed}` : typed, this.pane.words.value.length, this.pane.words.value.length, "end");
      if (this.pane.opened) this.keepDraft();
    }
    this.pane.words.focus({ preventScroll: true });
    const end = this.pane.words.value.length;
    this.pane.words.setSelectionRange(end, end);
  }

  askCell(shown) {
    this.shown = shown;
    this.asks += 1;
    const [row, column] = this.content.keyOf(this.open.row, this.open.column);
    this.openAsked = { matrix: this.content.frame.matrix, row, column, shown, n: this.asks };
    this.ask();
  }

  showOpened(opened) {
    const { row, column } = this.open;
    const typed = this.pane.opened ? "" : this.pane.words.value;
    const draft = this.draftOf(row, column);
    this.pane.show(opened, { mayWrite: this.data.may_write, draft, typed: draft ? "" : typed, notice: null });
    if (typed) this.keepDraft();
  }

  goCell(key, code) {
    const place = this.content.positionOf(key, code);
    if (!place) return;
    this.grid.goTo(place.row, place.column);
    this.show(place.row, place.column);
  }

  close() {
    clearTimeout(this.resting);
    if (!this.pane.isOpen) return;
    const hadFocus = this.pane.box.contains(document.activeElement);
    this.pane.close();
    this.open = null;
    this.openAsked = null;
    this.grid.draw();
    this.fit();
    if (hadFocus) (this.box.dataset.narrow === undefined ? this.grid.view : this.list).focus({ preventScroll: true });
  }

  leaveTo(source, at) {
    this.asks += 1;
    this.ask({ go: { source, at, n: `${this.outbox.client} ${this.asks}` } });
  }

  // --- words that are not saved yet

  draftOf(row, column) {
    const [key, code] = this.content.keyOf(row, column);
    return drafts.of(this.content.frame.matrix, key, code);
  }

  keepDraft() {
    if (!this.open || !this.pane.opened) return;
    const [key, code] = this.content.keyOf(this.open.row, this.open.column);
    const matrix = this.content.frame.matrix;
    const { words, absent, opened } = this.pane;
    const before = this.draftOf(this.open.row, this.open.column);
    if (this.pane.isChanged()) drafts.keep(matrix, key, code, { text: words.value, absent: absent.checked, seen: before?.seen ?? opened.version });
    else drafts.drop(matrix, key, code);
  }

  drop() {
    const [key, code] = this.content.keyOf(this.open.row, this.open.column);
    drafts.drop(this.content.frame.matrix, key, code);
    this.pane.opened && (this.pane.words.value = this.pane.opened.text);
    this.pane.absent.checked = this.pane.opened?.absent ?? false;
    this.showOpened(this.pane.opened);
  }

  // --- changing

  save(how) {
    const { opened } = this.pane;
    if (opened && this.data.may_write && !opened.hidden && this.pane.isChanged()) this.saveWords(opened);
    if (!opened && this.pane.words.value) {
      // Not come yet: what was typed is kept until it has.
      return;
    }
    if (how === "stay") return;
    const { row, column } = this.grid.next(...(how === "down" ? [1, 0] : [0, 1]));
    const isEdge = row === this.open.row && column === this.open.column;
    if (isEdge) return;
    this.grid.goTo(row, column);
    this.show(row, column);
    this.pane.words.focus({ preventScroll: true });
  }

  saveWords(opened) {
    const text = this.pane.words.value.trim();
    const absent = this.pane.absent.checked;
    const { row, column } = this.open;
    const before = { text: opened.text, absent: opened.absent };
    this.send({ doing: "write", text, absent, seen: opened.version, before });
    this.content.unsaved.set(`${row} ${column}`, { text });
    opened.text = text;
    opened.absent = absent;
    opened.version += 1;
    const [key, code] = this.content.keyOf(row, column);
    drafts.drop(this.content.frame.matrix, key, code);
    this.status.replaceChildren(`${this.content.rowName(row)}, ${this.content.columnName(column)}: saving…`);
    this.grid.draw();
  }

  undo({ matrix, row, column, position, before, seen }) {
    this.outbox.add({ doing: "write", matrix, row, column, position, text: before.text, absent: before.absent, seen: seen + 1, isUndo: true });
    this.content.unsaved.set(`${position.row} ${position.column}`, { text: before.text });
    this.status.replaceChildren("Taking back…");
    (this.pane.isOpen ? this.pane.words : this.grid.view).focus({ preventScroll: true });
    this.askAgain();
  }

  change(doing, thing) {
    this.send({ doing, thing });
  }

  send(operation) {
    const [row, column] = this.content.keyOf(this.open.row, this.open.column);
    this.outbox.add({ matrix: this.content.frame.matrix, row, column, position: { ...this.open }, ...operation });
    this.askAgain();
  }

  // With the changes, the open cell is asked for as it then stands.
  askAgain() {
    if (this.open) this.askCell(this.shown);
    else this.ask();
  }

  // --- room

  fit() {
    if (!this.content.frame) return;
    const isNarrow = this.box.clientWidth < NARROW;
    this.box.toggleAttribute("data-narrow", isNarrow);
    this.grid.view.hidden = isNarrow;
    this.list.hidden = !isNarrow || this.pane.isOpen;
    if (isNarrow && !this.list.hidden) {
      narrowList(this.list, this.content, this.grid.active.row, {
        row: (row) => {
          this.grid.active.row = row;
          this.fit();
        },
        open: (row, column) => {
          this.grid.active = { row, column };
          this.write(row, column, "");
        },
      });
    } else if (!isNarrow) this.grid.paint();
  }
}
