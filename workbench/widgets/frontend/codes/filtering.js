// Showing only some codes, or one coder's: everything else stays as it is and is only out
// of sight. What is shown is remembered for this person and transcript.

import { button, counted, element } from "../page/elements.js";
import { MINE } from "../work/study_view.js";

export class Filtering {
  constructor(pane) {
    this.pane = pane;
    this.isOpen = false;
    this.button = button({ class: "pane-button pane-small", "aria-expanded": "false", onclick: () => this.toggle() }, "Filter");
    this.coders = element("select", { class: "pane-select", "aria-label": "Show the codings of", onchange: () => this.choose() });
    this.says = element("p", { class: "pane-hint", role: "note" });
    this.all = button({ class: "pane-button pane-small", onclick: () => this.clear() }, "Show all");
    this.root = element("div", { class: "pane-filter", hidden: true }, element("label", {}, "Codings of ", this.coders), this.says, this.all);
  }

  get isOn() {
    const { codes, coder } = this.pane.view.filter;
    return codes.size > 0 || coder !== "";
  }

  toggle(open = !this.isOpen) {
    this.isOpen = open;
    this.button.setAttribute("aria-expanded", String(open));
    this.pane.codes.draw();
    if (open) this.coders.focus();
  }

  draw() {
    const { view } = this.pane;
    this.root.hidden = !this.isOpen && !this.isOn;
    this.button.textContent = this.isOn ? "Filter: on" : "Filter";
    if (this.root.hidden) return;
    this.root.classList.toggle("pane-filter-quiet", !this.isOpen);
    const others = new Set(Array.from(view.spans.values(), (one) => (one.isMine ? "" : one.coder)).filter(Boolean));
    if (view.filter.coder && view.filter.coder !== MINE) others.add(view.filter.coder);
    const wanted = [["", "everybody"], [MINE, "me"], ...Array.from(others).sort().map((name) => [name, name])];
    const looks = JSON.stringify(wanted);
    if (looks !== this.looks) {
      this.looks = looks;
      this.coders.replaceChildren(...wanted.map(([value, name]) => element("option", { value }, name)));
    }
    this.coders.value = view.filter.coder;
    const hidden = view.spans.size - view.shownSpans.length;
    this.says.textContent = this.isOn
      ? `${counted(hidden, "passage")} out of sight. ${view.filter.codes.size ? `Showing ${counted(view.filter.codes.size, "code")} of ${view.codes.size.toLocaleString("en-GB")}.` : ""}`
      : "Tick the codes to show. With none ticked, all are shown.";
    this.all.hidden = !this.isOn;
  }

  check(code, isChosen) {
    const box = element("input", { type: "checkbox", class: "pane-check", "aria-label": `Show ${code.name}`, tabindex: "0", onchange: () => this.tick(code.id) });
    box.checked = isChosen;
    return box;
  }

  tick(codeId) {
    const { codes } = this.pane.view.filter;
    if (!codes.delete(codeId)) codes.add(codeId);
    this.changed();
  }

  choose() {
    this.pane.view.filter.coder = this.coders.value;
    this.changed();
  }

  clear() {
    this.pane.view.filter.codes.clear();
    this.pane.view.filter.coder = "";
    this.changed();
    this.pane.scroller.focus({ preventScroll: true });
    this.pane.say("All codings are shown.");
  }

  changed() {
    const { codes, coder } = this.pane.view.filter;
    this.pane.remembered.keep({ codes: Array.from(codes), coder });
    this.pane.paint();
  }
}
