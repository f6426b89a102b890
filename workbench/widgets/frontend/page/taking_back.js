// The buttons that take a change back and do it again; what each would do stands on it.

import { allInWords } from "../work/changes.js";
import { button, element, keycap } from "./elements.js";

export class TakingBack {
  constructor(pane) {
    this.pane = pane;
    this.undo = made("Z", () => pane.coding.undo());
    this.redo = made("Shift+Z", () => pane.coding.redo());
    this.roots = [this.undo, this.redo];
  }

  show() {
    const { view } = this.pane;
    this.showOn(this.undo, "Undo", view.nextBack(true));
    this.showOn(this.redo, "Redo", view.nextBack(false));
    this.redo.hidden = this.redo.disabled;
  }

  showOn(shown, does, changes) {
    const { coding, painting, view } = this.pane;
    shown.disabled = !coding.mayTakeBack(changes);
    const words = changes.length ? `${does}: ${allInWords(changes, view, painting.source)}` : does;
    if (shown.words.textContent === words) return;
    shown.words.textContent = words;
    shown.title = words;
  }
}

function made(key, onclick) {
  const words = element("span", { class: "pane-back-words" });
  const look = { class: "pane-button pane-small pane-back", "aria-keyshortcuts": key, onclick };
  return Object.assign(button(look, words, keycap(key.replace("+", " "))), { words });
}
