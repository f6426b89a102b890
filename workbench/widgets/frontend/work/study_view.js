// The study as this person sees it: what the server last said, with the operations that
// still wait played on top. Server and waiting work are kept apart, so a refused
// operation disappears from sight by being left out the next time.

const MOST_VERSIONS = 12;
const COLOUR = /^#[0-9a-f]{6}$/i;
const UNKNOWN_COLOUR = { light: ["#55606A", "#E9ECEE"], dark: ["#A9B2B9", "#2A3138"], line: { strokes: 1, dots: 0 } };

// Colours become style values, where a url() would fetch something.
const colour = (value, otherwise) => (COLOUR.test(value) ? value : otherwise);

const READ = {
  codes: ([id, name, depth, inkLight, tintLight, inkDark, tintDark, count, key, strokes, dots]) => ({
    id,
    name,
    depth,
    light: [colour(inkLight, UNKNOWN_COLOUR.light[0]), colour(tintLight, UNKNOWN_COLOUR.light[1])],
    dark: [colour(inkDark, UNKNOWN_COLOUR.dark[0]), colour(tintDark, UNKNOWN_COLOUR.dark[1])],
    count,
    key,
    line: { strokes, dots },
  }),
  spans: ([id, start, end, codeId, coder, mine]) => ({ id, start, end, codeId, coder, isMine: mine === 1 }),
  suggestions: readSuggestion,
  memos: ([id, start, end, segmentId, text, author, mine]) => ({ id, start, end, segmentId, text, author, isMine: mine === 1 }),
  lost: ([id, codeId, name, quotation]) => ({ id, codeId, name, quotation }),
  changes: ([id, number, kind, undone, rows]) => ({ id, number, kind, isUndone: undone === 1, rows: rows.map(readTouched) }),
};

function readSuggestion([id, start, end, codeId, strength, reason, cues, guess, more = []]) {
  const [restsOn = "", definition = "", similar = [], rate = ""] = more;
  return { id, start, end, codeId, strength, reason, cues, isGuess: guess === 1, restsOn, definition, similar, rate };
}

// What a change did to one thing: { what, id, before, after }, in the form play() swaps.
function readTouched([what, id, before, after, suggestion]) {
  if (what === "span") return { what, id, before: readPlace(before), after: readPlace(after) };
  if (what !== "suggestion") return { what, id, before, after };
  const waiting = suggestion ? readSuggestion(suggestion) : null;
  return { what, id, before: before ? waiting : null, after: after ? waiting : null, about: waiting };
}

const readPlace = (place) => place && { start: place[0], end: place[1], codeId: place[2] };

// Stands for the reader in the filter, whatever their name.
export const MINE = "\u0000mine";

const placed = ({ start, end, codeId }) => ({ start, end, codeId });
const byPlace = (a, b) => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : 1);

export class StudyView {
  // Outlives a view: who asked for guesses gets them in the next transcript too.
  static showsGuesses = false;
  // The newest version there was, by the session that numbers them: answers come by two
  // ways, and a page drawn again brings what it was first given.
  static newest = new Map();

  static isPast(version) {
    const [session, number] = version.split("-");
    return Number(number) < (StudyView.newest.get(session) ?? 0);
  }

  constructor() {
    this.versions = new Map();
    this.version = "";
    this.server = null;
    this.codes = new Map();
    this.spans = new Map();
    this.suggestions = new Map();
    this.guesses = 0;
    this.folded = 0;
    this.memos = new Map();
    // Codings of the reader's that lost their place when the text was corrected.
    this.lost = new Map();
    this.changes = new Map();
    this.inOrder = [];
    this.shownSpans = [];
    this.memosInPlace = [];
    // A suggestion whose edges are being moved before it is accepted: { id, start, end }.
    this.moved = null;
    this.placed = new Map();
    // No codes chosen means all of them; a coder is a name, MINE, or nobody in particular.
    this.filter = { codes: new Set(), coder: "" };
  }

  // False where the differences start from a version this browser does not hold.
  receive({ version, base, changes }) {
    const from = base ? this.versions.get(base) : Object.fromEntries(Object.keys(READ).map((part) => [part, new Map()]));
    if (!from) return false;
    const next = {};
    for (const [part, read] of Object.entries(READ)) next[part] = changed(from[part], changes[part], read);
    this.versions.set(version, next);
    while (this.versions.size > MOST_VERSIONS) this.versions.delete(this.versions.keys().next().value);
    this.version = version;
    const [session, number] = version.split("-");
    StudyView.newest.set(session, Number(number));
    this.server = next;
    return true;
  }

