// The right-hand side: the codes with their counts and keys, and the suggestion that
// waits for a decision, beside the words it is about.

import { ranked } from "./ranking.js";
import { Because } from "./because.js";
import { reasonsOf } from "./reasons.js";
import { button, counted, element, keycap, swatch } from "../page/elements.js";

export class CodesPanel {
  constructor(pane, on) {
    this.pane = pane;
    this.on = on;
    this.input = element("input", {
      class: "pane-find",
      type: "text",
      "aria-label": "Find or make a code",
      placeholder: "Find or make a code",
      autocomplete: "off",
      spellcheck: "false",
      maxlength: "300",
      oninput: () => this.draw(),
    });
    this.hint = element("p", { class: "pane-hint" });
    this.codes = element("ul", { class: "pane-codes" });
    this.root = element(
      "aside",
      { class: "pane-codebook", "aria-label": "Codes" },
      element(
        "div",
        { class: "pane-codebook-head" },
        element("h3", {}, "Codes"),
        pane.filtering.button,
        button({ class: "pane-close pane-only-drawer", "aria-label": "Close the codes", onclick: () => on.close() }, "×"),
      ),
      pane.filtering.root,
      element("div", { class: "pane-find-row" }, this.input, keycap("/")),
      this.hint,
      this.codes,
    );
    this.rows = new Map();
  }

  // What Enter in the field would use.
  get best() {
    const typed = this.input.value.trim();
    if (!typed) return null;
    const [code] = ranked(Array.from(this.pane.view.codes.values()), typed, this.pane.coding.recent);
    return code && (this.pane.view.codeNamed(typed) ?? code);
  }

  draw() {
    const { view, theme, reading, mayCode } = this.pane;
    const all = Array.from(view.codes.values());
    const typed = this.input.value.trim();
    const shown = ranked(all, typed, typed ? this.pane.coding.recent : []);
    this.pane.filtering.draw();
    this.input.parentElement.hidden = !mayCode && !all.length;
    if (!mayCode) this.hint.textContent = `You can read this transcript but not code it.${this.pane.mayWriteMemos ? " Select words to write a memo on them." : ""}`;
    else if (!all.length) this.hint.textContent = "No codes yet. Select words and type a name to make the first one.";
    else if (typed && !shown.length) this.hint.textContent = "No code of that name. Select words and press Enter to make it.";
    else this.hint.textContent = reading.selection ? "Choose a code for the selected words." : "Select words in the text to code them.";
    const rows = shown.map((code) => this.row(code, typed ? 0 : code.depth, theme));
    // Rows that did not change stay, so that a press on one is never lost to a redraw.
    const current = Array.from(this.codes.children);
    if (rows.length !== current.length || rows.some((row, i) => row !== current[i])) {
      const focused = this.codes.contains(document.activeElement) ? document.activeElement : null;
      this.codes.replaceChildren(...rows);
      focused?.focus({ preventScroll: true });
    }
    const focusable = this.codes.querySelector("button[tabindex='0']") ?? this.codes.querySelector("button");
    if (focusable) focusable.tabIndex = 0;
  }

  row(code, depth, theme) {
    const { isOpen: filters } = this.pane.filtering;
    const isChosen = filters && this.pane.view.filter.codes.has(code.id);
    const looks = JSON.stringify([code.name, code.count, code.key, depth, code[theme], code.line, filters, isChosen]);
    const kept = this.rows.get(code.id);
    if (kept?.looks === looks) return kept.row;
    const count = element("span", { class: "pane-count" }, code.count.toLocaleString("en-GB"));
    const press = button(
      {
        class: "pane-code",
        tabindex: "-1",
        "aria-label": `${code.name}, ${counted(code.count, "passage")}${code.key ? `, key ${code.key}` : ""}`,
        title: code.name,
        onclick: () => this.on.code(code.id),
        onpointerenter: () => this.on.look(code.id),
        onpointerleave: () => this.on.look(null),
        onfocus: () => this.on.look(code.id),
        onblur: () => this.on.look(null),
      },
      swatch(code, theme),
      element("bdi", { class: "pane-code-name" }, code.name),
      count,
      code.key ? keycap(code.key) : element("span", { class: "pane-no-key" }),
    );
    press.style.paddingInlineStart = `${8 + Math.min(depth, 6) * 14}px`;
    press.addEventListener("pointerdown", (event) => event.preventDefault());
    const row = element("li", { class: filters ? "pane-filterable" : "" }, filters ? this.pane.filtering.check(code, isChosen) : null, press);
    this.rows.set(code.id, { looks, row });
    return row;
  }

