// Draws the transcript: turns once, then marks and margin stripes of those turns whose
// codings changed. A passage is tint and underline in the text and a stripe with the
// code's name beside it, so that colour is never all there is to go by.

import { counted, element, shortened } from "../page/elements.js";
import { stripe } from "./lines.js";
import { laidOut, marked } from "./marks.js";

const LINE_HEIGHT = 28;
const LETTERS_IN_A_LINE = 72;
const LABEL_HEIGHT = 20;
const LABEL_GAP = 2;
const STRIPE_STEP = 7;
const MEMO_LETTERS = 60;
const NOTHING = [];
const MEMO = { name: "memo", light: ["#55606A", "#E9ECEE"], dark: ["#A9B2B9", "#2A3138"] };

export class Painting {
  constructor(body, scroller, on) {
    this.body = body;
    this.on = on;
    this.source = null;
    this.turns = [];
    this.visible = new Set();
    this.unplaced = new Set();
    this.watch = new IntersectionObserver((entries) => this.noteVisible(entries), {
      root: scroller,
      rootMargin: "300px 0px",
    });
    this.resized = new ResizeObserver(() => this.placeAgain());
    this.resized.observe(body);
    // Words stand elsewhere once the reading face has loaded.
    this.onFonts = () => this.placeAgain();
    document.fonts?.addEventListener("loadingdone", this.onFonts);
  }

  stop() {
    this.watch.disconnect();
    this.resized.disconnect();
    document.fonts?.removeEventListener("loadingdone", this.onFonts);
    cancelAnimationFrame(this.frame);
  }

  showText(source) {
    this.source = source;
    this.where = new WeakMap();
    this.looks = "";
    this.watch.disconnect();
    this.visible.clear();
    this.unplaced.clear();
    const page = document.createDocumentFragment();
    let speaker = null;
    this.turns = source.turns.map((turn, index) => {
      const drawn = drawTurn(turn, index, turn.speaker !== speaker || turn.time);
      speaker = turn.speaker;
      page.append(drawn.box);
      return drawn;
    });
    this.body.replaceChildren(page);
    for (const { box } of this.turns) this.watch.observe(box);
  }

  // Draws what changed; the number of turns drawn comes back. What did not change comes as
  // the same objects as before, so that five thousand passages are only looked through.
  paint(view, currentId, theme) {
    const byTurn = new Map();
    const coders = new Set();
    const gather = (one) => {
      const [first, last] = this.turnsOf(one);
      for (let i = first; i <= last; i += 1) {
        if (!byTurn.has(i)) byTurn.set(i, []);
        byTurn.get(i).push(one);
      }
    };
    for (const span of view.spans.values()) coders.add(span.isMine ? "" : span.coder);
    for (const one of view.shownSpans) gather(one);
    for (const one of view.inOrder) gather(one);
    for (const one of view.memosInPlace) gather(one);
    // One coder's name beside every passage would say nothing.
    this.namesCoders = coders.size > 1;
    const looks = [theme, this.namesCoders, ...Array.from(view.codes.values(), ({ id, name, light, line }) => `${id} ${name} ${light[0]} ${line.strokes} ${line.dots}`)].join("|");
    const isAnew = looks !== this.looks;
    this.looks = looks;
    let drawn = 0;
    this.turns.forEach((turn, index) => {
      const ones = byTurn.get(index) ?? NOTHING;
      const current = ones.find(({ id }) => id === currentId)?.id ?? null;
      const isSame = current === turn.current && sameAll(ones, turn.ones) && !(isAnew && ones.length);
      if (isSame) return;
      turn.ones = ones;
      turn.current = current;
      const items = ones.map((one) => this.itemOf(one, view));
      this.paintTurn(index, items, currentId, theme);
      drawn += 1;
    });
    return drawn;
  }

  itemOf(one, view) {
    if ("text" in one) return { ...one, isSuggestion: false, isMemo: true, code: MEMO };
    return { ...one, isSuggestion: !("isMine" in one), code: view.code(one.codeId) };
  }

  // The numbers of the first and last turn a passage lies in.
  turnsOf(one) {
    let found = this.where.get(one);
    if (!found) {
      found = [this.source.turnAt(one.start), this.source.turnOfEnd(one.end)];
      this.where.set(one, found);
    }
    return found;
  }

  paintTurn(index, items, currentId, theme) {
    const turn = this.source.turns[index];
    const drawn = this.turns[index];
    const pieces = laidOut(turn, items);
    drawn.text.replaceChildren(...marked(turn.text, pieces, currentId, theme));
    drawn.stripes = pieces.map((piece) => this.drawStripe(piece, theme));
    drawn.margin.replaceChildren(...drawn.stripes.flatMap(({ bar, label }) => [bar, label]));
    drawn.box.style.minHeight = pieces.length ? `${pieces.length * LABEL_HEIGHT + 8}px` : "";
    this.unplaced.add(index);
    if (this.visible.has(index)) this.placeSoon();
  }

