// The field that finds words in the transcript: how often, where, and on to the next.

import { allPlaces } from "../text/finding.js";
import { clearFound, showFound } from "../text/reading.js";
import { button, counted, element } from "./elements.js";

const MOST_LIT = 500;

export class FindBar {
  constructor(pane) {
    this.pane = pane;
    this.isOpen = false;
    this.found = [];
    this.at = -1;
    this.input = element("input", {
      class: "pane-find pane-find-words",
      type: "text",
      "aria-label": "Find words in this transcript",
      placeholder: "Find in this transcript",
      autocomplete: "off",
      spellcheck: "false",
      maxlength: "200",
      oninput: () => this.look(),
    });
    this.says = element("span", { class: "pane-found-count", role: "status" });
    const step = (label, key, arrow, by) =>
      button({ class: "pane-button pane-small", "aria-label": `${label} place found`, title: `${label} (${key})`, onclick: () => this.step(by) }, arrow);
    this.root = element(
      "search",
      { class: "pane-find-bar", hidden: true },
      this.input,
      this.says,
      step("Previous", "Shift+Enter", "↑", -1),
      step("Next", "Enter", "↓", 1),
      button({ class: "pane-close", "aria-label": "Close finding", onclick: () => this.close() }, "×"),
    );
  }

  open() {
    this.isOpen = true;
    this.root.hidden = false;
    this.pane.list.close();
    this.pane.passage.close();
    const { selection } = this.pane.reading;
    const words = selection ? this.pane.painting.source.words(selection) : "";
    if (words && words.length <= 60) this.input.value = words;
    this.look();
    this.input.focus();
    this.input.select();
  }

  // From where the reader is: what they look for is mostly further on.
  look() {
    const { source } = this.pane.painting;
    this.found = allPlaces(source, this.input.value);
    const from = this.pane.reading.here()?.start ?? 0;
    const next = this.found.findIndex((one) => one.start >= from);
    this.at = this.found.length ? Math.max(0, next) : -1;
    this.show();
  }

  step(by) {
    if (!this.found.length) return;
    this.at = (this.at + by + this.found.length) % this.found.length;
    this.show();
  }

  show() {
    const typed = this.input.value.trim();
    const count = this.found.length;
    if (!typed) this.says.textContent = "";
    else if (!count) this.says.textContent = "Not in this transcript";
    else this.says.textContent = `${(this.at + 1).toLocaleString("en-GB")} of ${counted(count, "place")}`;
    if (count) this.pane.painting.reveal(this.found[this.at], this.pane.scroller);
    this.light();
  }

  // Again whenever turns were drawn anew.
  light() {
    if (!this.isOpen) return;
    const first = Math.max(0, this.at - MOST_LIT / 2);
    const near = this.found.slice(first, first + MOST_LIT);
    showFound(this.pane.painting, near, this.found[this.at]);
  }

  // The reader goes on from the words found last: the cursor stands on them, and nothing
  // is selected that they did not select.
  close() {
    this.isOpen = false;
    this.root.hidden = true;
    clearFound();
    this.pane.scroller.focus({ preventScroll: true });
    const place = this.found[this.at];
    this.found = [];
    if (!place) return;
    this.pane.reading.goTo(place.start);
    this.pane.painting.reveal(place, this.pane.scroller);
    this.pane.list.close();
    this.pane.codes.draw();
  }
}
