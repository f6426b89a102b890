// Changes in words: what the undo and redo buttons would take back or do again.

import { counted, shortened } from "../page/elements.js";

// Those that go back together: a code made and the words it was made for.
export function allInWords(changes, view, source) {
  if (changes.length === 1) return inWords(changes[0], view, source);
  const made = changes.find(({ kind }) => kind === "make_code");
  const place = placeOf(changes.find((one) => one !== made), false);
  return `${inWords(made, view, source)} on ${counted(wordsIn(source, place), "word")}`;
}

// In few words, for a button: "Late notice on 12 words".
export function inWords({ kind, rows }, view, source) {
  const of = (what) => rows.find((row) => row.what === what);
  const name = (codeId) => shortened(view.code(codeId).name, 32);
  if (kind === "make_code") return `new code ${shortened(of("code")?.after?.name ?? view.codes.get(of("code")?.id)?.name ?? "", 32)}`.trim();
  if (kind === "memo") return "memo";
  if (kind === "because") return "reason for rejecting";
  const span = of("span");
  if (kind === "reject" || !span) return `${name(of("suggestion")?.about?.codeId)} ${kind === "reject" ? "rejected" : "decided"}`;
  const on = (place) => `on ${counted(wordsIn(source, place), "word")}`;
  if (kind === "uncode" || kind === "reopen") return `${name(span.before?.codeId)} taken off ${counted(wordsIn(source, span.before), "word")}`;
  if (kind === "recode") return `${name(span.after?.codeId)} instead of ${name(span.before?.codeId)}`;
  if (kind === "move_edges") return `edges of ${name(span.after?.codeId)}`;
  return `${name(span.after?.codeId)} ${on(span.after)}`;
}

const wordsIn = (source, place) => (place ? source.words(place).split(/\s+/).filter(Boolean).length : 0);

// Where a change is to be seen: a passage as it was or is, whichever there is.
export function placeOf({ rows }, isUndo) {
  for (const { what, before, after, about } of rows) {
    const place = (isUndo ? (before ?? after) : (after ?? before)) || about;
    if ((what === "span" || what === "suggestion" || what === "memo") && place?.end > place?.start) return place;
  }
  return null;
}
