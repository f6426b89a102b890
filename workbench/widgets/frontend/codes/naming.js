// Words of a transcript as the name of a code: without the punctuation around them.

const LONGEST_NAME = 300;
const OPENING = /^[\s.,;:!?…–—-]+/u;
const CLOSING = /[\s.,;:!?…–—-]+(?=["'”’»)\]]*$)/u;
const PAIRS = [["“", "”"], ["‘", "’"], ['"', '"'], ["'", "'"], ["«", "»"], ["(", ")"], ["[", "]"]];

// Marks that open or close inside the words stay; one whose partner was not selected goes,
// and so does a pair around all of it.
export function asName(words) {
  let name = words.replace(/\s+/gu, " ").replace(OPENING, "").replace(CLOSING, "").trim();
  for (const [opens, closes] of PAIRS) {
    const inside = name.slice(1, -1);
    if (name.length > 2 && name.startsWith(opens) && name.endsWith(closes) && !inside.includes(opens)) name = inside;
    else if (name.startsWith(opens) && !name.slice(1).includes(closes)) name = name.slice(1);
    else if (opens !== "'" && opens !== "‘" && name.endsWith(closes) && !name.slice(0, -1).includes(opens)) name = name.slice(0, -1);
  }
  name = name.replace(OPENING, "").replace(CLOSING, "").trim();
  // Nothing but marks was selected: then they are the words.
  return Array.from(name || words.trim()).slice(0, LONGEST_NAME).join("");
}
