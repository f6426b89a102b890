// The list that opens beside chosen words: suggested codes first, then recent, then all;
// typing narrows it, and a name nobody has used yet offers to make that code.

import { button, counted, element, keycap, shortened, swatch } from "../page/elements.js";

const MOST_SHOWN = 80;
const MOST_RECENT = 5;

// How well a name answers what was typed, lower being better; null where it does not.
export function rank(name, typed) {
  const [whole, wanted] = [name.toLocaleLowerCase(), typed.trim().toLocaleLowerCase()];
  if (whole === wanted) return 0;
  if (whole.startsWith(wanted)) return 1;
  const words = whole.split(/[\s/(-]+/);
  if (words.some((word) => word.startsWith(wanted))) return 2;
  if (whole.includes(wanted)) return 3;
  if (words.map((word) => word[0] ?? "").join("").startsWith(wanted)) return 4;
  let at = -1;
  let spread = 0;
  for (const letter of wanted) {
    const next = whole.indexOf(letter, at + 1);
    if (next < 0) return null;
    if (at >= 0) spread += next - at - 1;
    at = next;
  }
  return 5 + spread;
}

export function ranked(codes, typed) {
  if (!typed.trim()) return codes;
  return codes
    .map((code, order) => ({ code, order, rank: rank(code.name, typed) }))
    .filter((one) => one.rank !== null)
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .map((one) => one.code);
}

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
    this.box = element("div", { class: "pane-options", id: "pane-list-options", role: "listbox", "aria-label": "Codes" });
    this.root = element(
      "div",
      { class: "pane-list", role: "dialog", "aria-label": "Code the selected words", hidden: true },
      this.heading,
      element("div", { class: "pane-find-row" }, this.input, keycap("Space")),
      this.box,
    );
    // A click in the list must not take the focus, and with it the keys, from the text.
    this.root.addEventListener("pointerdown", (event) => {
      if (event.target !== this.input) event.preventDefault();
    });
  }

  // `instead` is the suggestion another code is sought for.
  open(passage, words, instead = null) {
    const again = this.isOpen && this.instead === instead;
    this.passage = passage;
    this.instead = instead;
    this.words = words;
    this.isOpen = true;
    this.root.hidden = false;
    if (!again) this.reset();
    else this.draw();
    this.stand();
  }

  reset() {
    this.input.value = "";
    this.active = 0;
    this.draw();
    this.box.scrollTop = 0;
  }

  close() {
    this.isOpen = false;
    this.root.hidden = true;
    this.instead = null;
    this.input.value = "";
  }

  stand() {
    if (this.isOpen) standBeside(this.root, this.pane, this.passage);
  }

  draw() {
    const { view, theme } = this.pane;
    const typed = this.input.value;
    const lead = this.instead ? "Which code instead, for " : "";
    this.heading.replaceChildren(lead, element("q", {}, shortened(this.words, 70)));
    const groups = this.groups(view, typed);
    this.options = groups.flatMap((group) => group.options);
    this.active = Math.max(0, Math.min(this.active, this.options.length - 1));
    const here = new Set(
      view
        .touching(this.passage)
        .spans.filter((s) => s.isMine && s.start === this.passage.start && s.end === this.passage.end)
        .map((s) => s.codeId),
    );
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
    this.showActive();
  }

  groups(view, typed) {
    const codes = Array.from(view.codes.values());
    if (!typed.trim()) {
      const suggested = this.instead ? [] : this.suggested(view);
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
    const found = ranked(codes, typed);
    const name = typed.trim();
    const make = view.codeNamed(name) ? [] : [{ make: name }];
    return [
      {
        title: "",
        options: [...found.slice(0, MOST_SHOWN).map((code) => ({ code })), ...make],
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
      onclick: () => this.choose(index),
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
    row.append(swatch(code[theme][0]), name);
    if (here.has(code.id)) row.append(element("span", { class: "pane-option-here" }, "added"));
    if (code.key && !this.input.value) row.append(keycap(code.key));
    return row;
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
    if (!this.options.length) return;
    this.active = (this.active + by + this.options.length) % this.options.length;
    this.showActive();
  }

  choose(index = this.active) {
    const option = this.options[index];
    if (!option) return;
    if (option.make) this.on.make(option.make);
    else this.on.code(option.code.id);
  }
}

// What is coded at a place in the text, by whom, with a way to take one's own away.
export class PassageCard {
  constructor(pane, on) {
    this.pane = pane;
    this.on = on;
    this.isOpen = false;
    this.root = element("div", { class: "pane-passage", role: "dialog", "aria-label": "Codes on this passage", hidden: true });
  }

  open(spans, takesFocus) {
    const { view, theme, mayCode } = this.pane;
    this.isOpen = true;
    this.root.hidden = false;
    const rows = spans.map((span) => {
      const code = view.code(span.codeId);
      const by = span.isMine ? "you" : span.coder || "another coder";
      const remove = button({ class: "pane-button", onclick: () => this.on.remove(span), "aria-label": `Remove ${code.name}` }, "Remove");
      const name = element("span", { class: "pane-option-name" }, element("bdi", {}, code.name));
      name.append(element("span", { class: "pane-option-note" }, `coded by ${by}`));
      return element("li", {}, swatch(code[theme][0]), name, span.isMine && mayCode ? remove : null);
    });
    const add = button({ class: "pane-button", onclick: () => this.on.addTo(spans[0]) }, "Add a code to these words");
    const close = button({ class: "pane-close", "aria-label": "Close", onclick: () => this.on.close() }, "×");
    this.root.replaceChildren(
      element("div", { class: "pane-list-heading" }, "Codes on this passage", close),
      element("ul", {}, ...rows),
      mayCode ? add : "",
    );
    standBeside(this.root, this.pane, spans[0]);
    if (takesFocus) this.root.querySelector("button.pane-button, button")?.focus();
  }

  close() {
    this.isOpen = false;
    this.root.hidden = true;
  }
}
