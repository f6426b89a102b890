// The study as this person sees it: what the server last said, with the operations that
// still wait played on top. Server and waiting work are kept apart, so a refused
// operation disappears from sight by being left out the next time.

const MOST_VERSIONS = 12;
const COLOUR = /^#[0-9a-f]{6}$/i;
const UNKNOWN_COLOUR = { light: ["#55606A", "#E9ECEE"], dark: ["#A9B2B9", "#2A3138"] };

// Colours become style values, where a url() would fetch something.
const colour = (value, otherwise) => (COLOUR.test(value) ? value : otherwise);

const READ = {
  codes: ([id, name, depth, inkLight, tintLight, inkDark, tintDark, count, key]) => ({
    id,
    name,
    depth,
    light: [colour(inkLight, UNKNOWN_COLOUR.light[0]), colour(tintLight, UNKNOWN_COLOUR.light[1])],
    dark: [colour(inkDark, UNKNOWN_COLOUR.dark[0]), colour(tintDark, UNKNOWN_COLOUR.dark[1])],
    count,
    key,
  }),
  spans: ([id, start, end, codeId, coder, mine]) => ({ id, start, end, codeId, coder, isMine: mine === 1 }),
  suggestions: ([id, start, end, codeId, strength, reason, cues, guess]) => ({
    id,
    start,
    end,
    codeId,
    strength,
    reason,
    cues,
    isGuess: guess === 1,
  }),
};

const byPlace = (a, b) => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : 1);

export class StudyView {
  // Outlives a view: who asked for guesses gets them in the next transcript too.
  static showsGuesses = false;

  constructor() {
    this.versions = new Map();
    this.version = "";
    this.server = null;
    this.codes = new Map();
    this.spans = new Map();
    this.suggestions = new Map();
    this.guesses = 0;
    this.folded = 0;
  }

  // False where the differences start from a version this browser does not hold.
  receive({ version, base, changes }) {
    const from = base ? this.versions.get(base) : { codes: new Map(), spans: new Map(), suggestions: new Map() };
    if (!from) return false;
    const next = {};
    for (const [part, read] of Object.entries(READ)) next[part] = changed(from[part], changes[part], read);
    this.versions.set(version, next);
    while (this.versions.size > MOST_VERSIONS) this.versions.delete(this.versions.keys().next().value);
    this.version = version;
    this.server = next;
    return true;
  }

  // The suggestion someone is at (a guess brought back by Undo, say) is never folded away.
  play(waiting, currentId = null) {
    this.codes = new Map(Array.from(this.server.codes, ([id, code]) => [id, { ...code }]));
    this.spans = new Map(this.server.spans);
    this.suggestions = new Map(this.server.suggestions);
    for (const operation of waiting) this.perform(operation);
    this.fold(currentId);
    this.inOrder = Array.from(this.suggestions.values()).sort(byPlace);
  }

  fold(currentId) {
    const guesses = Array.from(this.suggestions.values()).filter((one) => one.isGuess);
    const folded = StudyView.showsGuesses ? [] : guesses.filter((one) => one.id !== currentId);
    for (const one of folded) this.suggestions.delete(one.id);
    this.guesses = guesses.length;
    this.folded = folded.length;
  }

  perform({ kind, fields, local }) {
    const suggestion = this.suggestions.get(fields.suggestion_id);
    if (kind === "make_code" && !this.codes.has(fields.code_id)) {
      const code = { id: fields.code_id, name: fields.name, depth: 0, ...UNKNOWN_COLOUR, count: 0, key: "" };
      this.codes.set(code.id, code);
    } else if (kind === "code") this.put(fields.segment_id, fields, fields.code_id);
    else if (kind === "uncode") this.take(fields.segment_id);
    else if (kind === "accept" && suggestion) this.put(fields.segment_id, suggestion, suggestion.codeId);
    else if (kind === "instead" && suggestion) this.put(fields.segment_id, suggestion, fields.code_id);
    else if (kind === "reopen") {
      this.take(local?.segmentId);
      if (local?.suggestion) this.suggestions.set(local.suggestion.id, local.suggestion);
    }
    if (kind === "accept" || kind === "instead" || kind === "reject") this.suggestions.delete(fields.suggestion_id);
  }

  put(id, { start, end }, codeId) {
    if (this.spans.has(id)) return;
    this.spans.set(id, { id, start, end, codeId, coder: "", isMine: true });
    const code = this.codes.get(codeId);
    if (code) code.count += 1;
  }

  take(id) {
    const span = this.spans.get(id);
    if (!span) return;
    this.spans.delete(id);
    const code = this.codes.get(span.codeId);
    if (code) code.count -= 1;
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
      spans: Array.from(this.spans.values()).filter(shares).sort(byPlace),
      suggestions: this.inOrder.filter(shares),
    };
  }
}

function changed(before, { set, gone, order }, read) {
  const after = new Map(before);
  for (const id of gone) after.delete(id);
  for (const row of set) after.set(row[0], read(row));
  if (!order) return after;
  return new Map(order.map((id) => [id, after.get(id)]));
}