  // Up and Down walk the codes; one of them is reached by Tab.
  walk(from, by) {
    const buttons = Array.from(this.codes.querySelectorAll("button.pane-code"));
    const next = buttons[buttons.indexOf(from) + by];
    if (!next) return;
    from.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}

export class SuggestionCard {
  constructor(pane, on) {
    this.pane = pane;
    this.on = on;
    this.root = element("section", { class: "pane-card", "aria-label": "Suggestion" });
    this.because = new Because(pane, on);
  }

  why() {
    this.because.open();
  }

  draw() {
    const { view, theme, current, mayCode, isBlind } = this.pane;
    const { decided } = this.pane.judging;
    const waiting = view.inOrder;
    const index = waiting.findIndex((one) => one.id === current);
    this.root.classList.toggle("pane-card-quiet", index < 0);
    this.root.style.removeProperty("--pane-ink");
    if (index < 0) {
      const { folded } = view;
      let words = "No suggestions for this transcript. They come from the cues and definitions in the codebook.";
      if (isBlind) words = "Suggestions and others' codings are hidden while this transcript is coded blind, so that your reading is your own.";
      else if (waiting.length) words = `${counted(waiting.length, "suggestion")} to look at.`;
      else if (folded) words = `No suggestions ${decided ? "left" : "here"} but ${counted(folded, "guess", "guesses")}.`;
      else if (decided) words = "No suggestions left: you have decided them all.";
      const start = button({ class: "pane-button", onclick: () => this.on.step(1) }, "Look at the next ", keycap("J"));
      this.root.replaceChildren(element("p", { class: "pane-quiet" }, words), waiting.length ? start : "", this.guesses(), this.because.draw());
      return;
    }
    const suggestion = waiting[index];
    const code = view.code(suggestion.codeId);
    this.root.style.setProperty("--pane-ink", code[theme][0]);
    const acts = mayCode
      ? element(
          "div",
          { class: "pane-acts" },
          this.act("Accept", "A", "pane-primary", () => this.on.decide("accept")),
          this.act("Reject", "X", "", () => this.on.decide("reject")),
          this.act("Other…", "E", "", () => this.on.other()),
        )
      : "";
    const place = element("span", {}, `${capital(suggestion.strength)} · suggestion ${index + 1} of ${waiting.length}`);
    const steps = element(
      "span",
      { class: "pane-steps" },
      this.step("Previous suggestion", "K", "↑", -1),
      this.step("Next suggestion", "J", "↓", 1),
    );
    const edges = mayCode ? element("p", { class: "pane-quiet pane-edges" }, "Other words first: ", keycap("["), " ", keycap("]"), " or drag the edges") : "";
    const title = element("p", { class: "pane-card-title" }, "Suggested: ", element("bdi", {}, code.name));
    const reason = element("p", { class: "pane-reason" }, suggestion.reason);
    this.root.replaceChildren(title, reason, reasonsOf(suggestion, () => this.pane.painting.reveal(suggestion, this.pane.scroller)), element("div", { class: "pane-place" }, place, steps), acts, edges, this.guesses(), this.because.draw());
  }

  // Weak suggestions are kept out of the way of the strong ones, and can be asked for.
  guesses() {
    const { guesses, folded } = this.pane.view;
    if (!guesses) return "";
    const words = folded ? `Show ${counted(folded, "guess", "guesses")} ` : "Fold guesses away ";
    return button({ class: "pane-step pane-guesses", "aria-keyshortcuts": "G", onclick: () => this.on.guesses() }, words, keycap("G"));
  }

  act(label, key, kind, onclick) {
    const press = button({ class: `pane-button ${kind}`, "aria-keyshortcuts": key, onclick }, label, keycap(key));
    press.addEventListener("pointerdown", (event) => event.preventDefault());
    return press;
  }

  step(label, key, arrow, by) {
    const press = button(
      { class: "pane-step", "aria-label": label, "aria-keyshortcuts": key, title: `${label} (${key})`, onclick: () => this.on.step(by) },
      arrow,
      keycap(key),
    );
    press.addEventListener("pointerdown", (event) => event.preventDefault());
    return press;
  }
}

const capital = (words) => words.charAt(0).toLocaleUpperCase() + words.slice(1);
