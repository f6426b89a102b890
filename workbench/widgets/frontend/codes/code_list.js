// The list that opens beside chosen words: suggested codes first, then recent, then all;
// typing narrows it, and a name nobody has used yet offers to make that code.

import { button, counted, element, keycap, shortened, swatch } from "../page/elements.js";
import { asName } from "./naming.js";
import { ranked } from "./ranking.js";

const MOST_SHOWN = 80;
const MOST_RECENT = 5;

const GAP = 8;

// Beside the words, over the margin, so that nothing near them is covered; where the pane
// is too narrow for that, under the words or over them.
export function standBeside(box, pane, passage) {
  const frame = pane.root.getBoundingClientRect();
  const reader = pane.scroller.getBoundingClientRect();
  const text = pane.painting.turns[0].text.getBoundingClientRect();
  const lines = Array.from(pane.painting.range(passage).getClientRects()).filter((rect) => rect.width > 0);
  const first = lines[0] ?? reader;
  const last = lines.at(-1) ?? first;
  const width = box.offsetWidth;
  const height = Math.min(box.offsetHeight, frame.height - 2 * GAP);
  let left = Math.min(text.right + GAP, frame.right - width - GAP);
  let top = Math.max(first.top - GAP, reader.top + GAP);
  if (left < text.right - 24) {
    left = Math.max(frame.left + GAP, Math.min(last.right - 40, left));
    top = last.bottom + GAP;
    if (top + height > frame.bottom - GAP && first.top - height - GAP >= frame.top) top = first.top - height - GAP;
  }
  top = Math.max(frame.top + GAP, Math.min(top, frame.bottom - height - GAP));
  box.style.transform = `translate(${left - frame.left}px, ${top - frame.top}px)`;
  // Words scrolled out of sight take what stands beside them along.
  box.style.visibility = last.bottom < reader.top || first.top > reader.bottom ? "hidden" : "";
}

export class CodeList {
  constructor(pane, on) {
    this.pane = pane;
    this.on = on;
    this.isOpen = false;
    this.active = 0;
    this.options = [];
    this.heading = element("div", { class: "pane-list-heading" });
    this.input = element("input", {
      class: "pane-find",
      type: "text",
      role: "combobox",
      "aria-label": "Find or make a code",
      "aria-expanded": "true",
      "aria-controls": "pane-list-options",
      "aria-autocomplete": "list",
      placeholder: "Find or make a code",
      autocomplete: "off",
      spellcheck: "false",
      maxlength: "300",
      oninput: () => {
        this.active = 0;
        this.draw();
      },
    });
    this.places = element("div", { class: "pane-lost", role: "group", "aria-label": "Passages that lost their place" });
    this.memo = button({ class: "pane-button pane-small pane-list-memo", "aria-keyshortcuts": "M", onclick: () => on.memo() }, "Write a memo ", keycap("M"));
    this.box = element("div", { class: "pane-options", id: "pane-list-options", role: "listbox", "aria-label": "Codes" });
    this.root = element(
      "div",
      { class: "pane-list", role: "dialog", "aria-label": "Code the selected words", hidden: true },
      this.heading,
      element("div", { class: "pane-find-row" }, this.input, keycap("Space")),
      this.places,
      this.box,
      this.memo,
    );
    // A click in the list must not take the focus, and with it the keys, from the text.
    this.root.addEventListener("pointerdown", (event) => {
      if (event.target !== this.input) event.preventDefault();
    });
  }

  // `instead` is the suggestion another code is sought for, `recoding` the coded segment.
  open(passage, words, { instead = null, recoding = null } = {}) {
    const again = this.isOpen && this.instead === instead && this.recoding === recoding;
    this.passage = passage;
    this.instead = instead;
    this.recoding = recoding;
    this.makesFirst = false;
    this.words = words;
    this.isOpen = true;
    this.root.hidden = false;
    const { mayCode, mayWriteMemos } = this.pane;
    this.root.setAttribute("aria-label", mayCode ? "Code the selected words" : "The selected words");
    this.input.parentElement.hidden = this.box.hidden = !mayCode;
    this.memo.hidden = !mayWriteMemos || Boolean(instead || recoding);
    if (!again) this.reset();
    this.draw();
    this.stand();
  }

