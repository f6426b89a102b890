// The transcript pane as Streamlit mounts it. Streamlit calls the default export on
// mounting and again for every change of data or theme, without cleaning up between, so
// one pane is kept for each place on the page and given what arrived.

import { CodeList, PassageCard } from "./code_list.js";
import { button, counted, element, keycap, shortened } from "./elements.js";
import { answerKey, Help } from "./keys.js";
import { newId, outbox } from "./outbox.js";
import { Painting, passagesCoded } from "./painting.js";
import { CodesPanel, SuggestionCard } from "./panel.js";
import { SourceText } from "./positions.js";
import { clearHighlights, Reading } from "./reading.js";
import { StudyView } from "./study_view.js";

const PANES = new WeakMap();
// Texts, undo steps and recent codes outlive a pane: people go to another page and back.
const TEXTS = new Map();
const DONE = new Map();
const RECENT = [];
const LEAST_HEIGHT = 480;
const BELOW = 16;
// The pane's own width decides, not the window's: Streamlit's sidebar takes its share.
const NARROW = 960;
const SLIM = 700;

class Pane {
  constructor(host) {
    this.view = new StudyView();
    this.recent = RECENT;
    this.theme = "light";
    this.current = null;
    this.decided = 0;
    this.coder = "";
    this.mayCode = false;
    this.build();
    host.replaceChildren(this.root);
    this.onKey = (event) => answerKey(this, event);
    this.onResize = () => this.fit();
    // Capturing on the window comes before Streamlit's own listeners on the document.
    window.addEventListener("keydown", this.onKey, true);
    window.addEventListener("resize", this.onResize);
    this.fitting = new ResizeObserver(this.onResize);
    this.fitting.observe(host.parentElement ?? host);
  }

  build() {
    this.title = element("h2", { class: "wb-title" });
    this.subtitle = element("p", { class: "wb-subtitle" });
    this.progress = element("p", { class: "wb-progress" });
    this.saved = element("p", { class: "wb-saved" });
    this.drawer = button({ class: "wb-button wb-only-narrow", "aria-expanded": "false", onclick: () => this.toggleDrawer() }, "Codes");
    this.body = element("div", { class: "wb-body" });
    this.scroller = element("div", { class: "wb-read", tabindex: "0", role: "region", "aria-label": "Transcript. Press ? for its keys." }, this.body);
    this.status = element("p", { class: "wb-status", role: "status" });
    this.undoButton = button({ class: "wb-button wb-small", "aria-keyshortcuts": "Z", onclick: () => this.undo() }, "Undo ", keycap("Z"));
    const keys = button({ class: "wb-button wb-small", "aria-keyshortcuts": "?", onclick: () => this.help.toggle() }, "Keys ", keycap("?"));
    this.help = new Help(() => this.scroller.focus({ preventScroll: true }));
    this.painting = new Painting(this.body, this.scroller, { choose: (item) => this.chooseItem(item) });
    this.reading = new Reading(this.painting, this.scroller);
    this.list = new CodeList(this, { code: (id) => this.code(id), make: (name) => this.make(name) });
    this.passage = new PassageCard(this, {
      remove: (span) => this.remove(span),
      addTo: (span) => this.chooseWords(span),
      close: () => this.escape(),
    });
    this.codes = new CodesPanel(this, {
      code: (id) => this.codeOrFind(id),
      look: (id) => this.painting.fadeAllBut(id, this.view),
      close: () => this.toggleDrawer(false),
    });
    this.card = new SuggestionCard(this, {
      decide: (how) => this.decide(how),
      step: (by) => this.stepSuggestion(by),
      other: () => this.other(),
    });
    const top = element(
      "header",
      { class: "wb-top" },
      element("div", { class: "wb-titles" }, this.title, element("div", { class: "wb-facts" }, this.subtitle, this.progress, this.saved)),
      this.drawer,
    );
    const bottom = element("footer", { class: "wb-bottom" }, this.status, this.undoButton, keys);
    this.root = element("div", { class: "wb-pane" });
    this.root.append(top, this.scroller, this.codes.root, this.card.root, bottom, this.list.root, this.passage.root, this.help.root);
    this.listenToMouse();
  }

