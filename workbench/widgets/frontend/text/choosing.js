// Choosing words, by mouse or by keys, and what then opens beside them: the list of codes,
// or the codes that stand on the passage already.

import { counted } from "../page/elements.js";

export class Choosing {
  constructor(pane) {
    this.pane = pane;
  }

  mouseChose(target) {
    const passage = this.pane.reading.fromMouse();
    if (this.pane.paintLater) {
      this.pane.paintLater = false;
      this.pane.paint();
    }
    if (passage && passage.start < passage.end) this.offerCodes();
    else if (passage && target?.closest?.("mark")) this.inspect(passage.start, false);
    else this.pane.codes.draw();
  }

  offerCodes(instead = null) {
    this.pane.passage.close();
    const passage = instead ?? this.pane.reading.selection;
    if (!passage) return;
    const { mayCode, mayWriteMemos } = this.pane;
    if (mayCode || mayWriteMemos) this.pane.list.open(passage, this.pane.painting.source.words(passage), { instead });
    this.pane.codes.draw();
    if (!instead && (mayCode || mayWriteMemos)) this.saySelected(passage);
  }

  saySelected(passage) {
    const words = this.pane.painting.source.words(passage).split(/\s+/).length;
    const next = this.pane.mayCode ? "a code's key, or Space to find or make one" : "M to write a memo";
    this.pane.say(`${counted(words, "word")} selected. Press ${next}.`);
  }

  chooseWords(span) {
    this.pane.scroller.focus({ preventScroll: true });
    this.pane.reading.select({ start: span.start, end: span.end });
    this.offerCodes();
    this.pane.list.input.focus();
  }

  // Another code for a coded segment, which keeps its id and its memos.
  offerOther(span) {
    if (!span?.isMine || !this.pane.mayCode) return;
    this.pane.passage.close();
    this.pane.list.open(span, this.pane.painting.source.words(span), { recoding: span });
    this.pane.list.input.focus();
  }

  // The words themselves as the name of a new code.
  inVivo() {
    if (!this.pane.mayCode) return;
    if (!this.pane.reading.selection) {
      this.pane.say("Select the words first: they become the code's name.");
      return;
    }
    this.offerCodes();
    this.pane.list.offerWords();
  }

  moveCursor(unit, by, extend) {
    if (this.pane.list.isOpen && this.pane.mayCode && unit === "line" && !extend) {
      this.pane.list.move(by);
      return;
    }
    this.pane.passage.close();
    this.pane.reading.move(unit, by, extend);
    if (this.pane.reading.selection) this.offerCodes();
    else {
      this.pane.list.close();
      this.pane.codes.draw();
    }
  }

  widen(unit) {
    if (this.pane.reading.widen(unit)) {
      this.pane.reading.scrollTo(this.pane.reading.selection);
      this.offerCodes();
    }
  }

  chooseItem(item) {
    if (item.isMemo) this.pane.memo.open(item);
    else if (item.isSuggestion) this.pane.judging.goTo(item.id);
    else {
      this.pane.painting.reveal(item, this.pane.scroller);
      this.inspect(Math.max(item.start, 0), false, [item]);
    }
  }

  // What stands at a place: a suggestion becomes the current one, codings are listed.
  inspect(position, takesFocus, items = null) {
    const found = this.pane.view.touching({ start: position, end: position + 1 });
    const before = found.spans.length + found.suggestions.length ? found : this.pane.view.touching({ start: position - 1, end: position });
    if (!items && before.suggestions.length) this.pane.judging.goTo(before.suggestions[0].id);
    const spans = items ?? before.spans;
    if (spans.length) this.pane.passage.open(spans, takesFocus);
    const memo = spans.length ? null : this.pane.view.memosInPlace.find((one) => one.start <= position && position < one.end);
    if (memo) this.pane.memo.open(memo);
    return Boolean(memo) || spans.length + before.suggestions.length > 0;
  }

  find() {
    if (!this.pane.mayCode) return;
    if (!this.pane.list.isOpen && this.pane.reading.selection) this.offerCodes();
    if (this.pane.list.isOpen) this.pane.list.input.focus();
    else {
      if (getComputedStyle(this.pane.drawer).display !== "none") this.pane.toggleDrawer(true);
      this.pane.codes.input.focus();
    }
  }

  enter(keepOpen = false) {
    if (this.pane.list.isOpen) this.pane.list.choose(undefined, { keepOpen });
    else if (this.pane.reading.selection) this.offerCodes();
    else {
      const here = this.pane.reading.here();
      if (!here || !this.inspect(here.start, true)) this.pane.say("No code on this word. Select words with Shift and the arrow keys.");
    }
  }

  // One step back each time: list or card, drawer, selection, suggestion.
  escape() {
    if (this.pane.help.isOpen) this.pane.help.toggle();
    else if (this.pane.memo.isOpen) this.pane.memo.close();
    else if (this.pane.find.isOpen) {
      this.pane.find.close();
      return;
    } else if (this.pane.passage.isOpen || this.pane.list.isOpen) {
      this.pane.passage.close();
      this.pane.list.close();
    } else if (this.pane.root.classList.contains("pane-drawer-open")) this.pane.toggleDrawer(false);
    else if (this.pane.reading.selection) this.pane.reading.clear();
    else if (this.pane.current) {
      this.pane.setCurrent(null);
      this.pane.say("");
    }
    this.pane.scroller.focus({ preventScroll: true });
    this.pane.reading.show();
    this.pane.codes.draw();
  }

  // Keys typed into one of the two fields; true where the pane took the key.
  answerInField(field, { key, shiftKey }) {
    if (field === this.pane.find.input) {
      if (key === "Enter") this.pane.find.step(shiftKey ? -1 : 1);
      else if (key === "Escape") this.pane.find.close();
      else return false;
      return true;
    }
    const inList = field === this.pane.list.input;
    if (key === "Escape") {
      field.value = "";
      this.escape();
    } else if (key === "Enter") {
      if (inList) this.pane.list.choose(undefined, { keepOpen: shiftKey });
      else this.enterInPanel();
    } else if (inList && (key === "ArrowDown" || key === "ArrowUp")) this.pane.list.move(key === "ArrowDown" ? 1 : -1);
    else if (!inList && key === "ArrowDown") this.pane.codes.codes.querySelector("button.pane-code")?.focus();
    else return false;
    return true;
  }

  enterInPanel() {
    const typed = this.pane.codes.input.value.trim();
    const { best } = this.pane.codes;
    if (!typed) return;
    if (!this.pane.reading.selection && best) this.pane.coding.codeOrFind(best.id);
    else if (!this.pane.reading.selection) this.pane.say("Select some words first: a code is made on the words it names.", true);
    else if (best) this.pane.coding.code(best.id);
    else this.pane.coding.make(typed);
    this.pane.codes.input.value = "";
    this.pane.codes.draw();
  }

  answerOnButton(held, { key }) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (!by || !held.classList.contains("pane-code")) return false;
    this.pane.codes.walk(held, by);
    return true;
  }
}
