// The keys of the pane and the list that explains them, from one table. They work while
// the pane has the focus, or nothing has, so single letters never surprise anyone elsewhere.

import { button, element } from "./elements.js";

const key = (pattern, run, shown, does) => ({ pattern, run, shown, does });

// `pattern` is matched against the key as typed; with a `shown` it stands in the help.
export const KEYS = [
  key(/^[1-9]$/, (pane, typed) => pane.coding.byKey(typed), "1 to 9", "Add the code with that key to the selected words"),
  key(/^( |\/)$/, (pane) => pane.choosing.find(), "Space or /", "Find a code, or make one, by typing its name"),
  key(/^Enter$/, (pane, _, shift) => pane.choosing.enter(shift), "Enter", "Choose from the list; with no list, show the codes here"),
  key(null, null, "Shift Enter", "Choose from the list and go on choosing, for several codes"),
  key(/^\.$/, (pane) => pane.coding.again(), ".", "The same code again, on the selected words"),
  key(/^v$/i, (pane) => pane.choosing.inVivo(), "V", "Make a code of the selected words themselves"),
  key(/^Escape$/, (pane) => pane.choosing.escape(), "Esc", "Close the list, then let go of the selected words"),
  key(/^ArrowRight$/, (pane, _, shift) => pane.choosing.moveCursor("word", 1, shift), "← →", "Move from word to word"),
  key(/^ArrowLeft$/, (pane, _, shift) => pane.choosing.moveCursor("word", -1, shift), "Shift ← →", "Select more or fewer words"),
  key(/^ArrowDown$/, (pane, _, shift) => pane.choosing.moveCursor("line", 1, shift), "↑ ↓", "Move from line to line, or in the open list"),
  key(/^ArrowUp$/, (pane, _, shift) => pane.choosing.moveCursor("line", -1, shift), "Shift ↑ ↓", "Select more or fewer lines"),
  key(/^s$/i, (pane) => pane.choosing.widen("sentence"), "S", "Select the whole sentence"),
  key(/^t$/i, (pane) => pane.choosing.widen("turn"), "T", "Select the whole turn"),
  key(/^j$/i, (pane) => pane.judging.step(1), "J", "Next suggestion"),
  key(/^k$/i, (pane) => pane.judging.step(-1), "K", "Suggestion before"),
  key(/^a$/i, (pane) => pane.judging.decide("accept"), "A", "Accept the suggestion"),
  key(/^x$/i, (pane) => pane.judging.decide("reject"), "X", "Reject the suggestion"),
  key(/^e$/i, (pane) => (pane.passage.span ? pane.choosing.offerOther(pane.passage.span) : pane.judging.other()), "E", "Another code for the suggestion, or for the coded passage that is open"),
  key(/^y$/i, (pane) => pane.card.why(), "Y", "Say why the suggestion rejected last was rejected"),
  key(/^g$/i, (pane) => pane.judging.turnGuesses(), "G", "Show guesses, or fold them away"),
  key(/^\[$/, (pane) => pane.edges.move("start", -1), "[ and ]", "Let the passage or suggestion start or end a word further out"),
  key(/^\]$/, (pane) => pane.edges.move("end", 1), "", ""),
  key(/^\{$/, (pane) => pane.edges.move("start", 1), "Shift [ and ]", "Let it start or end a word further in"),
  key(/^\}$/, (pane) => pane.edges.move("end", -1), "", ""),
  key(/^(Delete|Backspace)$/, (pane) => pane.passage.span?.isMine && pane.mayCode && pane.coding.remove(pane.passage.span), "Del", "Take the code off the passage that is open"),
  key(/^m$/i, (pane) => pane.memo.write(), "M", "Write a memo on the passage"),
  key(/^f$/i, (pane) => pane.find.open(), "F or Ctrl F", "Find words in the transcript"),
  key(/^z$/i, (pane, _, shift) => (shift ? pane.coding.redo() : pane.coding.undo()), "Z or Ctrl Z", "Undo your last change"),
  key(null, null, "Shift Z or Ctrl Y", "Do again what you have undone"),
  key(/^\?$/, (pane) => pane.help.toggle(), "?", "Show or hide this list"),
  // Streamlit's own keys would rerun the page or offer to clear its cache.
  key(/^[rc]$/i, () => {}, "", ""),
];

