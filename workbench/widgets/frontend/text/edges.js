// Moving the edges of a coded passage, or of a suggestion before it is accepted: by two
// grips that are dragged, or word by word.

import { element } from "../page/elements.js";

// The passage with one edge moved by a word; nothing where no word would be left.
export function stepped(reading, { start, end }, side, by) {
  const words = reading.wordsAcross({ start, end });
  if (!words.length) return null;
  const [first, last] = [words[0], words.at(-1)];
  const next = reading.step(side === "start" ? first : last, by);
  if (!next) return null;
  const there = reading.passageOf(next);
  const moved = side === "start" ? { start: there.start, end } : { start, end: there.end };
  return moved.start < moved.end ? moved : null;
}

export class Edges {
  constructor(pane) {
    this.pane = pane;
    this.span = null;
    this.grips = ["start", "end"].map((side) => this.grip(side));
    this.layer = element("div", { class: "pane-grips", hidden: true, "aria-hidden": "true" }, ...this.grips);
  }

  grip(side) {
    const made = element("span", { class: `pane-grip pane-grip-${side}`, title: side === "start" ? "Drag the start ([)" : "Drag the end (])" });
    made.addEventListener("pointerdown", (event) => this.begin(event, side, made));
    made.addEventListener("pointermove", (event) => this.drag(event, side));
    made.addEventListener("pointerup", () => this.finish());
    made.addEventListener("pointercancel", () => this.finish(false));
    return made;
  }

  // The grips stand at one's own passage while its card is open, else at the suggestion
  // one is at.
  hold(span) {
    const { mayCode, judging, passage } = this.pane;
    const held = span ?? (passage?.isOpen ? null : judging?.currentSuggestion);
    this.span = mayCode && held && (held.isMine || isSuggestion(held)) ? held : null;
    this.layer.hidden = !this.span;
    if (!this.span) return;
    if (this.layer.parentElement !== this.pane.scroller) this.pane.scroller.append(this.layer);
    this.stand(this.span);
  }

  // Turns out of sight are measured only once they come into it, and then words move.
  follow() {
    if (this.span && !this.moved) this.stand(this.span);
  }

  stand({ start, end }) {
    const { scroller, painting } = this.pane;
    const rects = Array.from(painting.range({ start, end }).getClientRects()).filter((rect) => rect.width > 0);
    if (!rects.length) return;
    const frame = scroller.getBoundingClientRect();
    const place = (grip, x, rect) => {
      grip.style.transform = `translate(${x - frame.left}px, ${rect.top - frame.top + scroller.scrollTop}px)`;
      grip.style.height = `${rect.height}px`;
    };
    place(this.grips[0], rects[0].left, rects[0]);
    place(this.grips[1], rects.at(-1).right, rects.at(-1));
  }

  begin(event, side, grip) {
    if (event.button !== 0 || !this.span) return;
    event.preventDefault();
    event.stopPropagation();
    grip.setPointerCapture(event.pointerId);
    this.moved = { start: this.span.start, end: this.span.end };
    this.side = side;
  }

  drag({ clientX, clientY }, side) {
    if (!this.moved || side !== this.side) return;
    // What the pointer is over must be text, not the grip itself.
    this.layer.style.pointerEvents = "none";
    for (const grip of this.grips) grip.style.pointerEvents = "none";
    const at = placeUnder(clientX, clientY);
    for (const grip of this.grips) grip.style.pointerEvents = "";
    this.layer.style.pointerEvents = "";
    const position = at && this.pane.painting.position(...at);
    if (position === null || position === undefined) return;
    const { start, end } = this.span;
    const wanted = side === "start" ? [Math.min(position, end - 1), end] : [start, Math.max(position, start + 1)];
    const tidied = this.pane.painting.source.tidy(...wanted);
    if (!tidied) return;
    this.moved = tidied;
    this.stand(tidied);
    this.pane.reading.select(tidied);
  }

  finish(keeps = true) {
    const { moved, span } = this;
    this.moved = null;
    if (!moved || !span) return;
    this.pane.reading.clear();
    if (keeps) this.keep(span, moved);
    else this.stand(span);
  }

  keep(held, edges) {
    if (isSuggestion(held)) this.pane.judging.moveEdges(held, edges);
    else this.pane.coding.moveEdges(held, edges);
  }

  // By keys: the passage in the open card, else the words chosen, else the suggestion.
  move(side, by) {
    const { passage, reading, choosing, judging, mayCode } = this.pane;
    const own = passage.span?.isMine ? passage.span : null;
    const span = mayCode ? (own ?? (reading.selection ? null : judging.currentSuggestion)) : null;
    const from = span ?? reading.selection;
    if (!from) {
      this.pane.say("Choose a passage first: press Enter on coded words, J for a suggestion, or select some.");
      return;
    }
    const next = stepped(reading, from, side, by);
    if (!next) return;
    if (span) {
      this.keep(span, next);
      reading.scrollTo(side === "start" ? { start: next.start, end: next.start + 1 } : { start: next.end - 1, end: next.end });
    } else {
      reading.select(next);
      choosing.offerCodes();
    }
  }
}

// Only suggestions carry the words that led to them.
const isSuggestion = (held) => Array.isArray(held.cues);

function placeUnder(x, y) {
  if (document.caretPositionFromPoint) {
    const found = document.caretPositionFromPoint(x, y);
    return found && [found.offsetNode, found.offset];
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range && [range.startContainer, range.startOffset];
}
