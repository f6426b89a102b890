// What a person does with chosen words: code them, make a code, change or take one off,
// and take any of it back.

import { counted, shortened } from "../page/elements.js";
import { allInWords, placeOf } from "./changes.js";
import { newId, outbox } from "./outbox.js";

const MOST_RECENT = 12;

// Codes used just now, the newest first. They outlive a pane.
const RECENT = [];

export class Coding {
  constructor(pane) {
    this.pane = pane;
  }

  perform(kind, fields) {
    const operation = outbox.add(this.pane.sourceId, this.pane.coder, kind, fields);
    this.pane.paint();
    return operation;
  }

  // Codes used last: in this page, and before that as the study remembers them.
  get recent() {
    const { codes, changes } = this.pane.view;
    const before = Array.from(changes.values()).reverse().flatMap(({ rows }) => rows.map((row) => row.after?.codeId));
    return [...new Set([...RECENT, ...before])].filter((id) => codes.has(id));
  }

  byKey(key) {
    const code = this.pane.view.codeWithKey(key);
    if (!code) this.pane.say(`No code has the key ${key}.`);
    else this.code(code.id);
  }

  code(codeId) {
    if (!this.pane.mayCode) return;
    const { instead, recoding } = this.pane.list;
    if (instead) {
      this.pane.judging.instead(instead, codeId);
      return;
    }
    if (recoding) {
      this.recode(recoding, codeId);
      return;
    }
    const passage = this.pane.reading.selection;
    const { name } = this.pane.view.code(codeId);
    if (!passage) {
      this.pane.say(`Select some words first, then choose ${shortened(name)}.`, true);
      return;
    }
    this.show(codeId);
    const same = (one) => one.start === passage.start && one.end === passage.end && one.codeId === codeId;
    const { suggestions } = this.pane.view.touching(passage);
    if (this.ownOn(passage, codeId)) {
      this.pane.say(`These words already carry ${shortened(name)}.`);
    } else {
      const suggestion = suggestions.find(same);
      if (suggestion) this.pane.judging.accept(suggestion);
      else this.add(passage, codeId);
    }
    this.afterCoding(codeId);
  }

  // One's own coding of just these words with this code, if there is one.
  ownOn({ start, end }, codeId) {
    return Array.from(this.pane.view.spans.values()).find(
      (one) => one.isMine && one.start === start && one.end === end && one.codeId === codeId,
    );
  }

  // One's own coding of just these words, whatever its code.
  ownAt({ start, end }) {
    return Array.from(this.pane.view.spans.values()).find((one) => one.isMine && one.start === start && one.end === end);
  }

  add({ start, end }, codeId) {
    this.perform("code", { segment_id: newId(), start, end, code_id: codeId });
    this.sayAdded(codeId);
  }

  // A tick in the list: off what carries the code, on what does not.
  toggle(codeId) {
    const span = this.pane.reading.selection && this.ownOn(this.pane.reading.selection, codeId);
    if (!span) this.code(codeId);
    else {
      this.remove(span, { keepsFocus: true });
      // What was a slip is not offered again.
      if (RECENT.includes(codeId)) RECENT.splice(RECENT.indexOf(codeId), 1);
    }
  }

  again() {
    const [codeId] = this.recent;
    if (codeId) this.code(codeId);
    else this.pane.say("No code has been used here yet.");
  }

  // What is done is also seen, whatever the filter.
  show(codeId) {
    const { filter } = this.pane.view;
    if (!filter.codes.size || filter.codes.has(codeId)) return;
    filter.codes.add(codeId);
    this.pane.filtering.changed();
  }

  recode(span, codeId) {
    const { name } = this.pane.view.code(codeId);
    const before = this.pane.view.code(span.codeId).name;
    this.pane.list.close();
    this.pane.passage.close();
    if (span.codeId === codeId) this.pane.say(`It already is ${shortened(name)}.`);
    else if (this.ownOn(span, codeId)) this.pane.say(`These words already carry ${shortened(name)}.`);
    else {
      this.show(codeId);
      this.perform("recode", { segment_id: span.id, code_id: codeId });
      this.pane.say(`${shortened(name)} instead of ${shortened(before)}. Its memos stay.`);
    }
    this.used(codeId);
    this.pane.scroller.focus({ preventScroll: true });
  }

