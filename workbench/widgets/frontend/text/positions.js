// Where words stand. The study counts Unicode code points over the whole source; the
// browser counts UTF-16 units within one turn. Everything that crosses does so here.

const segmenter = (granularity) =>
  typeof Intl !== "undefined" && Intl.Segmenter ? new Intl.Segmenter("en-GB", { granularity }) : null;
const GRAPHEMES = segmenter("grapheme");
const WORDS = segmenter("word");
const SENTENCES = segmenter("sentence");
const SURROGATE = /[\ud800-\udbff]/;
const ROUGH_WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu;
const ROUGH_SENTENCE = /[^.!?]+[.!?]*\s*/gu;

function countCodePoints(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

export class Turn {
  constructor([number, start, text, speaker, isInterviewer, time]) {
    Object.assign(this, { number, start, text, speaker, time });
    this.isInterviewer = isInterviewer === 1;
    // Most turns have no character beyond 16 bits, and then the two counts agree.
    this.hasPairs = SURROGATE.test(text);
    this.length = this.hasPairs ? countCodePoints(text) : text.length;
    this.end = start + this.length;
  }

  // Both convert within the turn and hold to its edges.
  toUnits(position) {
    const wanted = Math.max(0, Math.min(this.length, position - this.start));
    if (!this.hasPairs) return wanted;
    let units = 0;
    let left = wanted;
    for (const character of this.text) {
      if (left-- <= 0) break;
      units += character.length;
    }
    return units;
  }

  toPosition(units) {
    return this.start + (this.hasPairs ? countCodePoints(this.text.slice(0, units)) : units);
  }

  // The character as a reader sees it around a place: start and end in units.
  character(units) {
    if (units >= this.text.length) return [this.text.length, this.text.length];
    if (GRAPHEMES) {
      this.graphemes ??= GRAPHEMES.segment(this.text);
      const found = this.graphemes.containing(units);
      return [found.index, found.index + found.segment.length];
    }
    const low = /[\udc00-\udfff]/.test(this.text[units]) ? units - 1 : units;
    return [low, low + (SURROGATE.test(this.text[low]) ? 2 : 1)];
  }

  // Words as [start, end] in units, in order; punctuation and spaces are between them.
  get words() {
    this.foundWords ??= WORDS
      ? Array.from(WORDS.segment(this.text))
          .filter((piece) => piece.isWordLike || /\p{Extended_Pictographic}/u.test(piece.segment))
          .map((piece) => [piece.index, piece.index + piece.segment.length])
      : Array.from(this.text.matchAll(ROUGH_WORD), (m) => [m.index, m.index + m[0].length]);
    return this.foundWords;
  }

  get sentences() {
    const pieces = SENTENCES
      ? Array.from(SENTENCES.segment(this.text), (piece) => [piece.index, piece.segment])
      : Array.from(this.text.matchAll(ROUGH_SENTENCE), (m) => [m.index, m[0]]);
    this.foundSentences ??= pieces.map(([index, text]) => [index, index + text.trimEnd().length]);
    return this.foundSentences;
  }
}

export class SourceText {
  constructor(rows) {
    this.turns = rows.map((row) => new Turn(row));
  }

  // The number of the turn a position falls in, or of the one before it.
  turnAt(position) {
    let low = 0;
    let high = this.turns.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.turns[middle].start <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  // An end belongs to the turn it closes, not to the one that starts there.
  turnOfEnd(position) {
    const found = this.turnAt(position);
    return found > 0 && position <= this.turns[found].start ? found - 1 : found;
  }

  // A passage widened to whole characters and freed of spaces at its edges; nothing
  // where no character is left.
  tidy(start, end) {
    if (!this.turns.length) return null;
    let first = this.turnAt(start);
    let from = this.turns[first].toUnits(start);
    for (;;) {
      const turn = this.turns[first];
      [from] = turn.character(from);
      while (from < turn.text.length && /\s/.test(turn.text[from])) from += 1;
      if (from < turn.text.length) break;
      if (first + 1 >= this.turns.length) return null;
      first += 1;
      from = 0;
    }
    let last = this.turnOfEnd(end);
    let until = this.turns[last].toUnits(end);
    for (;;) {
      const turn = this.turns[last];
      const [low, high] = turn.character(until);
      if (low < until) until = high;
      while (until > 0 && /\s/.test(turn.text[until - 1])) until -= 1;
      if (until > 0) break;
      if (last === 0) return null;
      last -= 1;
      until = this.turns[last].text.length;
    }
    const tidied = { start: this.turns[first].toPosition(from), end: this.turns[last].toPosition(until) };
    return tidied.start < tidied.end ? tidied : null;
  }

  // The words of a passage, turns joined by a space; for labels, never for storing.
  words({ start, end }) {
    const first = this.turnAt(start);
    const last = this.turnOfEnd(end);
    const pieces = [];
    for (let i = first; i <= last; i += 1) {
      const turn = this.turns[i];
      pieces.push(turn.text.slice(turn.toUnits(start), turn.toUnits(end)));
    }
    return pieces.join(" ").trim();
  }

  // From the start of the sentence (or turn) at one edge to its end at the other.
  widened({ start, end }, unit) {
    const first = this.turnAt(start);
    const last = this.turnOfEnd(end);
    if (unit === "turn") return this.tidy(this.turns[first].start, this.turns[last].end);
    const opening = this.turns[first];
    const closing = this.turns[last];
    const from = opening.toUnits(start);
    const until = closing.toUnits(end);
    const opens = opening.sentences.findLast(([low]) => low <= from) ?? [0];
    const closes = closing.sentences.find(([, high]) => high >= until) ?? [0, closing.text.length];
    return this.tidy(opening.toPosition(opens[0]), closing.toPosition(closes[1]));
  }
}
