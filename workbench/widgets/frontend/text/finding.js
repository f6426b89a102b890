// Finding words in the transcript, whatever their letter case and accents.

// The text folded for comparing, and where each folded unit stands in the text itself;
// no places where the two go side by side.
export function folded(text) {
  const plain = text.normalize("NFD");
  if (plain === text && !/\p{M}/u.test(text)) {
    const lower = text.toLowerCase();
    if (lower.length === text.length) return { text: spaced(lower), places: null };
  }
  let made = "";
  const places = [];
  let at = 0;
  for (const character of text) {
    const units = character.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    for (let i = 0; i < units.length; i += 1) places.push(at);
    made += units;
    at += character.length;
  }
  places.push(at);
  return { text: spaced(made), places };
}

// Curly and straight quotation marks are told apart by nobody who searches; the
// apostrophes are those of coding/finding/search_words.py.
const spaced = (text) => text.replace(/[\s\u00a0]/g, " ").replace(/[`\u00b4\u2018\u2019\u201b\u02bc\u2032\uff07]/g, "'").replace(/[\u201c\u201d]/g, '"');

// Every place of the words in one turn, as [from, until] in units of its text.
export function placesIn(turn, wanted) {
  turn.folded ??= folded(turn.text);
  const { text, places } = turn.folded;
  const found = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    const until = at + wanted.length;
    if (!places) found.push([at, until]);
    else {
      // An accent that stands after its letter belongs to what was found.
      let end = places[until];
      while (end < turn.text.length && /\p{M}/u.test(turn.text[end])) end += 1;
      found.push([places[at], end]);
    }
  }
  return found;
}

// Every place in the source, as passages in the order of the text.
export function allPlaces(source, typed) {
  const wanted = folded(typed.trim()).text;
  if (!wanted) return [];
  return source.turns.flatMap((turn) =>
    placesIn(turn, wanted).map(([from, until]) => ({ start: turn.toPosition(from), end: turn.toPosition(until) })),
  );
}
