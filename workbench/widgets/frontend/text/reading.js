// Choosing words: by mouse, or by a cursor that steps from word to word. The chosen
// passage is kept as positions, not as the browser's selection, which any text field
// would take away; it is shown by a highlight that leaves the text itself alone.

const highlights = typeof CSS !== "undefined" && CSS.highlights && typeof Highlight === "function" ? CSS.highlights : null;

export class Reading {
  constructor(painting, scroller) {
    this.painting = painting;
    this.scroller = scroller;
    this.selection = null;
    // The word the cursor stands on and the one an extension started from: [turn, word].
    this.cursor = null;
    this.anchor = null;
  }

  get source() {
    return this.painting.source;
  }

  clear() {
    this.selection = null;
    this.anchor = null;
    this.show();
  }

  forget() {
    this.selection = null;
    this.cursor = null;
    this.anchor = null;
    this.show();
  }

  select(passage) {
    this.selection = passage;
    if (passage) {
      const words = this.wordsAcross(passage);
      this.anchor = words[0] ?? null;
      this.cursor = words.at(-1) ?? this.cursor;
    }
    this.show();
  }

  // The cursor on the word at a place, nothing chosen.
  goTo(position) {
    this.forget();
    this.cursor = this.wordNear(position + 1);
    this.show();
  }

  // What the mouse has just marked in the browser, in whole characters.
  fromMouse() {
    const marked = document.getSelection();
    if (!marked || marked.rangeCount === 0) return null;
    const range = marked.getRangeAt(0);
    const start = this.painting.position(range.startContainer, range.startOffset);
    const end = this.painting.position(range.endContainer, range.endOffset);
    if (start === null || end === null) return null;
    if (range.collapsed || start === end) {
      this.selection = null;
      this.anchor = null;
      this.cursor = this.wordNear(start);
      this.show();
      return { start, end: start };
    }
    const passage = this.source.tidy(start, end);
    this.select(passage);
    return passage;
  }

  // --- the cursor

  wordNear(position) {
    let turn = this.source.turnAt(position);
    const units = this.source.turns[turn].toUnits(position);
    const word = this.source.turns[turn].words.findIndex(([, end]) => end >= units);
    if (word >= 0) return [turn, word];
    for (turn += 1; turn < this.source.turns.length; turn += 1) {
      if (this.source.turns[turn].words.length) return [turn, 0];
    }
    return this.step([this.source.turns.length, 0], -1);
  }

  passageOf([turn, word]) {
    const { words } = this.source.turns[turn];
    const [start, end] = words[word];
    return { start: this.source.turns[turn].toPosition(start), end: this.source.turns[turn].toPosition(end) };
  }

  wordsAcross({ start, end }) {
    const first = this.wordNear(start);
    if (!first || this.passageOf(first).start >= end) return [];
    const last = this.wordNear(end);
    const ends = last && this.passageOf(last).start < end ? last : last && this.step(last, -1);
    return ends ? [first, ends] : [first];
  }

  step([turn, word], by) {
    const { turns } = this.source;
    if (turns[turn]?.words[word + by]) return [turn, word + by];
    for (let next = turn + by; next >= 0 && next < turns.length; next += by) {
      const count = turns[next].words.length;
      if (count) return [next, by > 0 ? 0 : count - 1];
    }
    return null;
  }

  // The word under or over this one on the next line, which only layout knows.
  stepLine(from, by) {
    const range = this.painting.range(this.passageOf(from));
    range.collapse(true);
    this.scrollTo(this.passageOf(from));
    const marked = document.getSelection();
    marked.setBaseAndExtent(range.startContainer, range.startOffset, range.startContainer, range.startOffset);
    marked.modify("move", by > 0 ? "forward" : "backward", "line");
    const position = marked.focusNode ? this.painting.position(marked.focusNode, marked.focusOffset) : null;
    const found = position === null ? null : this.wordNear(position);
    const moved = found && (found[0] - from[0] || found[1] - from[1]) * by > 0;
    if (moved) return found;
    // Between turns the browser can stop at a name that may not be selected.
    for (let turn = from[0] + by; this.source.turns[turn]; turn += by) {
      const count = this.source.turns[turn].words.length;
      if (count) return [turn, by > 0 ? 0 : count - 1];
    }
    return null;
  }

  firstInView() {
    const top = this.scroller.getBoundingClientRect().top;
    const shown = this.painting.turns.findIndex(({ text }) => text.getBoundingClientRect().bottom > top + 8);
    return this.wordNear(this.source.turns[Math.max(0, shown)].start);
  }

  // Moves the cursor, or with `extend` the end of the chosen passage, by words or lines.
  move(unit, by, extend) {
    const from = this.cursor ?? null;
    let next;
    if (!from) next = this.firstInView();
    else next = (unit === "word" ? this.step(from, by) : this.stepLine(from, by)) ?? from;
    if (!next) return;
    if (extend) {
      this.anchor ??= from ?? next;
      this.cursor = next;
      const [a, b] = [this.passageOf(this.anchor), this.passageOf(next)];
      this.selection = { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
    } else {
      this.cursor = next;
      this.selection = null;
      this.anchor = null;
    }
    this.show();
    this.scrollTo(this.passageOf(next));
  }

  // The sentence or the turn around the cursor or the chosen passage.
  widen(unit) {
    const from = this.selection ?? this.here();
    if (from) this.select(this.source.widened(from, unit));
    return this.selection;
  }

  here() {
    this.cursor ??= this.firstInView();
    return this.cursor ? this.passageOf(this.cursor) : null;
  }

  scrollTo(passage) {
    const rect = this.painting.range(passage).getBoundingClientRect();
    const frame = this.scroller.getBoundingClientRect();
    if (rect.top < frame.top + 40) this.scroller.scrollTop -= frame.top + 40 - rect.top;
    else if (rect.bottom > frame.bottom - 60) this.scroller.scrollTop += rect.bottom - frame.bottom + 60;
  }

  // --- showing it; called again whenever turns were drawn anew

  show(cues = this.cues ?? []) {
    this.cues = cues;
    const ranges = (passages) => passages.map((passage) => this.painting.range(passage));
    highlight("pane-selection", this.selection ? ranges([this.selection]) : []);
    highlight("pane-cursor", this.cursor && !this.selection ? ranges([this.passageOf(this.cursor)]) : []);
    highlight("pane-cues", ranges(cues.map(([start, end]) => ({ start, end }))));
    this.following ??= requestAnimationFrame(() => this.follow());
  }

  // The browser's own selection follows, so that copying takes the same words; with the
  // next frame, since it lays the page out.
  follow() {
    this.following = null;
    if (this.scroller !== document.activeElement) return;
    const marked = document.getSelection();
    if (this.selection) {
      const range = this.painting.range(this.selection);
      marked.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    } else marked.removeAllRanges();
  }
}

// What was looked for, and the place where the reader now is.
export function showFound(painting, places, now) {
  highlight("pane-found", places.filter((one) => one !== now).map((one) => painting.range(one)));
  highlight("pane-found-now", now ? [painting.range(now)] : []);
}

export function clearFound() {
  for (const name of ["pane-found", "pane-found-now"]) highlight(name, []);
}

function highlight(name, ranges) {
  if (!highlights) return;
  if (ranges.length) highlights.set(name, new Highlight(...ranges));
  else highlights.delete(name);
}

export function clearHighlights() {
  for (const name of ["pane-selection", "pane-cursor", "pane-cues", "pane-found", "pane-found-now"]) highlight(name, []);
}
