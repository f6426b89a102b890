// A memo on words, opened in the margin. Closing it keeps what was written: a thought is
// never lost for want of a button, and Undo takes it back.

import { standBeside } from "../codes/code_list.js";
import { newId } from "../work/outbox.js";
import { button, element, keycap, shortened } from "./elements.js";

const LONGEST_MEMO = 20000;

export class MemoCard {
  constructor(pane) {
    this.pane = pane;
    this.isOpen = false;
    this.memo = null;
    this.heading = element("div", { class: "pane-list-heading" });
    this.words = element("textarea", { class: "pane-memo-words", "aria-label": "Memo", rows: "5", maxlength: String(LONGEST_MEMO) });
    this.author = element("p", { class: "pane-hint" });
    this.remove = button({ class: "pane-button pane-small", onclick: () => this.takeOut() }, "Delete");
    this.save = button({ class: "pane-button pane-small", "aria-keyshortcuts": "Control+Enter", onclick: () => this.close() }, "Save ", keycap("Ctrl Enter"));
    this.root = element(
      "div",
      { class: "pane-passage pane-memo-card", role: "dialog", "aria-label": "Memo on these words", hidden: true },
      this.heading,
      this.words,
      this.author,
      element("div", { class: "pane-passage-acts" }, this.save, this.remove),
    );
  }

  // On the coding in the open card, the words chosen, or the coding under the cursor.
  write() {
    const { pane } = this;
    if (!pane.mayWriteMemos) return;
    const span = pane.passage.span;
    const here = pane.reading.selection ?? (span ? null : pane.reading.here());
    if (span) this.openOn(span, span.id);
    else if (pane.reading.selection) this.openOn(here, pane.coding.ownAt(here)?.id ?? "");
    else if (here) {
      const [coded] = pane.view.touching(here).spans;
      this.openOn(coded ?? here, coded?.id ?? "");
    }
  }

  openOn({ start, end }, segmentId) {
    const mine = this.pane.view.memosInPlace.find(
      (memo) => memo.isMine && (segmentId ? memo.segmentId === segmentId : !memo.segmentId && memo.start === start && memo.end === end),
    );
    this.open(mine ?? { id: newId(), segmentId, start, end, text: "", author: "", isMine: true });
  }

  open(memo) {
    const { pane } = this;
    pane.list.close();
    pane.passage.close();
    this.memo = memo;
    this.isOpen = true;
    this.root.hidden = false;
    const { view, painting } = pane;
    const code = memo.segmentId && view.spans.get(memo.segmentId);
    const about = code ? view.code(code.codeId).name : painting.source.words(memo);
    this.heading.replaceChildren("Memo on ", element("q", {}, element("bdi", {}, shortened(about, 70))));
    this.words.value = memo.text;
    const mayWrite = memo.isMine && pane.mayWriteMemos;
    this.words.readOnly = !mayWrite;
    this.author.textContent = memo.isMine ? "" : `Written by ${memo.author || "another person"}. Only they can change it.`;
    this.remove.hidden = !mayWrite || !memo.text;
    this.save.replaceChildren(...(mayWrite ? ["Save ", keycap("Ctrl Enter")] : ["Close ", keycap("Esc")]));
    standBeside(this.root, pane, memo);
    this.words.focus();
  }

  takeOut() {
    this.words.value = "";
    this.close();
  }

  close() {
    if (!this.isOpen) return;
    const { memo, pane } = this;
    const text = this.words.value.trim();
    this.isOpen = false;
    this.root.hidden = true;
    this.memo = null;
    pane.scroller.focus({ preventScroll: true });
    if (!memo.isMine || !pane.mayWriteMemos || text === memo.text) return;
    const { id, segmentId, start, end } = memo;
    pane.coding.perform("memo", { memo_id: id, segment_id: segmentId, start, end, text });
    pane.say(text ? "Memo kept. Z takes it back." : "Memo deleted. Z brings it back.");
  }
}