  drawStripe({ item, begins }, theme) {
    const [ink] = item.code[theme];
    const name = item.isMemo ? `✎ ${shortened(item.text.replace(/\s+/g, " "), MEMO_LETTERS)}` : item.code.name;
    const tags = [begins ? name : `… ${name}`];
    if (item.isMemo) tags.push(item.isMine ? "memo" : `memo, ${item.author}`);
    else if (item.isSuggestion) tags.push("suggested");
    else if (this.namesCoders && !item.isMine && item.coder) tags.push(item.coder);
    const touch = {
      "data-item": item.id,
      onclick: (event) => this.on.choose(item, event),
      onpointerenter: () => this.fade(item.id),
      onpointerleave: () => this.fade(null),
    };
    const kind = item.isMemo ? " pane-is-memo" : item.isSuggestion ? " pane-is-suggestion" : "";
    const bar = element("span", { class: `pane-stripe${kind}`, ...touch });
    const label = element("span", { class: `pane-stripe-label${kind}`, title: tags.join(", "), ...touch });
    label.append(element("bdi", {}, tags[0]));
    if (tags[1]) label.append(element("span", { class: "pane-stripe-note" }, tags[1]));
    bar.style.setProperty("--pane-ink", ink);
    if (!item.isMemo && !item.isSuggestion) stripe(bar, item.code.line, ink);
    label.style.setProperty("--pane-ink", ink);
    return { id: item.span?.id ?? item.id, bar, label };
  }

  // --- stripes stand beside their lines, which only layout knows

  noteVisible(entries) {
    for (const { target, isIntersecting } of entries) {
      const index = Number(target.dataset.turn);
      if (isIntersecting) this.visible.add(index);
      else this.visible.delete(index);
    }
    this.placeSoon();
  }

  placeAgain() {
    this.turns.forEach((turn, index) => {
      if (turn.stripes.length) this.unplaced.add(index);
    });
    this.placeSoon();
  }

  placeSoon() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      const ready = Array.from(this.unplaced).filter((index) => this.visible.has(index));
      // All is measured before anything is moved, so layout is worked out once.
      const measured = ready.map((index) => [this.turns[index], this.measured(index)]);
      for (const [turn, places] of measured) placeStripes(turn, places);
      for (const index of ready) this.unplaced.delete(index);
    });
  }

  measured(index) {
    const { text, margin, stripes } = this.turns[index];
    const origin = margin.getBoundingClientRect().top;
    const edges = new Map();
    for (const mark of text.children) {
      for (const id of mark.dataset.items.split(" ")) {
        if (!edges.has(id)) edges.set(id, [mark, mark]);
        else edges.get(id)[1] = mark;
      }
    }
    return stripes.map(({ id }) => {
      const [first, last] = edges.get(id) ?? [text, text];
      const opening = first.getClientRects()[0] ?? text.getBoundingClientRect();
      const closing = Array.from(last.getClientRects()).at(-1) ?? opening;
      return { top: opening.top - origin, bottom: closing.bottom - origin - 6 };
    });
  }

  // --- two-way: a stripe shows its words, words show their stripe

  fade(itemId) {
    for (const lit of this.body.querySelectorAll(".pane-lit")) lit.classList.remove("pane-lit");
    this.body.classList.toggle("pane-faded", Boolean(itemId));
    if (!itemId) return;
    const name = CSS.escape(itemId);
    const parts = this.body.querySelectorAll(`mark[data-items~="${name}"], [data-item="${name}"]`);
    for (const part of parts) part.classList.add("pane-lit");
  }

  fadeAllBut(codeId, view) {
    this.fade(null);
    if (!codeId) return;
    this.body.classList.add("pane-faded");
    const shown = [...view.shownSpans, ...view.inOrder].filter((one) => one.codeId === codeId);
    const wanted = new Set(shown.map((one) => one.id));
    for (const mark of this.body.querySelectorAll("mark")) {
      if (mark.dataset.items.split(" ").some((id) => wanted.has(id))) mark.classList.add("pane-lit");
    }
    for (const part of this.body.querySelectorAll("[data-item]")) {
      if (wanted.has(part.dataset.item)) part.classList.add("pane-lit");
    }
  }

  // --- places in the document

  // A position as a text node and an offset within it.
  place(position, isEnd) {
    const index = isEnd ? this.source.turnOfEnd(position) : this.source.turnAt(position);
    let left = this.source.turns[index].toUnits(position);
    const { text } = this.turns[index];
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (left < node.data.length || (isEnd && left === node.data.length)) return [node, left];
      left -= node.data.length;
    }
    return [text, text.childNodes.length];
  }

  range({ start, end }) {
    const range = document.createRange();
    range.setStart(...this.place(start, false));
    range.setEnd(...this.place(end, true));
    return range;
  }

  // The position of a place in the document, held to the nearest words of its turn;
  // nothing outside the transcript.
  position(node, offset) {
    const holder = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const box = holder?.closest?.(".pane-turn");
    if (!box || !this.body.contains(box)) return null;
    const index = Number(box.dataset.turn);
    const turn = this.source.turns[index];
    const range = document.createRange();
    range.selectNodeContents(this.turns[index].text);
    const side = range.comparePoint(node, offset);
    if (side !== 0) return side < 0 ? turn.start : turn.end;
    range.setEnd(node, offset);
    return turn.toPosition(range.toString().length);
  }

  // Brings a place to some part of the way down, a quarter or less.
  bringTo(position, scroller, part = 0.25) {
    this.turns[this.source.turnAt(position)].box.scrollIntoView({ block: "nearest" });
    const rect = this.range({ start: position, end: position + 1 }).getBoundingClientRect();
    const frame = scroller.getBoundingClientRect();
    scroller.scrollTop += rect.top - frame.top - frame.height * part;
  }

  // The number of turns up to the last one whose end is in view.
  lastSeen(scroller) {
    const { bottom } = scroller.getBoundingClientRect();
    const shown = Array.from(this.visible).sort((a, b) => b - a);
    return (shown.find((i) => this.turns[i].text.getBoundingClientRect().bottom <= bottom) ?? -1) + 1;
  }

  // The place at the top of what is in view.
  topPlace(scroller) {
    const { top } = scroller.getBoundingClientRect();
    const shown = Array.from(this.visible).sort((a, b) => a - b);
    const index = shown.find((i) => this.turns[i].text.getBoundingClientRect().bottom > top + LINE_HEIGHT / 2);
    if (index === undefined) return null;
    const box = this.turns[index].text.getBoundingClientRect();
    const turn = this.source.turns[index];
    const past = Math.max(0, Math.min(0.99, (top - box.top) / Math.max(1, box.height)));
    return turn.start + Math.floor(turn.length * past);
  }

  // Brings a passage into view with room to read on, without moving more than needed.
  reveal({ start, end }, scroller) {
    this.turns[this.source.turnAt(start)].box.scrollIntoView({ block: "nearest" });
    const rect = this.range({ start, end }).getBoundingClientRect();
    const frame = scroller.getBoundingClientRect();
    const room = Math.min(96, frame.height / 4);
    if (rect.top < frame.top + room) scroller.scrollTop -= frame.top + room - rect.top;
    else if (rect.bottom > frame.bottom - room) {
      scroller.scrollTop += Math.min(rect.bottom - frame.bottom + room, rect.top - frame.top - room);
    }
  }
}