// With Ctrl, or with the Apple key; while typing, undo is the field's own.
function answerControl(pane, { key, shiftKey }, isTyping) {
  const letter = key.toLowerCase();
  if (letter === "f" && !shiftKey) pane.find.open();
  else if (isTyping) return false;
  else if (letter === "z") pane.coding[shiftKey ? "redo" : "undo"]();
  else if (letter === "y") pane.coding.redo();
  else return false;
  return true;
}

function answerInMemo(pane, { key, ctrlKey, metaKey }) {
  if (key !== "Escape" && !(key === "Enter" && (ctrlKey || metaKey))) return false;
  const { because } = pane.card;
  if (document.activeElement === because.words) because[key === "Enter" ? "keep" : "close"]();
  else pane.memo.close();
  return true;
}

export function answerKey(pane, event) {
  if (event.altKey || event.isComposing) return;
  pane.focus.takeIfNobodyHas();
  const active = document.activeElement;
  const held = pane.focus.isUnderNotice(active) ? pane.scroller : active;
  if (!pane.root.contains(held)) return;
  const isText = held instanceof HTMLTextAreaElement || (held instanceof HTMLInputElement && held.type === "text");
  if (held instanceof HTMLTextAreaElement) {
    if (!answerInMemo(pane, event)) return;
  } else if (event.ctrlKey || event.metaKey) {
    if (!answerControl(pane, event, isText)) return;
  } else if (held instanceof HTMLSelectElement || held.type === "checkbox") {
    if (event.key !== "Escape") return;
    if (held === pane.card.because.reason) pane.card.because.close();
    else pane.filtering.toggle(false);
    pane.scroller.focus({ preventScroll: true });
  } else if (isText) {
    if (!pane.choosing.answerInField(held, event)) return;
  } else if (/^(SUMMARY|A)$/.test(held.tagName) && /^( |Enter)$/.test(event.key)) {
    return;
  } else if (held.tagName === "BUTTON" && /^( |Enter|Arrow.*)$/.test(event.key)) {
    if (!pane.choosing.answerOnButton(held, event)) return;
  } else {
    const found = KEYS.find(({ pattern }) => pattern?.test(event.key));
    if (!found || (pane.help.isOpen && !/^(\?|Escape)$/.test(event.key))) return;
    found.run(pane, event.key, event.shiftKey);
  }
  event.preventDefault();
  event.stopImmediatePropagation();
}

export class Help {
  constructor(onClose) {
    this.onClose = onClose;
    this.isOpen = false;
    const rows = KEYS.filter(({ shown }) => shown).map(({ shown, does }) =>
      element("div", {}, element("dt", {}, element("kbd", {}, shown)), element("dd", {}, does)),
    );
    this.close = button({ class: "pane-button", onclick: () => this.toggle() }, "Close");
    this.root = element(
      "div",
      { class: "pane-help", role: "dialog", "aria-modal": "true", "aria-label": "Keys", hidden: true },
      element("h3", {}, "Keys"),
      element("p", {}, "They work from when the page opens. After typing elsewhere, click in the transcript or reach it with Tab."),
      element("dl", {}, ...rows),
      this.close,
    );
  }

  toggle() {
    this.isOpen = !this.isOpen;
    this.root.hidden = !this.isOpen;
    if (!this.isOpen) this.onClose();
    else {
      // The list is read from its beginning, also where it is longer than the window.
      this.close.focus({ preventScroll: true });
      this.root.scrollTop = 0;
    }
  }
}