  // The suggestion someone is at (a guess brought back by Undo, say) is never folded away.
  play(waiting, currentId = null) {
    this.codes = new Map(Array.from(this.server.codes, ([id, code]) => [id, { ...code }]));
    this.spans = new Map(this.server.spans);
    this.suggestions = new Map(this.server.suggestions);
    this.memos = new Map(this.server.memos);
    this.lost = new Map(this.server.lost);
    this.changes = new Map(Array.from(this.server.changes, ([id, change]) => [id, { ...change }]));
    for (const operation of waiting) this.perform(operation);
    this.fold(currentId);
    this.moveEdges();
    this.inOrder = Array.from(this.suggestions.values()).filter((one) => this.shows(one)).sort(byPlace);
    this.shownSpans = Array.from(this.spans.values());
    if (this.filter.codes.size || this.filter.coder) this.shownSpans = this.shownSpans.filter((one) => this.shows(one));
    this.memosInPlace = this.placeMemos();
  }

  fold(currentId) {
    const guesses = Array.from(this.suggestions.values()).filter((one) => one.isGuess);
    const folded = StudyView.showsGuesses ? [] : guesses.filter((one) => one.id !== currentId);
    for (const one of folded) this.suggestions.delete(one.id);
    this.guesses = guesses.length;
    this.folded = folded.length;
  }

  moveEdges() {
    const suggestion = this.moved && this.suggestions.get(this.moved.id);
    if (suggestion) this.suggestions.set(suggestion.id, { ...suggestion, ...this.moved });
    else this.moved = null;
  }

  // --- changes, and taking them back

  perform({ id, kind, fields }) {
    if (kind === "undo" || kind === "redo") {
      this.takeBack(fields.change_id, kind === "undo");
      return;
    }
    if (kind === "place") {
      this.place(fields);
      return;
    }
    // The study may hold it already, while its answer is still on the way.
    if (this.changes.has(id)) return;
    const rows = this.rowsOf(kind, fields).filter(Boolean);
    if (!rows.length) return;
    this.swap(rows, true);
    for (const [other, change] of this.changes) if (change.isUndone) this.changes.delete(other);
    const number = Math.max(0, ...Array.from(this.changes.values(), (one) => one.number)) + 1;
    this.changes.set(id, { id, number, kind, isUndone: false, rows });
  }

  rowsOf(kind, fields) {
    if (kind === "make_code") return [this.codes.has(fields.code_id) ? null : this.newCode(fields)];
    if (kind === "memo") return [this.memoRow(fields)];
    if (kind === "code") return [this.newSpan(fields.segment_id, fields, fields.code_id)];
    const span = this.spans.get(fields.segment_id);
    const row = (after) => (span ? { what: "span", id: span.id, before: placed(span), after } : null);
    if (kind === "uncode") return [row(null)];
    if (kind === "recode") return [row({ ...placed(span ?? {}), codeId: fields.code_id })];
    if (kind === "move_edges") return [row({ ...placed(span ?? {}), start: fields.start, end: fields.end })];
    // Its reason changes nothing that is drawn, and can be taken back all the same.
    if (kind === "because") return [{ what: "suggestion", id: fields.suggestion_id, before: null, after: null, about: null }];
    const suggestion = this.suggestions.get(fields.suggestion_id);
    if (!suggestion) return [];
    const decided = { what: "suggestion", id: suggestion.id, before: suggestion, after: null, about: suggestion };
    const codeId = fields.code_id ?? suggestion.codeId;
    const { start, end } = { ...suggestion, ...fields };
    return [decided, kind === "reject" ? null : this.newSpan(fields.segment_id, { start, end }, codeId)];
  }

  newSpan(id, { start, end }, codeId) {
    return this.spans.has(id) ? null : { what: "span", id, before: null, after: { start, end, codeId } };
  }

  newCode({ code_id: id, name }) {
    return { what: "code", id, before: 0, after: { id, name, depth: 0, ...UNKNOWN_COLOUR, count: 0, key: "" } };
  }

  memoRow({ memo_id: id, segment_id: segmentId, start, end, text }) {
    const before = this.memos.get(id) ?? 0;
    if (!before && !text) return null;
    const kept = before || { id, segmentId, start, end, author: "", isMine: true };
    return { what: "memo", id, before, after: text ? { ...kept, text } : 0 };
  }

