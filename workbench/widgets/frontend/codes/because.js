// Why a suggestion was rejected: asked of nobody, open to who wants to tell. A set reason,
// words of one's own, or both.

import { button, element, keycap, shortened } from "../page/elements.js";

export class Because {
  constructor(pane, on) {
    this.pane = pane;
    this.on = on;
    this.isOpen = false;
    this.root = element("div", { class: "pane-because" });
  }

  // The same nodes while they are typed in; nothing where nothing was rejected just now.
  draw() {
    const { rejected } = this.pane.judging;
    if (!rejected) {
      this.isOpen = false;
      this.about = null;
      return "";
    }
    const looks = `${rejected.id} ${this.isOpen} ${rejected.reason} ${rejected.text}`;
    if (looks !== this.about) {
      this.about = looks;
      this.root.replaceChildren(...(this.isOpen ? this.form(rejected) : [this.offer(rejected)]));
    }
    return this.root;
  }

  offer({ name, reason, text }) {
    const said = reason || text ? "Reason kept. Change it" : "Say why";
    const press = button({ class: "pane-button pane-small", "aria-keyshortcuts": "Y", onclick: () => this.open() }, `${said} `, keycap("Y"));
    return element("p", { class: "pane-quiet" }, `${shortened(name, 32)} was rejected. `, press);
  }

  form({ name, reason, text }) {
    const choices = [["", "No reason chosen"], ...this.pane.data.reasons];
    const options = choices.map(([value, words]) => element("option", value === reason ? { value, selected: "" } : { value }, words));
    this.reason = element("select", { class: "pane-why", "aria-label": `Why ${name} was rejected` }, ...options);
    this.words = element("textarea", { class: "pane-why", rows: "2", maxlength: "2000", "aria-label": "In your own words", placeholder: "In your own words, if you like" });
    this.words.value = text;
    const keep = button({ class: "pane-button", onclick: () => this.keep() }, "Keep the reason");
    const leave = button({ class: "pane-button", onclick: () => this.close() }, "Leave it");
    return [element("p", { class: "pane-quiet" }, `Why was ${shortened(name, 32)} rejected?`), this.reason, this.words, element("div", { class: "pane-acts" }, keep, leave)];
  }

  open() {
    if (!this.pane.judging.rejected) {
      this.pane.say("Nothing was rejected just now.");
      return;
    }
    this.isOpen = true;
    this.pane.card.draw();
    this.reason.focus();
  }

  keep() {
    const [reason, text] = [this.reason.value, this.words.value.trim()];
    this.close();
    if (reason || text) this.on.because(reason, text);
    this.pane.card.draw();
  }

  close() {
    this.isOpen = false;
    this.pane.card.draw();
    this.pane.scroller.focus({ preventScroll: true });
  }
}
