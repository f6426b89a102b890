// Tints and underlines of the passages within one turn.

import { element } from "../page/elements.js";
import { underline } from "./lines.js";

const UNDERLINES = 3;
// From the bottom of a mark (text, then room below) up to each of the three lines.
const UNDERLINE_RISE = [8.5, 4.5, 0.5];

// Suggestions are dashed, memos dotted; codings have the line of their code.
const LINES = {
  suggestion: (ink) => `repeating-linear-gradient(90deg, ${ink} 0 6px, transparent 6px 10px)`,
  memo: (ink) => `repeating-linear-gradient(90deg, ${ink} 0 2px, transparent 2px 5px)`,
};

function linesOf(item, ink) {
  if (item.isMemo) return [[LINES.memo(ink), 0, "2px"]];
  return item.isSuggestion ? [[LINES.suggestion(ink), 0, "2px"]] : underline(item.code.line, ink);
}

// Each item's place within the turn, in units, and the underline it keeps to.
export function laidOut(turn, items) {
  const pieces = items
    .map((item) => ({
      item,
      from: turn.toUnits(item.start),
      until: turn.toUnits(item.end),
      begins: item.start >= turn.start,
      ends: item.end <= turn.end,
    }))
    .filter((piece) => piece.from < piece.until)
    .sort((a, b) => a.from - b.from || b.until - a.until || (a.item.id < b.item.id ? -1 : 1));
  const busyUntil = [];
  for (const piece of pieces) {
    if (!isDrawn(piece)) continue;
    let lane = busyUntil.findIndex((until) => until <= piece.from);
    if (lane < 0) lane = busyUntil.length;
    busyUntil[lane] = piece.until;
    piece.lane = lane;
  }
  return pieces;
}

// A memo on a coded segment stands in the margin; its words are marked already.
const isDrawn = ({ item }) => !(item.isMemo && item.span);

export function marked(text, all, currentId, theme) {
  const pieces = all.filter(isDrawn);
  const cuts = new Set([0, text.length]);
  for (const { from, until } of pieces) cuts.add(from).add(until);
  const edges = Array.from(cuts).sort((a, b) => a - b);
  const nodes = [];
  let open = [];
  let next = 0;
  for (let i = 0; i + 1 < edges.length; i += 1) {
    const [from, until] = [edges[i], edges[i + 1]];
    open = open.filter((piece) => piece.until > from);
    for (; next < pieces.length && pieces[next].from <= from; next += 1) open.push(pieces[next]);
    const words = text.slice(from, until);
    nodes.push(open.length ? mark(words, open, from, until, currentId, theme) : document.createTextNode(words));
  }
  return nodes;
}

function mark(words, open, from, until, currentId, theme) {
  const made = element("mark", { "data-items": open.map(({ item }) => item.id).join(" ") }, words);
  // Names reach a screen reader through generated content: an attribute would not be
  // read on this role, and real text would move every position behind it.
  const opening = open.filter((piece) => piece.from === from).map((piece) => spoken(piece));
  const closing = open.filter((piece) => piece.until === until).map((piece) => piece.item.code.name);
  if (opening.length) made.dataset.opening = `[${opening.join(", ")}: `;
  if (closing.length) made.dataset.closing = `: end of ${closing.join(", ")}] `;
  if (open.every(({ item }) => item.isSuggestion)) made.classList.add("pane-only-suggested");
  const hidden = open.filter(({ lane }) => lane >= UNDERLINES);
  if (hidden.some((piece) => piece.from === from)) {
    made.dataset.more = `+${hidden.length}`;
    made.title = hidden.map(({ item }) => item.code.name).join(", ");
  }
  const current = open.find(({ item }) => item.id === currentId);
  const edges = current && { opens: current.from === from, closes: current.until === until };
  if (current) made.classList.add("pane-current");
  if (edges?.opens) made.classList.add("pane-opens");
  if (edges?.closes) made.classList.add("pane-closes");
  decorate(made, open, theme, edges);
  return made;
}

const spoken = ({ item }) => (item.isMemo ? "memo" : item.isSuggestion ? `suggested ${item.code.name}` : `coded ${item.code.name}`);

// Drawn as backgrounds: unlike borders they stack, follow a passage over its lines, and
// take no room that would move the text.
function decorate(made, open, theme, edges) {
  const images = [];
  const places = [];
  const sizes = [];
  if (edges) frame(images, places, sizes, edges);
  for (const { item, lane } of open) {
    if (lane >= UNDERLINES) continue;
    const [ink] = item.code[theme];
    for (const [image, above, height] of linesOf(item, ink)) {
      images.push(image);
      places.push(`0 calc(100% - ${UNDERLINE_RISE[lane] + above}px)`);
      sizes.push(`100% ${height}`);
    }
  }
  const first = open.find(({ item }) => !item.isSuggestion && !item.isMemo);
  if (first) {
    const [, tint] = first.item.code[theme];
    images.push(`linear-gradient(${tint} 0 0)`);
    places.push("0 3px");
    sizes.push("100% calc(100% - 12px)");
  }
  made.style.backgroundImage = images.join(", ");
  made.style.backgroundPosition = places.join(", ");
  made.style.backgroundSize = sizes.join(", ");
}

// A frame around the current suggestion, open where the passage goes on.
function frame(images, places, sizes, { opens, closes }) {
  const line = "linear-gradient(var(--st-text-color) 0 0)";
  const sides = [["0 2px", "100% 1.5px"], ["0 calc(100% - 1px)", "100% 1.5px"]];
  if (opens) sides.push(["0 50%", "1.5px calc(100% - 4px)"]);
  if (closes) sides.push(["100% 50%", "1.5px calc(100% - 4px)"]);
  for (const [place, size] of sides) {
    images.push(line);
    places.push(place);
    sizes.push(size);
  }
}