  reset() {
    this.input.value = "";
    this.active = 0;
    this.makesFirst = false;
    this.fromTop = true;
    this.drawSoon();
  }

  // After the words themselves were painted, which must not wait for a list of codes.
  drawSoon() {
    this.isStale = true;
    this.soon ??= requestAnimationFrame(() => {
      this.soon = null;
      setTimeout(() => {
        if (this.isOpen && this.isStale && this.draw()) this.stand();
      }, 0);
    });
  }

  // The words themselves as a code's name, to be kept or changed.
  offerWords() {
    this.input.value = asName(this.words);
    this.makesFirst = true;
    this.active = 0;
    this.draw();
    this.input.focus();
    this.input.select();
  }

  close() {
    this.isOpen = false;
    this.root.hidden = true;
    this.instead = this.recoding = null;
    this.keepsTyping = false;
    this.input.value = "";
  }

  stand() {
    if (this.isOpen) standBeside(this.root, this.pane, this.passage);
  }

  // Whether anything is drawn otherwise than it was: each answer of the study asks.
  draw() {
    const { view, theme } = this.pane;
    this.isStale = false;
    const typed = this.input.value;
    const lead = this.instead || this.recoding ? "Which code instead, for " : "";
    this.heading.replaceChildren(lead, element("q", {}, shortened(this.words, 70)));
    this.places.replaceChildren(...this.lostHere(view));
    if (!this.pane.mayCode) {
      this.options = [];
      return true;
    }
    const groups = this.groups(view, typed);
    this.options = groups.flatMap((group) => group.options);
    this.active = Math.max(0, Math.min(this.active, this.options.length - 1));
    const here = new Set(
      view
        .touching(this.passage)
        .spans.filter((s) => s.isMine && s.start === this.passage.start && s.end === this.passage.end)
        .map((s) => s.codeId),
    );
    const kind = [theme, typed.trim(), Boolean(this.instead || this.recoding), view.lost.size];
    const looks = JSON.stringify([kind, groups, Array.from(here)]);
    if (looks === this.looks) {
      this.goToActive();
      return false;
    }
    this.looks = looks;
    let index = 0;
    const drawn = groups.map(({ title, options, more }) => {
      const rows = options.map((option) => this.drawOption(option, index++, here, theme));
      const tail = more ? element("div", { class: "pane-more" }, `${counted(more, "more code")}: type to find one`) : null;
      const heading = title ? element("div", { class: "pane-group", role: "presentation" }, title) : null;
      return element("div", { role: "group", "aria-label": title || "Codes" }, heading, ...rows, tail);
    });
    if (!view.codes.size && !typed.trim()) {
      drawn.push(element("p", { class: "pane-empty" }, "No codes yet. Type a name to make the first one."));
    }
    this.box.replaceChildren(...drawn);
    this.goToActive();
    return true;
  }

  // To scroll is to lay the whole page out, so it waits until the list is drawn.
  goToActive() {
    if (this.fromTop) this.box.scrollTop = 0;
    this.fromTop = false;
    this.showActive();
  }

  // What lost its place in a correction can be put on the words chosen now.
  lostHere(view) {
    if (!this.pane.mayCode || this.instead || this.recoding) return [];
    return Array.from(view.lost.values(), (one) =>
      button(
        { class: "pane-button pane-small", title: `It stood on: ${one.quotation}`, onclick: () => this.pane.coding.placeLost(one) },
        element("span", {}, "Put ", element("bdi", {}, shortened(one.name, 32)), " here: it stood on ", element("q", {}, shortened(one.quotation, 60))),
      ),
    );
  }