  listenToMouse() {
    this.scroller.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.dragging = true;
      this.list.close();
      this.passage.close();
    });
    this.onPointerUp = (event) => {
      if (!this.dragging) return;
      this.dragging = false;
      // The browser settles a click's selection only after this event.
      setTimeout(() => this.mouseChose(event.target), 0);
    };
    window.addEventListener("pointerup", this.onPointerUp);
    window.addEventListener("pointercancel", this.onPointerUp);
    this.scroller.addEventListener("scroll", () => this.list.stand(), { passive: true });
    this.body.addEventListener("pointerover", ({ target }) => this.lightStripes(target.closest?.("mark")));
  }

  // --- what arrives

  receive({ data, setStateValue }) {
    this.setState = setStateValue;
    this.data = data;
    this.coder = data.coder;
    this.mayCode = data.may_code;
    if (data.text) TEXTS.set(data.text_hash, new SourceText(data.text));
    const source = TEXTS.get(data.text_hash);
    const isNewSource = this.shown !== data.source + data.text_hash;
    if (isNewSource) this.view = new StudyView();
    const turnedDown = outbox.answer(data.answers);
    if (!source || !this.view.receive(data)) {
      // A reload or a new server: what we were taken to hold, we do not.
      this.transmit(outbox.ready());
      return;
    }
    if (isNewSource) this.openSource(source, data);
    this.title.textContent = data.title;
    this.subtitle.textContent = data.subtitle;
    this.theme = themeOf(this.root);
    this.root.dataset.theme = this.theme;
    this.root.dataset.mayCode = String(this.mayCode);
    this.outcomeOf(turnedDown);
    this.paint();
    this.fit();
    // The text came along because the server does not know that it is held by now.
    if (data.text && this.told !== data.text_hash) {
      this.told = data.text_hash;
      this.transmit(outbox.ready());
    }
  }

  openSource(source, data) {
    this.shown = data.source + data.text_hash;
    this.sourceId = data.source;
    this.current = null;
    this.decided = 0;
    this.list.close();
    this.passage.close();
    this.painting.showText(source);
    this.reading.forget();
    this.scroller.scrollTop = 0;
    outbox.attach(this);
  }

  outcomeOf(turnedDown) {
    for (const [operation, words] of turnedDown) {
      DONE.set(operation.source, this.doneIn(operation.source).filter((step) => step.operation !== operation.id));
      this.say(`Not saved. ${words}`, true);
    }
  }

  // All that waits, with what this browser holds, so that only differences come back.
  transmit(operations) {
    const held = TEXTS.has(this.data.text_hash) ? this.data.text_hash : "";
    this.setState?.("outbox", { held_text: held, held_version: this.view.version, operations });
  }

  // --- drawing

  paint() {
    if (!this.view.server) return;
    // A drag in progress stands on the very nodes that painting would replace.
    if (this.dragging) {
      this.paintLater = true;
      return;
    }
    const mine = outbox.waiting.filter((one) => one.source === this.sourceId && one.coder === this.coder);
    this.view.play(mine);
    if (this.current && !this.view.suggestions.has(this.current)) this.current = null;
    this.painting.paint(this.view, this.current, this.theme);
    this.reading.show(this.view.suggestions.get(this.current)?.cues ?? []);
    this.codes.draw();
    this.card.draw();
    if (this.list.isOpen) this.list.draw();
    const left = this.view.suggestions.size;
    this.progress.textContent = passagesCoded(this.view) + (left ? `, ${counted(left, "suggestion")} to look at` : "");
    this.undoButton.disabled = !this.mayCode || !this.doneIn(this.sourceId).length;
    this.showSaving();
  }

  showSaving() {
    const waiting = outbox.waiting.length;
    const late = outbox.isLate || (waiting > 0 && outbox.fault);
    const time = outbox.savedAt?.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    let words = time ? `All work saved ${time}` : "All work saved";
    if (late) words = `Not saved yet: trying again (${counted(waiting, "change")} kept on this page)`;
    else if (waiting) words = "Saving…";
    if (late && outbox.fault) words = `Not saved yet: ${outbox.fault}. Trying again; your work is kept on this page`;
    this.saved.hidden = !this.mayCode && !waiting;
    if (this.saved.textContent === words) return;
    this.saved.textContent = words;
    this.saved.classList.toggle("wb-late", Boolean(late));
    if (late && !this.wasLate) this.say("Not saved yet: trying again. Keep this page open.", true);
    if (!waiting && this.wasLate) this.say("All work is saved again.");
    this.wasLate = Boolean(late);
  }

  say(words, isTrouble = false) {
    this.status.textContent = words;
    this.status.classList.toggle("wb-trouble", isTrouble);
  }

  // The pane fills the window below where it stands. With less width the codes become a
  // drawer, with less still the stripes lose their names.
  fit() {
    const { width } = this.root.getBoundingClientRect();
    this.root.classList.toggle("wb-narrow", width < NARROW);
    this.root.classList.toggle("wb-slim", width < SLIM);
    const page = this.root.closest("[data-testid=stMain]");
    const top = this.root.getBoundingClientRect().top + (page?.scrollTop ?? window.scrollY);
    this.root.style.height = `${Math.max(LEAST_HEIGHT, window.innerHeight - top - BELOW)}px`;
    this.list.stand();
  }

  toggleDrawer(open = !this.root.classList.contains("wb-drawer-open")) {
    this.root.classList.toggle("wb-drawer-open", open);
    this.drawer.setAttribute("aria-expanded", String(open));
    if (!open) this.scroller.focus({ preventScroll: true });
  }

  lightStripes(mark) {
    if (mark === this.lit) return;
    this.lit = mark;
    for (const lit of this.body.querySelectorAll(".wb-named")) lit.classList.remove("wb-named");
    for (const id of mark?.dataset.items.split(" ") ?? []) {
      for (const part of this.body.querySelectorAll(`[data-item="${CSS.escape(id)}"]`)) part.classList.add("wb-named");
    }
  }

  // --- choosing words

  mouseChose(target) {
    const passage = this.body.contains(target) || document.getSelection()?.rangeCount ? this.reading.fromMouse() : null;
    if (this.paintLater) {
      this.paintLater = false;
      this.paint();
    }
    if (passage && passage.start < passage.end) this.offerCodes();
    else if (target.closest?.("mark") && passage) this.inspect(passage.start, false);
    else this.codes.draw();
  }

  offerCodes(instead = null) {
    this.passage.close();
    const passage = instead ?? this.reading.selection;
    if (!passage) return;
    if (this.mayCode) this.list.open(passage, this.painting.source.words(passage), instead);
    this.codes.draw();
  }

  chooseWords(span) {
    this.scroller.focus({ preventScroll: true });
    this.reading.select({ start: span.start, end: span.end });
    this.offerCodes();
    this.list.input.focus();
  }

  moveCursor(unit, by, extend) {
    if (this.list.isOpen && unit === "line" && !extend) {
      this.list.move(by);
      return;
    }
    this.passage.close();
    this.reading.move(unit, by, extend);
    if (this.reading.selection) this.offerCodes();
    else {
      this.list.close();
      this.codes.draw();
    }
  }

  widen(unit) {
    if (this.reading.widen(unit)) {
      this.reading.scrollTo(this.reading.selection);
      this.offerCodes();
    }
  }

  chooseItem(item) {
    if (item.isSuggestion) this.goTo(item.id);
    else {
      this.painting.reveal(item, this.scroller);
      this.inspect(Math.max(item.start, 0), false, [item]);
    }
  }

  // What stands at a place: a suggestion becomes the current one, codings are listed.
  inspect(position, takesFocus, items = null) {
    const found = this.view.touching({ start: position, end: position + 1 });
    const before = found.spans.length + found.suggestions.length ? found : this.view.touching({ start: position - 1, end: position });
    if (!items && before.suggestions.length) this.goTo(before.suggestions[0].id);
    const spans = items ?? before.spans;
    if (spans.length) this.passage.open(spans, takesFocus);
    return spans.length + before.suggestions.length > 0;
  }

  find() {
    if (!this.mayCode) return;
    if (!this.list.isOpen && this.reading.selection) this.offerCodes();
    if (this.list.isOpen) this.list.input.focus();
    else {
      if (getComputedStyle(this.drawer).display !== "none") this.toggleDrawer(true);
      this.codes.input.focus();
    }
  }

  enter() {
    if (this.list.isOpen) this.list.choose();
    else if (this.reading.selection) this.offerCodes();
    else {
      const here = this.reading.here();
      if (!here || !this.inspect(here.start, true)) this.say("No code on this word. Select words with Shift and the arrow keys.");
    }
  }

  // One step back each time: list or card, drawer, selection, suggestion.
  escape() {
    if (this.help.isOpen) this.help.toggle();
    else if (this.passage.isOpen || this.list.isOpen) {
      this.passage.close();
      this.list.close();
    } else if (this.root.classList.contains("wb-drawer-open")) this.toggleDrawer(false);
    else if (this.reading.selection) this.reading.clear();
    else if (this.current) this.setCurrent(null);
    this.scroller.focus({ preventScroll: true });
    this.reading.show();
    this.codes.draw();
  }

  // Keys typed into one of the two fields; true where the pane took the key.
  answerInField(field, { key }) {
    const inList = field === this.list.input;
    if (key === "Escape") {
      field.value = "";
      this.escape();
    } else if (key === "Enter") {
      if (inList) this.list.choose();
      else this.enterInPanel();
    } else if (inList && (key === "ArrowDown" || key === "ArrowUp")) this.list.move(key === "ArrowDown" ? 1 : -1);
    else if (!inList && key === "ArrowDown") this.codes.codes.querySelector("button")?.focus();
    else return false;
    return true;
  }

  enterInPanel() {
    const typed = this.codes.input.value.trim();
    const { best } = this.codes;
    if (!typed) return;
    if (!this.reading.selection && best) this.codeOrFind(best.id);
    else if (!this.reading.selection) this.say("Select some words first: a code is made on the words it names.", true);
    else if (best) this.code(best.id);
    else this.make(typed);
    this.codes.input.value = "";
    this.codes.draw();
  }

  answerOnButton(held, { key }) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (!by || !held.classList.contains("wb-code")) return false;
    this.codes.walk(held, by);
    return true;
  }

  // --- coding

  doneIn(source) {
    return DONE.get(source) ?? [];
  }

  // `step` tells how to undo it; one without is not undone.
  perform(kind, fields, local, step) {
    const operation = outbox.add(this.sourceId, this.coder, kind, fields, local);
    if (step) DONE.set(this.sourceId, [...this.doneIn(this.sourceId), { ...step, operation: operation.id }]);
    this.paint();
    return operation;
  }

  codeByKey(key) {
    const code = this.view.codeWithKey(key);
    if (!code) this.say(`No code has the key ${key}.`);
    else this.code(code.id);
  }

  code(codeId) {
    if (!this.mayCode) return;
    if (this.list.instead) {
      this.decideInstead(this.list.instead, codeId);
      return;
    }
    const passage = this.reading.selection;
    const { name } = this.view.code(codeId);
    if (!passage) {
      this.say(`Select some words first, then choose ${shortened(name)}.`, true);
      return;
    }
    const same = (one) => one.start === passage.start && one.end === passage.end && one.codeId === codeId;
    const { spans, suggestions } = this.view.touching(passage);
    if (spans.some((span) => span.isMine && same(span))) {
      this.say(`These words already carry ${shortened(name)}.`);
    } else {
      const suggestion = suggestions.find(same);
      if (suggestion) this.accept(suggestion);
      else this.add(passage, codeId);
    }
    this.afterCoding(codeId);
  }

  add({ start, end }, codeId) {
    const segmentId = newId();
    this.perform("code", { segment_id: segmentId, start, end, code_id: codeId }, {}, { undo: "uncode", segmentId, codeId });
    this.sayAdded(codeId);
  }

  make(name) {
    if (!this.mayCode) return;
    const codeId = newId();
    this.perform("make_code", { code_id: codeId, name }, {});
    this.code(codeId);
    this.say(`Code “${shortened(name)}” made and added.`);
  }

  // The words stay chosen: a second code is one more key.
  afterCoding(codeId) {
    const at = RECENT.indexOf(codeId);
    if (at >= 0) RECENT.splice(at, 1);
    RECENT.unshift(codeId);
    RECENT.length = Math.min(RECENT.length, 12);
    this.scroller.focus({ preventScroll: true });
    this.reading.show();
    if (this.list.isOpen) {
      this.list.reset();
      this.list.stand();
    }
  }

  sayAdded(codeId) {
    const { name, count } = this.view.code(codeId);
    this.say(`${shortened(name)} added, ${counted(count, "passage")}.`);
  }

  // A press on a code: on the chosen words, or else on to the next passage that has it.
  codeOrFind(codeId) {
    if (this.reading.selection || this.list.instead) {
      this.code(codeId);
      return;
    }
    const { name } = this.view.code(codeId);
    const having = Array.from(this.view.spans.values()).filter((span) => span.codeId === codeId);
    having.sort((a, b) => a.start - b.start);
    if (!having.length) {
      this.say(`Nothing in this transcript carries ${shortened(name)} yet. Select words to add it.`);
      return;
    }
    const last = this.foundSpan?.codeId === codeId ? this.foundSpan.start : -1;
    const next = having.find((span) => span.start > last) ?? having[0];
    this.foundSpan = next;
    this.painting.reveal(next, this.scroller);
    this.say(`${shortened(name)}: passage ${having.indexOf(next) + 1} of ${having.length} in this transcript.`);
  }

  remove(span) {
    this.uncode(span.id, { undo: "code", start: span.start, end: span.end, codeId: span.codeId });
    this.passage.close();
    this.scroller.focus({ preventScroll: true });
    this.say(`${shortened(this.view.code(span.codeId).name)} removed.`);
  }

  uncode(segmentId, step) {
    this.perform("uncode", { segment_id: segmentId }, {}, step);
  }

  // --- suggestions

  setCurrent(id) {
    this.current = id;
    this.paint();
  }

  goTo(id) {
    const suggestion = this.view.suggestions.get(id);
    if (!suggestion) return;
    this.list.close();
    this.passage.close();
    this.reading.forget();
    this.setCurrent(id);
    this.painting.reveal(suggestion, this.scroller);
  }

  stepSuggestion(by) {
    const waiting = this.view.inOrder;
    if (!waiting.length) {
      this.say("No suggestions to look at.");
      return;
    }
    const at = waiting.findIndex((one) => one.id === this.current);
    const next = at < 0 ? this.nearest(waiting, by) : Math.max(0, Math.min(waiting.length - 1, at + by));
    this.goTo(waiting[next].id);
    this.saySuggestion(next);
  }

  // From where the reader is, not from the start of a transcript half read.
  nearest(waiting, by) {
    const top = this.scroller.getBoundingClientRect().top;
    const shown = this.painting.turns.findIndex(({ box }) => box.getBoundingClientRect().bottom > top + 24);
    const from = this.painting.source.turns[Math.max(0, shown)].start;
    const after = waiting.findIndex((one) => one.start >= from);
    if (by > 0) return after < 0 ? 0 : after;
    return after < 0 ? waiting.length - 1 : Math.max(0, after - 1);
  }

  saySuggestion(index) {
    const one = this.view.inOrder[index];
    const { name } = this.view.code(one.codeId);
    this.say(`Suggestion ${index + 1} of ${this.view.inOrder.length}: ${shortened(name)}. ${one.reason}`);
  }

  decide(how) {
    if (!this.mayCode) return;
    const suggestion = this.view.suggestions.get(this.current);
    if (!suggestion) {
      this.say(this.view.inOrder.length ? "Press J for the next suggestion first." : "No suggestions to look at.");
      return;
    }
    this.moveOnFrom(suggestion);
    const { name } = this.view.code(suggestion.codeId);
    if (how === "accept") {
      this.accept(suggestion);
      this.sayAdded(suggestion.codeId);
    } else {
      this.perform("reject", { suggestion_id: suggestion.id }, {}, { undo: "reopen", suggestion });
      this.say(`Rejected: ${shortened(name)}.`);
    }
    this.afterDeciding();
  }

  accept(suggestion) {
    const segmentId = newId();
    const fields = { suggestion_id: suggestion.id, segment_id: segmentId };
    this.perform("accept", fields, {}, { undo: "reopen", suggestion, segmentId });
    this.sayAdded(suggestion.codeId);
  }

  other() {
    const suggestion = this.view.suggestions.get(this.current);
    if (!this.mayCode || !suggestion) return;
    this.painting.reveal(suggestion, this.scroller);
    this.offerCodes(suggestion);
    this.list.input.focus();
  }

  decideInstead(suggestion, codeId) {
    this.list.close();
    this.moveOnFrom(suggestion);
    const segmentId = newId();
    const fields = { suggestion_id: suggestion.id, segment_id: segmentId, code_id: codeId };
    this.perform("instead", fields, {}, { undo: "reopen", suggestion, segmentId });
    this.sayAdded(codeId);
    this.afterCoding(codeId);
    this.afterDeciding();
  }

  // The next one is current before this one goes, so that keys can follow each other.
  moveOnFrom(suggestion) {
    const waiting = this.view.inOrder;
    const at = waiting.findIndex((one) => one.id === suggestion.id);
    this.current = (waiting[at + 1] ?? waiting[at - 1])?.id ?? null;
    this.decided += 1;
  }

  afterDeciding() {
    const next = this.view.suggestions.get(this.current);
    if (next) this.painting.reveal(next, this.scroller);
  }

  // --- undoing

  undo() {
    const steps = this.doneIn(this.sourceId);
    const step = steps.at(-1);
    if (!this.mayCode) return;
    if (!step) {
      this.say("Nothing to undo.");
      return;
    }
    DONE.set(this.sourceId, steps.slice(0, -1));
    if (step.undo === "uncode") {
      this.uncode(step.segmentId, null);
      this.say(`Undone: ${shortened(this.view.code(step.codeId).name)} taken off again.`);
    } else if (step.undo === "code") {
      const { start, end, codeId } = step;
      this.perform("code", { segment_id: newId(), start, end, code_id: codeId }, {}, null);
      this.say(`Undone: ${shortened(this.view.code(codeId).name)} is back.`);
    } else {
      const { suggestion, segmentId } = step;
      this.current = suggestion.id;
      this.perform("reopen", { suggestion_id: suggestion.id }, { suggestion, segmentId }, null);
      this.painting.reveal(suggestion, this.scroller);
      this.say(`Undone: the suggestion ${shortened(this.view.code(suggestion.codeId).name)} waits again.`);
    }
  }

  leave() {
    outbox.detach(this);
    this.painting.stop();
    this.fitting.disconnect();
    clearHighlights();
    window.removeEventListener("keydown", this.onKey, true);
    window.removeEventListener("resize", this.onResize);
    window.removeEventListener("pointerup", this.onPointerUp);
    window.removeEventListener("pointercancel", this.onPointerUp);
  }
}

// Light or dark by how bright the page is: themes can be renamed, paper cannot.
function themeOf(root) {
  const probe = element("span", { hidden: true });
  probe.style.color = "var(--st-background-color)";
  root.append(probe);
  const [red, green, blue] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number);
  probe.remove();
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128 ? "dark" : "light";
}

export default function mount(component) {
  const host = component.parentElement.querySelector(".wb-transcript");
  if (!host) return undefined;
  let pane = PANES.get(host);
  if (!pane) {
    pane = new Pane(host);
    PANES.set(host, pane);
  }
  pane.receive(component);
  return () => {
    pane.leave();
    PANES.delete(host);
  };
}