  moveEdges(span, { start, end }) {
    if (span.start === start && span.end === end) return;
    this.perform("move_edges", { segment_id: span.id, start, end });
    const words = this.pane.painting.source.words({ start, end }).split(/\s+/).length;
    this.pane.say(`${shortened(this.pane.view.code(span.codeId).name)} now on ${counted(words, "word")}.`);
  }

  make(name) {
    if (!this.pane.mayCode) return;
    const codeId = newId();
    this.perform("make_code", { code_id: codeId, name });
    this.code(codeId);
    this.pane.say(`Code “${shortened(name)}” made and added.`);
  }

  // The words stay chosen: a second code is one more key.
  afterCoding(codeId) {
    this.used(codeId);
    const staysInList = this.pane.list.isOpen && this.pane.list.keepsTyping;
    if (!staysInList) this.pane.scroller.focus({ preventScroll: true });
    this.pane.reading.show();
    if (this.pane.list.isOpen) this.pane.list.reset();
  }

  used(codeId) {
    const at = RECENT.indexOf(codeId);
    if (at >= 0) RECENT.splice(at, 1);
    RECENT.unshift(codeId);
    RECENT.length = Math.min(RECENT.length, MOST_RECENT);
  }

  sayAdded(codeId) {
    const { name, count } = this.pane.view.code(codeId);
    this.pane.say(`${shortened(name)} added, ${counted(count, "passage")}.`);
  }

  // A press on a code: on the chosen words, or else on to the next passage that has it.
  codeOrFind(codeId) {
    if (this.pane.reading.selection || this.pane.list.instead) {
      this.code(codeId);
      return;
    }
    const { name } = this.pane.view.code(codeId);
    const having = Array.from(this.pane.view.spans.values()).filter((span) => span.codeId === codeId);
    having.sort((a, b) => a.start - b.start);
    if (!having.length) {
      this.pane.say(`Nothing in this transcript carries ${shortened(name)} yet. Select words to add it.`);
      return;
    }
    const last = this.foundSpan?.codeId === codeId ? this.foundSpan.start : -1;
    const next = having.find((span) => span.start > last) ?? having[0];
    this.foundSpan = next;
    this.pane.painting.reveal(next, this.pane.scroller);
    this.pane.say(`${shortened(name)}: passage ${having.indexOf(next) + 1} of ${having.length} in this transcript.`);
  }

  // What lost its place when the text was corrected, on the words now chosen.
  placeLost(lost) {
    const passage = this.pane.reading.selection;
    if (!this.pane.mayCode || !passage) return;
    this.perform("place", { lost_id: lost.id, start: passage.start, end: passage.end });
    this.pane.list.close();
    this.pane.scroller.focus({ preventScroll: true });
    this.pane.say(`${shortened(lost.name)} stands on these words now.`);
  }

  remove(span, { keepsFocus = false } = {}) {
    this.perform("uncode", { segment_id: span.id });
    this.pane.passage.close();
    if (!keepsFocus) this.pane.scroller.focus({ preventScroll: true });
    this.pane.say(`${shortened(this.pane.view.code(span.codeId).name)} removed.`);
  }

  // --- taking back, doing again

  undo() {
    this.takeBack("undo", this.pane.view.nextBack(true), "Nothing to undo.", "Undone");
  }

  redo() {
    this.takeBack("redo", this.pane.view.nextBack(false), "Nothing to do again.", "Done again");
  }

  // Memos are taken back also by those who only write memos here.
  mayTakeBack(changes) {
    const { mayCode, mayWriteMemos } = this.pane;
    return changes.length > 0 && (mayCode || (mayWriteMemos && changes.every(({ kind }) => kind === "memo")));
  }

  takeBack(kind, changes, nothing, done) {
    const { pane } = this;
    if (!pane.mayCode && !pane.mayWriteMemos) return;
    if (!this.mayTakeBack(changes)) {
      pane.say(nothing);
      return;
    }
    const words = allInWords(changes, pane.view, pane.painting.source);
    const place = changes.map((one) => placeOf(one, kind === "undo")).find(Boolean);
    const waits = changes.flatMap(({ rows }) => rows).find(({ what, before }) => what === "suggestion" && before);
    if (waits && kind === "undo") pane.current = waits.id;
    pane.judging.rejected = null;
    pane.passage.close();
    // A button that goes with its last change would take the keys along.
    pane.scroller.focus({ preventScroll: true });
    for (const { id } of changes) this.perform(kind, { change_id: id });
    if (place) pane.painting.reveal(place, pane.scroller);
    pane.say(`${done}: ${words}.`);
  }
}
