// What a suggestion rests on, folded under its reason: whether words say it, the sentence of
// the definition, the coded passages it is like, and how often such suggestions were right.

import { element } from "../page/elements.js";

// Who opened the reasons of one suggestion reads those of the next as well.
let isOpen = false;

export function reasonsOf({ restsOn, definition, similar, rate }, onTurn) {
  if (!restsOn && !definition && !similar.length && !rate) return "";
  const parts = [];
  if (restsOn) parts.push(element("p", {}, `${restsOn}.`));
  if (definition) parts.push(element("p", {}, "Nearest in the definition: ", element("q", {}, definition)));
  if (similar.length) parts.push(element("p", {}, "Like these coded passages:"), element("ul", {}, ...similar.map(passage)));
  if (rate) parts.push(element("p", {}, rate));
  const made = element("details", { class: "pane-reasons", open: isOpen }, element("summary", {}, "What it rests on, how often right"), ...parts);
  made.addEventListener("toggle", () => {
    const isTurned = isOpen !== made.open;
    isOpen = made.open;
    // In a narrow window they take room from the words they are about.
    if (isTurned) onTurn();
  });
  return made;
}

// In a tab of its own, so that the place in the transcript is not lost.
function passage([source, at, label]) {
  const asked = new URLSearchParams({ source, at });
  return element("li", {}, element("a", { href: `code?${asked}`, target: "_blank", rel: "noopener" }, label));
}
