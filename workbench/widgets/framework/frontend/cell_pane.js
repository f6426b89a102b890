// The cell that is open: its words, what changed, its quotations, what it said before.

import { button, element } from "./elements.js";

const LONG_QUOTATION = 700;
const KEYS = "Ctrl+Enter saves and goes down, Tab saves and goes right, F2 changes between words and quotations, Esc leaves.";

export class CellPane {
  // `acts`: save(how), link(one), unlink(id), accept(id), read(source, at), goCell(place),
  // more(), close(), typed().
  constructor(acts) {
    this.acts = acts;
    this.words = element("textarea", { class: "tm-words", rows: 7, "aria-label": "Summary", onkeydown: (event) => this.onKey(event), oninput: () => acts.typed() });
    this.absent = element("input", { type: "checkbox", id: `tm-absent-${crypto.randomUUID()}`, onchange: () => acts.typed() });
    this.box = element("aside", { class: "tm-pane", hidden: true, onkeydown: (event) => this.onPaneKey(event) });
  }

  get isOpen() {
    return !this.box.hidden;
  }

  close() {
    this.box.hidden = true;
    this.opened = null;
  }

  // Before its content has come: words typed meanwhile are kept.
  wait(rowName, columnName) {
    this.opened = null;
    this.words.value = "";
    this.words.disabled = false;
    this.absent.checked = false;
    this.box.hidden = false;
    this.box.setAttribute("aria-label", `${rowName}, ${columnName}`);
    this.box.replaceChildren(this.heading(rowName, columnName), this.words, element("p", { class: "tm-note" }, "Opening…"));
  }

  heading(rowName, columnName) {
    return element(
      "div",
      { class: "tm-panehead" },
      element("div", {}, element("h2", {}, element("bdi", {}, rowName)), element("p", { class: "tm-theme" }, element("bdi", {}, columnName))),
      button("Close", () => this.acts.close(), { class: "tm-quiet" }),
    );
  }

  // `notice`: words on what was saved, with an undo; `draft`: words that were not.
  show(opened, { mayWrite, draft, notice, typed }) {
    const isSame = this.opened && this.opened.row === opened.row && this.opened.column === opened.column;
    const kept = isSame && this.isChanged() ? { text: this.words.value, absent: this.absent.checked } : null;
    this.opened = opened;
    this.mayWrite = mayWrite;
    const mine = kept ?? draft;
    const focused = this.box.contains(document.activeElement) ? document.activeElement : null;
    const hadFocus = focused === this.words;
    const caret = [this.words.selectionStart, this.words.selectionEnd];
    const scrolled = this.box.scrollTop;
    const text = mine ? mine.text : opened.text + (typed && opened.text ? ` ${typed}` : typed);
    if (this.words.value !== text) this.words.value = text;
    this.absent.checked = mine ? mine.absent : opened.absent;
    this.words.disabled = !mayWrite || Boolean(opened.hidden);
    this.box.replaceChildren(...this.parts(opened, draft, notice).filter(Boolean));
    this.box.scrollTop = isSame ? scrolled : 0;
    if (hadFocus) {
      this.words.focus({ preventScroll: true });
      if (isSame && !typed) this.words.setSelectionRange(...caret);
      else this.words.setSelectionRange(text.length, text.length);
    } else if (focused) this.focusLike(focused);
  }

  // What had the focus was built anew: what stands in its place has it now.
  focusLike(before) {
    const { id } = before.dataset;
    const buttons = [...this.box.querySelectorAll("button, a, summary, input")];
    const same = buttons.find((one) => (id ? one.dataset.id === id : one.textContent === before.textContent));
    (same ?? this.words).focus({ preventScroll: true });
  }

  isChanged() {
    if (!this.opened) return this.words.value !== "";
    return this.words.value.trim() !== this.opened.text.trim() || this.absent.checked !== this.opened.absent;
  }

  parts(opened, draft, notice) {
    const canWrite = this.mayWrite && !opened.hidden;
    return [
      this.heading(opened.row_name, opened.column_name),
      element("p", { class: "tm-note" }, [opened.state, opened.counts].filter(Boolean).join(": ")),
      opened.hidden ? element("p", {}, opened.hidden) : null,
      notice,
      canWrite && draft ? this.unsaved(opened, draft) : null,
      opened.hidden ? null : element("label", { class: "tm-label" }, "Summary", this.words),
      canWrite && !opened.quotations.length ? element("p", { class: "tm-check" }, this.absent, element("label", { for: this.absent.id }, "Not in the interview")) : null,
      canWrite ? button("Save", () => this.acts.save("stay"), { class: "tm-save" }) : null,
      canWrite ? element("p", { class: "tm-note" }, KEYS) : null,
      opened.said ? element("p", { class: "tm-note" }, opened.said) : null,
      opened.text && !opened.linked ? element("p", { class: "tm-note" }, "No quotation is linked to these words.") : null,
      opened.changed.length ? this.changedPart(opened.changed, canWrite) : null,
      this.quotationPart(opened, canWrite),
      opened.earlier.length ? this.earlierPart(opened.earlier, canWrite) : null,
    ];
  }

