// Finding words in the transcript: whatever the letter case, turn by turn.

import { button, element } from "./elements.js";

export class TurnSearch {
  constructor(turns) {
    this.turns = turns;
    this.found = [];
    this.at = -1;
    this.field = element("input", {
      type: "search",
      class: "rr-field",
      placeholder: "Find in this transcript",
      "aria-label": "Find in this transcript",
      oninput: () => this.look(),
      onkeydown: (event) => this.onKey(event),
    });
    this.count = element("span", { class: "rr-count", role: "status" });
    this.back = button("Previous", () => this.go(-1), { disabled: true });
    this.on = button("Next", () => this.go(1), { disabled: true });
    this.box = element("div", { class: "rr-search", role: "search" }, this.field, this.back, this.on, this.count);
  }

  forget() {
    this.field.value = "";
    this.look();
  }

  look() {
    for (const turn of this.found) turn.removeAttribute("data-found");
    const wanted = this.field.value.trim().toLocaleLowerCase();
    this.found = wanted ? [...this.turns.children].filter((turn) => turn.querySelector(".rr-text").textContent.toLocaleLowerCase().includes(wanted)) : [];
    this.at = -1;
    this.back.disabled = this.on.disabled = !this.found.length;
    this.count.textContent = wanted ? (this.found.length ? `In ${this.found.length} ${this.found.length === 1 ? "turn" : "turns"}` : "Not found") : "";
    this.mark(wanted);
    if (this.found.length) this.go(1);
  }

  // The words themselves are marked where the browser can; the turn is in any case.
  mark(wanted) {
    if (!window.CSS?.highlights || !window.Highlight) return;
    const ranges = [];
    for (const turn of this.found) {
      const walker = document.createTreeWalker(turn.querySelector(".rr-text"), NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode;
        const words = node.data.toLocaleLowerCase();
        if (words.length !== node.data.length) continue;
        for (let start = words.indexOf(wanted); start >= 0; start = words.indexOf(wanted, start + wanted.length)) {
          const range = new Range();
          range.setStart(node, start);
          range.setEnd(node, start + wanted.length);
          ranges.push(range);
        }
      }
    }
    CSS.highlights.set("record-reader-found", new Highlight(...ranges));
  }

  go(step) {
    if (this.at >= 0) this.found[this.at].removeAttribute("data-found");
    this.at = (this.at + step + this.found.length) % this.found.length;
    const turn = this.found[this.at];
    turn.setAttribute("data-found", "");
    this.turns.scrollTop = turn.offsetTop - this.turns.offsetTop - 40;
    this.count.textContent = `${this.at + 1} of ${this.found.length} ${this.found.length === 1 ? "turn" : "turns"}`;
  }

  onKey(event) {
    if (event.key === "Enter" && this.found.length) {
      event.preventDefault();
      this.go(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape" && this.field.value) {
      event.preventDefault();
      this.forget();
    }
  }
}