  groups(view, typed) {
    const codes = Array.from(view.codes.values());
    if (!typed.trim()) {
      const suggested = this.instead || this.recoding ? [] : this.suggested(view);
      const recent = this.pane.coding.recent
        .map((id) => view.codes.get(id))
        .filter(Boolean)
        .slice(0, MOST_RECENT);
      const all = codes.slice(0, MOST_SHOWN).map((code) => ({ code, depth: code.depth }));
      const groups = [];
      if (suggested.length) groups.push({ title: "Suggested for these words", options: suggested });
      if (recent.length && codes.length > MOST_RECENT) {
        groups.push({ title: "Used just now", options: recent.map((code) => ({ code })) });
      }
      groups.push({
        title: groups.length ? "All codes" : "",
        options: all,
        more: Math.max(0, codes.length - MOST_SHOWN),
      });
      return groups;
    }
    const found = ranked(codes, typed, this.pane.coding.recent);
    const name = typed.trim();
    const make = view.codeNamed(name) || this.recoding ? [] : [{ make: name }];
    const options = found.slice(0, MOST_SHOWN).map((code) => ({ code }));
    return [
      {
        title: "",
        options: this.makesFirst ? [...make, ...options] : [...options, ...make],
        more: Math.max(0, found.length - MOST_SHOWN),
      },
    ];
  }

  suggested(view) {
    const found = new Map();
    for (const one of view.touching(this.passage).suggestions) {
      if (!found.has(one.codeId)) found.set(one.codeId, { code: view.code(one.codeId), note: one.reason });
    }
    return Array.from(found.values());
  }

  drawOption(option, index, here, theme) {
    const row = element("div", {
      class: "pane-option",
      role: "option",
      id: `pane-option-${index}`,
      onclick: (event) => this.choose(index, { keepOpen: event.shiftKey }),
      onpointermove: () => {
        if (this.active === index) return;
        this.active = index;
        this.showActive(false);
      },
    });
    if (option.make) {
      row.classList.add("pane-make");
      row.append("Make code ", element("q", {}, shortened(option.make, 80)));
      return row;
    }
    const { code, note, depth } = option;
    const name = element("span", { class: "pane-option-name" }, element("bdi", {}, code.name));
    if (note) name.append(element("span", { class: "pane-option-note" }, note));
    if (depth) row.style.paddingInlineStart = `${8 + Math.min(depth, 6) * 14}px`;
    row.append(swatch(code, theme), name);
    if (!this.instead && !this.recoding) row.append(this.tick(code, here.has(code.id)));
    if (here.has(code.id)) row.classList.add("pane-option-added");
    if (code.key && !this.input.value) row.append(keycap(code.key));
    return row;
  }

  // Ticking codes puts several on the same words and leaves the list as it is.
  tick(code, isHere) {
    const onclick = (event) => {
      event.stopPropagation();
      this.keepsTyping = true;
      this.pane.coding.toggle(code.id);
      this.keepsTyping = false;
      if (this.isOpen) this.drawSoon();
    };
    const title = isHere ? `Take ${code.name} off again` : `Add ${code.name} and go on choosing`;
    return element("span", { class: "pane-tick", title, onclick, "aria-hidden": isHere ? null : "true" }, isHere ? "✓ added" : "+");
  }

  showActive(scrolls = true) {
    for (const row of this.box.querySelectorAll(".pane-option")) {
      const isActive = row.id === `pane-option-${this.active}`;
      row.setAttribute("aria-selected", String(isActive));
      if (isActive && scrolls) row.scrollIntoView({ block: "nearest" });
    }
    if (this.options.length) this.input.setAttribute("aria-activedescendant", `pane-option-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  move(by) {
    if (this.isStale) this.draw();
    if (!this.options.length) return;
    this.active = (this.active + by + this.options.length) % this.options.length;
    this.showActive();
  }

  // With `keepOpen` the list and the typing stay, for the next code on these words.
  choose(index = this.active, { keepOpen = false } = {}) {
    if (this.isStale) this.draw();
    const option = this.options[index];
    if (!option) return;
    this.keepsTyping = keepOpen;
    if (option.make) this.on.make(option.make);
    else this.on.code(option.code.id);
    this.keepsTyping = false;
  }
}