  unsaved(opened, draft) {
    const isBehind = draft.seen !== opened.version;
    return element(
      "div",
      { class: "tm-caution" },
      element("p", {}, isBehind ? "Someone else wrote here meanwhile. Your words are below, not saved; saving puts them in place of these, which stay among the earlier words:" : "These words are not saved yet."),
      isBehind ? element("blockquote", {}, opened.text || "(nothing)") : null,
      button("Drop mine, keep what is saved", () => this.acts.drop(), { class: "tm-quiet" }),
    );
  }

  changedPart(changed, canWrite) {
    return element(
      "section",
      { class: "tm-changed" },
      element("h3", {}, "Changed since it was linked"),
      ...changed.map((one) =>
        element(
          "div",
          { class: "tm-quotation" },
          element("p", {}, element("span", { "aria-hidden": "true" }, "▲ "), one.warning),
          one.words ? this.quoted(one.words) : null,
          this.place(one),
          canWrite && one.can_accept ? button("Read again: still holds", () => this.acts.accept(one.link)) : null,
          canWrite ? button("Unlink", () => this.acts.unlink(one.link)) : null,
        ),
      ),
    );
  }

  quotationPart(opened, canWrite) {
    const isSummary = opened.row === "" || opened.column === "";
    const linked = opened.quotations.filter((one) => one.link).length;
    const what = isSummary ? "Cells" : "Quotations";
    const total = opened.quotations.length + opened.more;
    return element(
      "section",
      {},
      element("h3", {}, total ? `${what} (${total}, ${linked} linked)` : what),
      total ? null : element("p", { class: "tm-note" }, isSummary ? "No cell is written yet." : "Nothing is coded here. Suggestions count only once a person accepts them."),
      ...opened.quotations.map((one) => this.quotation(one, canWrite)),
      opened.more ? button(`Show more of the other ${opened.more}`, () => this.acts.more()) : null,
    );
  }

  quotation(one, canWrite) {
    return element(
      "div",
      { class: "tm-quotation", "data-linked": one.link ? "" : null },
      this.quoted(one.words),
      element("p", { class: "tm-note" }, element("bdi", {}, [one.said_by, one.code].filter(Boolean).join(", "))),
      this.place(one),
      canWrite
        ? button(one.link ? "✓ Linked" : "Link", () => (one.link ? this.acts.unlink(one.link) : this.acts.link(one.id)), { "aria-pressed": one.link ? "true" : "false", class: "tm-link", "data-id": one.id })
        : null,
    );
  }

  quoted(words) {
    const quote = element("blockquote", {}, words);
    if (words.length <= LONG_QUOTATION) return quote;
    quote.textContent = `${words.slice(0, LONG_QUOTATION)}…`;
    const more = button("more", () => {
      const isShort = quote.textContent.length <= LONG_QUOTATION + 1;
      quote.textContent = isShort ? words : `${words.slice(0, LONG_QUOTATION)}…`;
      more.textContent = isShort ? "less" : "more";
    }, { class: "tm-quiet" });
    return element("div", {}, quote, more);
  }

  place(one) {
    if (one.cell) return button("Open this cell", () => this.acts.goCell(one.cell), { class: "tm-quiet" });
    if (!one.source) return one.reference ? element("p", { class: "tm-note" }, one.reference) : null;
    const address = `code?${new URLSearchParams({ source: one.source, at: one.at })}`;
    return element("a", { class: "tm-place", href: address, onclick: (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.acts.read(one.source, one.at);
    } }, element("bdi", {}, one.reference));
  }

  earlierPart(earlier, canWrite) {
    return element(
      "details",
      {},
      element("summary", {}, `Earlier words (${earlier.length})`),
      ...earlier.map((one) =>
        element(
          "div",
          { class: "tm-quotation" },
          element("blockquote", {}, one.text || "(nothing)"),
          element("p", { class: "tm-note" }, one.said),
          canWrite ? button("Use these words", () => {
            this.words.value = one.text;
            this.words.focus();
            this.acts.typed();
          }) : null,
        ),
      ),
    );
  }

  // --- keys

  onKey(event) {
    const control = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && control) {
      event.preventDefault();
      this.acts.save("down");
    } else if (event.key === "Tab" && !event.shiftKey && !control && !event.altKey) {
      event.preventDefault();
      this.acts.save("right");
    }
    event.stopPropagation();
    this.onPaneKey(event);
  }

  onPaneKey(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      this.acts.close();
    } else if (event.key === "F2") {
      event.preventDefault();
      const first = this.box.querySelector(".tm-link");
      if (document.activeElement === this.words && first) first.focus();
      else this.words.focus();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target.matches?.(".tm-link")) {
      event.preventDefault();
      const links = [...this.box.querySelectorAll(".tm-link")];
      const at = links.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1);
      links[Math.max(0, Math.min(links.length - 1, at))].focus();
    }
  }
}