  // A coding that lost its place, under its own id; there is no taking back but removing.
  place({ lost_id: id, start, end }) {
    const lost = this.lost.get(id);
    if (lost) this.putSpan(id, { start, end, codeId: lost.codeId });
    this.lost.delete(id);
  }

  takeBack(changeId, isUndo) {
    const change = this.changes.get(changeId);
    if (!change || change.isUndone === isUndo) return;
    this.swap(change.rows, !isUndo);
    change.isUndone = isUndo;
  }

  swap(rows, forwards) {
    for (const row of rows) {
      const wanted = forwards ? row.after : row.before;
      if (row.what === "span") this.putSpan(row.id, wanted);
      else {
        const held = { suggestion: this.suggestions, code: this.codes, memo: this.memos }[row.what];
        // A 1 says that there is one, without its words: those come from the study.
        if (wanted && wanted !== 1) held?.set(row.id, wanted);
        else if (!wanted) held?.delete(row.id);
      }
    }
  }

  putSpan(id, place) {
    const before = this.spans.get(id);
    if (before) this.count(before.codeId, -1);
    if (!place) {
      this.spans.delete(id);
      return;
    }
    this.spans.set(id, { coder: "", isMine: true, ...before, id, ...place });
    this.count(place.codeId, 1);
  }

  count(codeId, by) {
    const code = this.codes.get(codeId);
    if (code) code.count += by;
  }

  // What one undo takes back, or one redo does again, in that order: the last change, and
  // with a passage the code that was made for it just before. Empty where there is none.
  nextBack(isUndo) {
    const all = Array.from(this.changes.values()).filter((one) => one.isUndone !== isUndo);
    all.sort((a, b) => (isUndo ? b.number - a.number : a.number - b.number));
    const [first, second] = all;
    if (!first) return [];
    const [made, used] = isUndo ? [second, first] : [first, second];
    return isMadeFor(made, used) ? [first, second] : [first];
  }

  // --- what the reader wants to see of it

  shows({ codeId, coder, isMine }) {
    const { codes, coder: wanted } = this.filter;
    if (codes.size && !codes.has(codeId)) return false;
    return !wanted || coder === undefined || (isMine ? MINE : coder) === wanted;
  }

  // A memo goes with its passage, and moves with it. One that did not change stays the
  // same object, by which painting knows that there is nothing to draw.
  placeMemos() {
    const before = this.placed;
    this.placed = new Map();
    for (const memo of this.memos.values()) {
      const span = this.spans.get(memo.segmentId);
      const held = before.get(memo.id);
      const isSame = held?.memo === memo && held.span === span;
      const placed = span ? { ...memo, start: span.start, end: span.end, span } : memo;
      this.placed.set(memo.id, isSame ? held : { memo, span, placed });
    }
    const all = Array.from(this.placed.values(), ({ placed }) => placed);
    return all.filter((memo) => (memo.span ? this.shows(memo.span) : !this.filter.codes.size));
  }

  code(id) {
    return this.codes.get(id) ?? { id, name: "a code no longer in the codebook", depth: 0, ...UNKNOWN_COLOUR, count: 0, key: "" };
  }

  codeWithKey(key) {
    return Array.from(this.codes.values()).find((code) => code.key === key);
  }

  codeNamed(name) {
    const wanted = name.trim().toLocaleLowerCase();
    return Array.from(this.codes.values()).find((code) => code.name.toLocaleLowerCase() === wanted);
  }

  // Everything coded or suggested that shares a character with a passage.
  touching({ start, end }) {
    const shares = (one) => one.start < end && start < one.end;
    return {
      spans: Array.from(this.spans.values()).filter((one) => shares(one) && this.shows(one)).sort(byPlace),
      suggestions: this.inOrder.filter(shares),
    };
  }
}

function isMadeFor(made, used) {
  if (made?.kind !== "make_code" || used?.number !== made.number + 1) return false;
  const code = made.rows.find(({ what }) => what === "code");
  return used.rows.some(({ what, before, after }) => what === "span" && !before && after?.codeId === code?.id);
}

function changed(before, change, read) {
  const { set, gone, order } = change ?? { set: [], gone: [] };
  const after = new Map(before);
  for (const id of gone) after.delete(id);
  for (const row of set) after.set(row[0], read(row));
  if (!order) return after;
  return new Map(order.map((id) => [id, after.get(id)]));
}
