// What is coded at a place in the text and by whom. One's own codings can be changed here:
// another code, other edges, a memo, or taken off.

import { button, element, keycap, swatch } from "../page/elements.js";
import { standBeside } from "./code_list.js";

export class PassageCard {
  constructor(pane, on) {
    this.pane = pane;
    this.on = on;
    this.isOpen = false;
    this.held = null;
    this.root = element("div", { class: "pane-passage", role: "dialog", "aria-label": "Codes on this passage", hidden: true });
    // A press must not move the focus, and with it what the keys act on, before it counts.
    this.root.addEventListener("pointerdown", (event) => event.preventDefault());
    this.root.addEventListener("click", ({ target }) => this.hold(target.closest("li")?.dataset.span ?? this.held));
    this.root.addEventListener("focusin", ({ target }) => this.hold(target.closest("li")?.dataset.span ?? this.held));
  }

  // The coding that keys act on: the reader's own, the first of several.
  get span() {
    const span = this.isOpen ? this.pane.view.spans.get(this.held) : null;
    return span ?? null;
  }

  open(spans, takesFocus) {
    const own = spans.filter((span) => span.isMine);
    this.isOpen = true;
    this.root.hidden = false;
    this.ids = spans.map((span) => span.id);
    this.held = (own.find((span) => span.id === this.held) ?? own[0] ?? spans[0]).id;
    this.draw();
    standBeside(this.root, this.pane, spans[0]);
    this.pane.edges.hold(this.span);
    if (takesFocus) this.root.querySelector(".pane-held button.pane-button, button")?.focus();
  }

  // Again after a change: what is gone leaves, what moved stands elsewhere.
  refresh() {
    if (!this.isOpen) return;
    const left = this.ids.map((id) => this.pane.view.spans.get(id)).filter(Boolean);
    if (!left.length) {
      this.close();
      return;
    }
    const looks = JSON.stringify([left, left.map((span) => this.pane.view.code(span.codeId).name)]);
    if (looks !== this.looks) this.draw(left, looks);
    this.pane.edges.hold(this.span);
  }

  draw(spans = this.ids.map((id) => this.pane.view.spans.get(id)), looks = "") {
    this.looks = looks;
    const { mayCode } = this.pane;
    const focused = this.root.contains(document.activeElement) ? document.activeElement.textContent : null;
    const close = button({ class: "pane-close", "aria-label": "Close", onclick: () => this.on.close() }, "×");
    const add = button({ class: "pane-button", onclick: () => this.on.addTo(spans[0]) }, "Add a code to these words");
    this.root.replaceChildren(
      element("div", { class: "pane-list-heading" }, "Codes on this passage", close),
      element("ul", {}, ...spans.map((span) => this.row(span))),
      mayCode ? add : "",
    );
    if (focused) Array.from(this.root.querySelectorAll("button")).find((one) => one.textContent === focused)?.focus();
  }

  row(span) {
    const { view, theme, mayCode } = this.pane;
    const code = view.code(span.codeId);
    const by = span.isMine ? "you" : span.coder || "another coder";
    const name = element("span", { class: "pane-option-name" }, element("bdi", {}, code.name));
    name.append(element("span", { class: "pane-option-note" }, `coded by ${by}`));
    const row = element("li", { "data-span": span.id }, swatch(code, theme), name);
    const acts = element("div", { class: "pane-passage-acts" });
    if (span.isMine && mayCode) {
      acts.append(
        act("Change", "E", `Give these words another code than ${code.name}`, () => this.on.recode(span)),
        act("Remove", "Del", `Remove ${code.name}`, () => this.on.remove(span)),
        act("Memo", "M", `Memo on ${code.name}`, () => this.on.memo(span)),
        element("span", { class: "pane-edge-keys" }, "Edges ", keycap("["), keycap("]")),
      );
    } else if (this.pane.mayWriteMemos) acts.append(act("Memo", "M", `Memo on ${code.name}`, () => this.on.memo(span)));
    acts.append(this.alike(span, code));
    row.append(acts);
    markHeld(row, this.held);
    return row;
  }

  // In a tab of its own, so that the place in the transcript is not lost.
  alike({ start, end, codeId }, code) {
    const asked = new URLSearchParams({ view: "alike", source: this.pane.sourceId, at: start, to: end, code: codeId });
    return element(
      "a",
      { class: "pane-alike", href: `suggestions?${asked}`, target: "_blank", rel: "noopener", "aria-label": `More like this passage of ${code.name}, in a new tab` },
      "More like this",
    );
  }

  hold(id) {
    if (!this.isOpen || !id || id === this.held) return;
    this.held = id;
    for (const row of this.root.querySelectorAll("li")) markHeld(row, id);
    this.pane.edges.hold(this.span);
  }

  close() {
    this.isOpen = false;
    this.root.hidden = true;
    this.pane.edges.hold(null);
  }
}

// Keys stand on the coding that they act on alone.
function markHeld(row, held) {
  const isHeld = row.dataset.span === held;
  row.classList.toggle("pane-held", isHeld);
  for (const press of row.querySelectorAll("button")) {
    if (isHeld) press.setAttribute("aria-keyshortcuts", press.dataset.key);
    else press.removeAttribute("aria-keyshortcuts");
  }
}

function act(label, key, says, onclick) {
  return button({ class: "pane-button pane-small", "aria-label": says, "data-key": key, onclick }, label, " ", keycap(key));
}
