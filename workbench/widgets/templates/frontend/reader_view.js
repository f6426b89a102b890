// Draws the turns once for each text; what is linked changes in place.

import { button, element } from "./elements.js";
import { TurnSearch } from "./turn_search.js";

export class ReaderView {
  constructor(host) {
    this.host = host;
    this.client = crypto.randomUUID();
    this.number = 0;
    this.waiting = [];
    this.drawn = "";
    this.places = new Map(); // passage's number -> its button and its pieces of text
    this.turns = element("div", { class: "rr-turns", tabindex: "0", role: "region", "aria-label": "Transcript" });
    this.status = element("p", { class: "rr-status", role: "status" });
    this.search = new TurnSearch(this.turns);
    this.onlyCoded = element("input", { type: "checkbox", onchange: () => this.showOnlyCoded() });
    const only = element("label", { class: "rr-check" }, this.onlyCoded, "Only coded turns");
    this.host.replaceChildren(element("div", { class: "rr-tools" }, this.search.box, only), this.status, this.turns);
    this.host.classList.add("record-reader");
    this.turns.addEventListener("click", (event) => this.onClick(event));
  }

  receive(data) {
    this.data = data;
    this.host.dataset.theme = data.dark ? "dark" : "light";
    if (data.answers.client === this.client) {
      this.waiting = this.waiting.filter((one) => one.n > data.answers.last);
      this.refused = data.answers.refused;
    }
    if (this.drawn !== data.version) this.drawTurns();
    this.showLinks();
    this.openAt(data.at);
  }

  drawTurns() {
    this.drawn = this.data.version;
    this.places = new Map(this.data.content.passages.map((_, number) => [number, { chip: null, pieces: [] }]));
    const parts = document.createDocumentFragment();
    for (const [number, speaker, asks, pieces] of this.data.content.turns) parts.append(this.turn(number, speaker, asks, pieces));
    this.turns.replaceChildren(parts);
    this.turns.scrollTop = 0;
    this.opened = null;
    this.showOnlyCoded();
    this.search.forget();
  }

  turn(number, speaker, asks, pieces) {
    const begins = new Set();
    const text = element("p", { class: "rr-text" });
    for (const [words, over] of pieces) {
      if (!over.length) {
        text.append(words);
        continue;
      }
      const piece = element("mark", { "data-over": over.join(" "), class: over.length > 1 ? "rr-several" : null }, words);
      for (const one of over) {
        this.places.get(one).pieces.push(piece);
        begins.add(one);
      }
      text.append(piece);
    }
    const chips = [...begins].filter((one) => !this.places.get(one).chip).map((one) => this.chip(one));
    return element(
      "section",
      { class: asks ? "rr-turn rr-asks" : "rr-turn", "data-turn": number, "data-coded": begins.size > 0 },
      element("p", { class: "rr-who" }, element("span", { class: "rr-number" }, String(number)), element("bdi", {}, speaker || "Notes")),
      text,
      chips.length ? element("div", { class: "rr-chips" }, ...chips) : null,
    );
  }

  chip(number) {
    const [, code, , mayBeQuoted] = this.data.content.passages[number];
    const name = mayBeQuoted ? code : `${code} (not to be quoted)`;
    const chip = button("", () => this.press(number), { class: "rr-chip", "aria-pressed": "false" });
    chip.append(element("span", { class: "rr-sign", "aria-hidden": "true" }), element("bdi", {}, name));
    for (const type of ["mouseenter", "focus"]) chip.addEventListener(type, () => this.light(number, true));
    for (const type of ["mouseleave", "blur"]) chip.addEventListener(type, () => this.light(number, false));
    this.places.get(number).chip = chip;
    return chip;
  }

  light(number, on) {
    for (const piece of this.places.get(number).pieces) piece.toggleAttribute("data-lit", on);
  }

  // A click on words under several codes leads to the list of them below the turn.
  onClick(event) {
    const piece = event.target.closest("mark[data-over]");
    if (!piece || String(window.getSelection())) return;
    const over = piece.dataset.over.split(" ").map(Number);
    if (over.length === 1) this.press(over[0]);
    else {
      this.places.get(over[0]).chip.focus();
      this.say("Several codes lie over these words. Choose which passage you mean.");
    }
  }

  isLinked(id) {
    const last = this.waiting.findLast((one) => one.passage === id && one.question === this.data.question);
    return last ? last.linked : this.data.linked.includes(id);
  }

  press(number) {
    if (!this.data.may_link) {
      this.say(this.data.why_not);
      return;
    }
    const [id] = this.data.content.passages[number];
    const linked = !this.isLinked(id);
    this.number += 1;
    this.waiting.push({ n: this.number, question: this.data.question, passage: id, linked });
    this.refused = [];
    this.showLinks();
    this.tell({ client: this.client, changes: this.waiting });
  }

  showLinks() {
    let linked = 0;
    for (const [number, place] of this.places) {
      const is = this.isLinked(this.data.content.passages[number][0]);
      linked += is;
      if (place.chip) {
        place.chip.setAttribute("aria-pressed", String(is));
        place.chip.title = is ? "Take it away from the answer" : "Add it to the answer";
        place.chip.querySelector(".rr-sign").textContent = is ? "✓" : "+";
        place.chip.disabled = !this.data.may_link;
      }
      for (const piece of place.pieces) piece.toggleAttribute("data-linked", piece.dataset.over.split(" ").some((one) => this.isLinked(this.data.content.passages[Number(one)][0])));
    }
    if (this.refused && this.refused.length) this.say(this.refused.at(-1)[1], true);
    else if (this.waiting.length) this.say("Saving…");
    else if (!this.data.may_link) this.say(this.data.why_not);
    else if (!this.places.size) this.say("Nothing is coded in this transcript yet.");
    else this.say(`${linked} of ${this.places.size} coded passages are in the answer that is open. Click one to add it or take it away.`);
  }

  say(words, isProblem = false) {
    this.status.textContent = words;
    this.status.toggleAttribute("data-problem", isProblem);
  }

  showOnlyCoded() {
    this.turns.toggleAttribute("data-only-coded", this.onlyCoded.checked);
  }

  // Opens at a turn once for each address that names one.
  openAt(at) {
    if (!at || this.opened === at) return;
    this.opened = at;
    const turn = this.turns.querySelector(`[data-turn="${Number(at)}"]`);
    if (turn) {
      this.turns.scrollTop = turn.offsetTop - this.turns.offsetTop - 8;
      turn.setAttribute("data-found", "");
    }
  }
}
