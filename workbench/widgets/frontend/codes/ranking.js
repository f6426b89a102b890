// Which codes answer what was typed, best first: by beginnings and words, then by how alike
// the words are, so that a misspelling or another order of words still finds its code.

// How alike every typed word must be to some word of the name, and all of them together.
const WORD_ALIKE = 0.6;
const ALL_ALIKE = 0.7;
const LONGEST_SCATTERED = 3;

// Names are made plain once: two thousand are compared at every letter typed.
const PLAIN = new Map();

function plainName(name) {
  let made = PLAIN.get(name);
  if (made === undefined) {
    made = plain(name);
    PLAIN.set(name, made);
  }
  return made;
}

// Letters without case, accents or punctuation; words apart by one space.
export function plain(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLocaleLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

// How alike two words are, from 0 to 1: the letters both have in the same order, doubled,
// over the letters of both. It is the ratio that rapidfuzz gives, from 0 to 100.
export function ratio(a, b) {
  if (!a.length && !b.length) return 1;
  const [first, second] = [letters(a), letters(b)];
  let before = new Uint16Array(second.length + 1);
  let row = new Uint16Array(second.length + 1);
  for (let i = 0; i < first.length; i += 1) {
    const letter = first[i];
    for (let j = 1; j <= second.length; j += 1) {
      row[j] = letter === second[j - 1] ? before[j - 1] + 1 : Math.max(before[j], row[j - 1]);
    }
    [before, row] = [row, before];
  }
  return (2 * before[second.length]) / (first.length + second.length);
}

// As code points, which only a text beyond 16 bits has other than its units.
const letters = (text) => (/[\ud800-\udbff]/.test(text) ? Array.from(text) : text);

// A typed word may be the beginning of a longer one.
function alike(typed, word) {
  const begun = typed.length >= 3 && word.length > typed.length ? ratio(typed, word.slice(0, typed.length)) * 0.97 : 0;
  return Math.max(mayBeAlike(typed, word) ? ratio(typed, word) : 0, begun);
}

// Words of very different length cannot be alike enough.
const mayBeAlike = (a, b) => 2 * Math.min(a.length, b.length) >= WORD_ALIKE * (a.length + b.length);

// Names share words: how alike each is to what is typed now is worked out once.
let typedNow = "";
const alikeNow = new Map();

function alikeOnce(typed, word) {
  const pair = `${typed} ${word}`;
  let found = alikeNow.get(pair);
  if (found === undefined) {
    found = alike(typed, word);
    alikeNow.set(pair, found);
  }
  return found;
}

// From 0 to 1, whatever the order of the words; 0 where one of them is found nowhere.
export function likeness(name, typed) {
  if (typed !== typedNow) {
    typedNow = typed;
    alikeNow.clear();
  }
  const words = name.split(" ");
  let length = 0;
  let sum = 0;
  for (const wanted of typed.split(" ")) {
    const best = Math.max(...words.map((word) => alikeOnce(wanted, word)));
    if (best < WORD_ALIKE) return 0;
    length += wanted.length;
    sum += best * wanted.length;
  }
  // The same words without spaces, for a space too many or too few.
  const joined = ratio(name.replaceAll(" ", ""), typed.replaceAll(" ", ""));
  return Math.max(sum / length, joined);
}

// How well a name answers what was typed, lower being better; null where it does not.
export function rank(name, typed) {
  const [whole, wanted] = [plainName(name), plain(typed)];
  // Signs alone, say an emoji or "?": as they stand.
  if (!wanted) return name.includes(typed.trim()) ? 3 : null;
  if (whole === wanted) return 0;
  if (whole.startsWith(wanted)) return 1;
  const words = whole.split(" ");
  if (words.some((word) => word.startsWith(wanted))) return 2;
  if (whole.includes(wanted)) return 3;
  if (words.map((word) => word[0] ?? "").join("").startsWith(wanted)) return 4;
  const found = likeness(whole, wanted);
  if (found >= ALL_ALIKE) return 6 - found;
  return wanted.length <= LONGEST_SCATTERED ? scattered(whole, wanted) : null;
}

// Few letters, in this order but apart.
function scattered(whole, wanted) {
  let at = -1;
  let spread = 0;
  for (const letter of wanted) {
    const next = whole.indexOf(letter, at + 1);
    if (next < 0) return null;
    if (at >= 0) spread += next - at - 1;
    at = next;
  }
  return 7 + spread;
}

// Of equally good ones those used last come first, then as the codebook has them.
export function ranked(codes, typed, recent = []) {
  if (!typed.trim()) return codes;
  const late = new Map(recent.map((id, at) => [id, at]));
  return codes
    .map((code, order) => ({ code, order, rank: rank(code.name, typed), used: late.get(code.id) ?? Infinity }))
    .filter((one) => one.rank !== null)
    .sort((a, b) => a.rank - b.rank || (a.used === b.used ? 0 : a.used - b.used) || a.order - b.order)
    .map((one) => one.code);
}