function drawTurn(turn, index, namesSpeaker) {
  const text = element("p", { class: "pane-text" }, turn.text);
  const margin = element("div", { class: "pane-margin", "aria-hidden": "true" });
  const words = element("div", { class: "pane-words" });
  if (namesSpeaker && (turn.speaker || turn.time)) {
    const speaker = element("div", { class: "pane-speaker" }, element("bdi", {}, turn.speaker));
    if (turn.time) speaker.append(element("span", { class: "pane-time" }, turn.time));
    words.append(speaker);
  }
  words.append(text);
  const box = element(
    "div",
    { class: turn.isInterviewer ? "pane-turn pane-interviewer" : "pane-turn", "data-turn": index },
    element("div", { class: "pane-number" }, turn.number),
    words,
    margin,
  );
  // A good guess at the height keeps the scroll bar steady while turns out of sight are
  // not laid out.
  const lines = Math.ceil(turn.text.length / LETTERS_IN_A_LINE) || 1;
  box.style.containIntrinsicBlockSize = `auto ${lines * LINE_HEIGHT + 36}px`;
  return { box, text, margin, stripes: [], ones: NOTHING, current: null };
}

const sameAll = (some, others) => some.length === others.length && some.every((one, at) => one === others[at]);

function placeStripes({ box, stripes }, places) {
  const lanes = [];
  const lane = places.map(({ top, bottom }) => {
    let free = lanes.findIndex((until) => until <= top);
    if (free < 0) free = lanes.length;
    lanes[free] = bottom + 2;
    return free;
  });
  for (const { label } of stripes) label.style.left = `${lanes.length * STRIPE_STEP + 4}px`;
  // How many lines a label takes depends on where it starts.
  const heights = stripes.map(({ label }) => label.offsetHeight + LABEL_GAP);
  const order = stripes.map((_, i) => i).sort((a, b) => places[a].top - places[b].top || lane[a] - lane[b]);
  let taken = 0;
  for (const i of order) {
    const { bar, label } = stripes[i];
    const { top, bottom } = places[i];
    bar.style.transform = `translate(${lane[i] * STRIPE_STEP}px, ${top}px)`;
    bar.style.height = `${Math.max(12, bottom - top)}px`;
    const labelTop = Math.max(top + 2, taken);
    label.style.transform = `translateY(${labelTop}px)`;
    taken = labelTop + heights[i];
  }
  box.style.minHeight = `${Math.ceil(taken)}px`;
}


export const passagesCoded = (view) => `${counted(view.spans.size, "passage")} coded`;
