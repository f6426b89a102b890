// What a person does with chosen words: code them, make a code, take one off, undo.

import { counted, shortened } from "../page/elements.js";
import { newId, outbox } from "./outbox.js";

const MOST_RECENT = 12;

// Undo steps by source, and codes used just now, the newest first. They outlive a pane.
const DONE = new Map();
const RECENT = [];

export const doneIn = (source) => DONE.get(source) ?? [];

// What the study refused was never done and cannot be undone.
export function forgetOperation({ source, id }) {
  DONE.set(source, doneIn(source).filter((step) => step.operation !== id));
}

export class Coding {
  constructor(pane) {
    this.pane = pane;
    this.recent = RECENT;
  }

  // `step` tells how to undo it; one without is not undone.
  perform(kind, fields, local, step) {
    const operation = outbox.add(this.pane.sourceId, this.pane.coder, kind, fields, local);
    if (step) DONE.set(this.pane.sourceId, [...doneIn(this.pane.sourceId), { ...step, operation: operation.id }]);
    this.pane.paint();
    return operation;
  }

  byKey(key) {
    const code = this.pane.view.codeWithKey(key);
    if (!code) this.pane.say(`No code has the key ${key}.`);
    else this.code(code.id);
  }

  code(codeId) {
    if (!this.pane.mayCode) return;
    if (this.pane.list.instead) {
      this.pane.judging.instead(this.pane.list.instead, codeId);
      return;
    }
    const passage = this.pane.reading.selection;
    const { name } = this.pane.view.code(codeId);
    if (!passage) {
      this.pane.say(`Select some words first, then choose ${shortened(name)}.`, true);
      return;
    }
    const same = (one) => one.start === passage.start && one.end === passage.end && one.codeId === codeId;
    const { spans, suggestions } = this.pane.view.touching(passage);
    if (spans.some((span) => span.isMine && same(span))) {
      this.pane.say(`These words already carry ${shortened(name)}.`);
    } else {
      const suggestion = suggestions.find(same);
      if (suggestion) this.pane.judging.accept(suggestion);
      else this.add(passage, codeId);
    }
    this.afterCoding(codeId);
  }

  add({ start, end }, codeId) {
    const segmentId = newId();
    this.perform("code", { segment_id: segmentId, start, end, code_id: codeId }, {}, { undo: "uncode", segmentId, codeId });
    this.sayAdded(codeId);
  }

  make(name) {
    if (!this.pane.mayCode) return;
    const codeId = newId();
    this.perform("make_code", { code_id: codeId, name }, {});
    this.code(codeId);
    this.pane.say(`Code “${shortened(name)}” made and added.`);
  }

  // The words stay chosen: a second code is one more key.
  afterCoding(codeId) {
    const at = RECENT.indexOf(codeId);
    if (at >= 0) RECENT.splice(at, 1);
    RECENT.unshift(codeId);
    RECENT.length = Math.min(RECENT.length, MOST_RECENT);
    this.pane.scroller.focus({ preventScroll: true });
    this.pane.reading.show();
    if (this.pane.list.isOpen) {
      this.pane.list.reset();
      this.pane.list.stand();
    }
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

  remove(span) {
    this.uncode(span.id, { undo: "code", segmentId: span.id, start: span.start, end: span.end, codeId: span.codeId });
    this.pane.passage.close();
    this.pane.scroller.focus({ preventScroll: true });
    this.pane.say(`${shortened(this.pane.view.code(span.codeId).name)} removed.`);
  }

  uncode(segmentId, step) {
    this.perform("uncode", { segment_id: segmentId }, {}, step);
  }

  undo() {
    const steps = doneIn(this.pane.sourceId);
    const step = steps.at(-1);
    if (!this.pane.mayCode) return;
    if (!step) {
      this.pane.say("Nothing to undo.");
      return;
    }
    DONE.set(this.pane.sourceId, steps.slice(0, -1));
    if (step.undo === "uncode") {
      this.uncode(step.segmentId, null);
      this.pane.say(`Undone: ${shortened(this.pane.view.code(step.codeId).name)} taken off again.`);
    } else if (step.undo === "code") {
      const { start, end, codeId } = step;
      const segmentId = newId();
      this.perform("code", { segment_id: segmentId, start, end, code_id: codeId }, {}, null);
      // Earlier steps about the passage that was removed now mean this one.
      for (const earlier of doneIn(this.pane.sourceId)) {
        if (earlier.undo === "uncode" && earlier.segmentId === step.segmentId) earlier.segmentId = segmentId;
      }
      this.pane.say(`Undone: ${shortened(this.pane.view.code(codeId).name)} is back.`);
    } else {
      const { suggestion, segmentId } = step;
      this.pane.current = suggestion.id;
      this.perform("reopen", { suggestion_id: suggestion.id }, { suggestion, segmentId }, null);
      this.pane.painting.reveal(suggestion, this.pane.scroller);
      this.pane.say(`Undone: the suggestion ${shortened(this.pane.view.code(suggestion.codeId).name)} waits again.`);
    }
  }
}
