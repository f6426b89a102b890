// Judging suggestions: going from one to the next, accepting, rejecting, or giving the
// words another code. Nothing is a coding until a person has decided.

import { counted, shortened } from "../page/elements.js";
import { newId } from "./outbox.js";
import { StudyView } from "./study_view.js";

export class Judging {
  constructor(pane) {
    this.pane = pane;
    // How many were decided since this transcript was opened.
    this.decided = 0;
    // The suggestion rejected last, whose reason may still be told.
    this.rejected = null;
  }

  get currentSuggestion() {
    return this.pane.view.suggestions.get(this.pane.current) ?? null;
  }

  // Other edges before it is accepted; nothing is stored until then.
  moveEdges(suggestion, { start, end }) {
    this.pane.view.moved = { id: suggestion.id, start, end };
    this.pane.paint();
    const words = this.pane.painting.source.words({ start, end }).split(/\s+/).length;
    this.pane.say(`Suggestion now on ${counted(words, "word")}. Press A to accept it so.`);
  }

  // The edges to accept with, where they were moved.
  edgesOf({ id }) {
    const { moved } = this.pane.view;
    return moved?.id === id ? { start: moved.start, end: moved.end } : {};
  }

  because(reason, text) {
    if (!this.rejected) return;
    this.pane.coding.perform("because", { suggestion_id: this.rejected.id, reason, text });
    this.rejected = { ...this.rejected, reason, text };
    this.pane.say("Reason kept.");
  }

  goTo(id) {
    const suggestion = this.pane.view.suggestions.get(id);
    if (!suggestion) return;
    this.pane.list.close();
    this.pane.passage.close();
    this.pane.reading.forget();
    this.pane.setCurrent(id);
    this.pane.painting.reveal(suggestion, this.pane.scroller);
  }

  step(by) {
    const waiting = this.pane.view.inOrder;
    if (!waiting.length) {
      this.pane.say(this.nothingLeft());
      return;
    }
    const at = waiting.findIndex((one) => one.id === this.pane.current);
    const next = at < 0 ? this.nearest(waiting, by) : Math.max(0, Math.min(waiting.length - 1, at + by));
    this.goTo(waiting[next].id);
    this.sayWhere(next);
  }

  nothingLeft() {
    const { folded } = this.pane.view;
    if (!folded) return "No suggestions to look at.";
    return `No suggestions to look at but ${counted(folded, "guess", "guesses")}. Press G to show ${folded === 1 ? "it" : "them"}.`;
  }

  // Guesses are wrong more often than right: they stay folded away until asked for.
  turnGuesses() {
    const { view, current } = this.pane;
    if (!view.guesses) {
      this.pane.say("No guesses for this transcript.");
      return;
    }
    StudyView.showsGuesses = !StudyView.showsGuesses;
    const isShown = StudyView.showsGuesses;
    if (!isShown && view.suggestions.get(current)?.isGuess) this.pane.current = null;
    this.pane.paint();
    this.pane.say(`${counted(view.guesses, "guess", "guesses")} ${isShown ? "shown" : "folded away"}.`);
  }

  // From where the reader is, not from the start of a transcript half read.
  nearest(waiting, by) {
    const top = this.pane.scroller.getBoundingClientRect().top;
    const shown = this.pane.painting.turns.findIndex(({ box }) => box.getBoundingClientRect().bottom > top + 24);
    const from = this.pane.painting.source.turns[Math.max(0, shown)].start;
    const after = waiting.findIndex((one) => one.start >= from);
    if (by > 0) return after < 0 ? 0 : after;
    return after < 0 ? waiting.length - 1 : Math.max(0, after - 1);
  }

  sayWhere(index) {
    const one = this.pane.view.inOrder[index];
    const { name } = this.pane.view.code(one.codeId);
    const place = `Suggestion ${index + 1} of ${this.pane.view.inOrder.length}`;
    this.pane.say(`${place}: ${shortened(name)}.`, false, one.reason);
  }

  decide(how) {
    if (!this.pane.mayCode) return;
    const suggestion = this.pane.view.suggestions.get(this.pane.current);
    if (!suggestion) {
      this.pane.say(this.pane.view.inOrder.length ? "Press J for the next suggestion first." : this.nothingLeft());
      return;
    }
    this.moveOnFrom(suggestion);
    const { name } = this.pane.view.code(suggestion.codeId);
    if (how === "accept") {
      this.accept(suggestion);
      this.pane.coding.sayAdded(suggestion.codeId);
    } else {
      this.rejected = { id: suggestion.id, name, reason: "", text: "" };
      this.pane.coding.perform("reject", { suggestion_id: suggestion.id });
      this.pane.say(`Rejected: ${shortened(name)}.`);
    }
    this.afterDeciding();
  }

  accept(suggestion) {
    this.pane.coding.perform("accept", { suggestion_id: suggestion.id, segment_id: newId(), ...this.edgesOf(suggestion) });
    this.pane.coding.sayAdded(suggestion.codeId);
  }

  other() {
    const suggestion = this.pane.view.suggestions.get(this.pane.current);
    if (!this.pane.mayCode || !suggestion) return;
    this.pane.painting.reveal(suggestion, this.pane.scroller);
    this.pane.choosing.offerCodes(suggestion);
    this.pane.list.input.focus();
  }

  instead(suggestion, codeId) {
    this.pane.list.close();
    this.moveOnFrom(suggestion);
    this.pane.coding.perform("instead", {
      suggestion_id: suggestion.id,
      segment_id: newId(),
      code_id: codeId,
      ...this.edgesOf(suggestion),
    });
    this.pane.coding.sayAdded(codeId);
    this.pane.coding.afterCoding(codeId);
    this.afterDeciding();
  }

  // The next one is current before this one goes, so that keys can follow each other.
  moveOnFrom(suggestion) {
    const waiting = this.pane.view.inOrder;
    const at = waiting.findIndex((one) => one.id === suggestion.id);
    this.pane.current = (waiting[at + 1] ?? waiting[at - 1])?.id ?? null;
    this.decided += 1;
    this.rejected = null;
  }

  afterDeciding() {
    const next = this.pane.view.suggestions.get(this.pane.current);
    if (next) this.pane.painting.reveal(next, this.pane.scroller);
  }
}
