// The pane itself: its parts, what arrives from the study, and what is drawn. How words are
// chosen is in choosing.js; what a person does with them, in coding.js and judging.js.

import { Arrival } from "./arrival.js";
import { Choosing } from "../text/choosing.js";
import { CodeList } from "../codes/code_list.js";
import { Filtering } from "../codes/filtering.js";
import { PassageCard } from "../codes/passage_card.js";
import { Coding } from "../work/coding.js";
import { Edges } from "../text/edges.js";
import { FindBar } from "./find_bar.js";
import { MemoCard } from "./memo_card.js";
import { Focus } from "./focus.js";
import { Remembered } from "./remembered.js";
import { Saving } from "./saving.js";
import { TakingBack } from "./taking_back.js";
import { Overview } from "../drawing/overview.js";
import { button, counted, element, keycap, themeOf } from "./elements.js";
import { Judging } from "../work/judging.js";
import { answerKey, Help } from "./keys.js";
import { DeskLine } from "../work/desk_line.js";
import { outbox } from "../work/outbox.js";
import { Painting, passagesCoded } from "../drawing/painting.js";
import { CodesPanel, SuggestionCard } from "../codes/panel.js";
import { SourceText } from "../text/positions.js";
import { clearHighlights, Reading } from "../text/reading.js";
import { StudyView } from "../work/study_view.js";

// Texts outlive a pane: people go to another page and come back.
const TEXTS = new Map();
const LEAST_HEIGHT = 480;
const BELOW = 16;
// The pane's own width decides, not the window's: Streamlit's sidebar takes its share.
const NARROW = 960;
const SLIM = 720;
const REMEMBER_AFTER = 400;
// More codes than this are drawn a moment after the text, which must not wait for them.
const MANY_CODES = 150;

export class Pane {
  constructor(host) {
    this.view = new StudyView();
    this.theme = "light";
    this.current = null;
    this.coder = "";
    this.mayCode = false;
    this.mayWriteMemos = false;
    this.isBlind = false;
    this.coding = new Coding(this);
    this.judging = new Judging(this);
    this.choosing = new Choosing(this);
    this.arrival = new Arrival(this);
    this.filtering = new Filtering(this);
    this.edges = new Edges(this);
    this.find = new FindBar(this);
    this.memo = new MemoCard(this);
    this.overview = new Overview(this);
    this.focus = new Focus(this);
    this.line = new DeskLine(this);
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
    this.title = element("h2", { class: "pane-title" });
    this.subtitle = element("p", { class: "pane-subtitle" });
    this.progress = element("p", { class: "pane-progress" });
    this.saving = new Saving(this);
    this.drawer = button({ class: "pane-button pane-only-narrow", "aria-expanded": "false", onclick: () => this.toggleDrawer() }, "Codes");
    this.body = element("div", { class: "pane-body" });
    this.scroller = element("div", { class: "pane-read", tabindex: "0", role: "region", "aria-label": "Transcript. Press ? for its keys." }, this.body);
    this.status = element("p", { class: "pane-status", role: "status" });
    this.takingBack = new TakingBack(this);
    const finding = button({ class: "pane-button pane-small", "aria-keyshortcuts": "F", onclick: () => this.find.open() }, "Find ", keycap("F"));
    const keys = button({ class: "pane-button pane-small", "aria-keyshortcuts": "?", onclick: () => this.help.toggle() }, "Keys ", keycap("?"));
    this.help = new Help(() => this.scroller.focus({ preventScroll: true }));
    this.painting = new Painting(this.body, this.scroller, { choose: (item) => this.choosing.chooseItem(item) });
    this.reading = new Reading(this.painting, this.scroller);
    this.list = new CodeList(this, { code: (id) => this.coding.code(id), make: (name) => this.coding.make(name), memo: () => this.memo.write() });
    this.passage = new PassageCard(this, {
      remove: (span) => this.coding.remove(span),
      addTo: (span) => this.choosing.chooseWords(span),
      recode: (span) => this.choosing.offerOther(span),
      memo: (span) => this.memo.openOn(span, span.id),
      close: () => this.choosing.escape(),
    });
    this.codes = new CodesPanel(this, {
      code: (id) => this.coding.codeOrFind(id),
      look: (id) => this.lookAt(id),
      close: () => this.toggleDrawer(false),
    });
    this.card = new SuggestionCard(this, {
      decide: (how) => this.judging.decide(how),
      step: (by) => this.judging.step(by),
      other: () => this.judging.other(),
      guesses: () => this.judging.turnGuesses(),
      because: (reason, text) => this.judging.because(reason, text),
    });
    const top = element(
      "header",
      { class: "pane-top" },
      element("div", { class: "pane-titles" }, this.title, element("div", { class: "pane-facts" }, this.subtitle, this.progress, this.saving.root)),
      finding,
      this.drawer,
      this.find.root,
    );
    this.correcting = button({ class: "pane-button pane-small", title: "Mend what was misheard or mistyped. Coded passages follow.", onclick: () => this.correct() }, "Correct the text");
    const bottom = element("footer", { class: "pane-bottom" }, this.status, ...this.takingBack.roots, this.correcting, keys);
    this.root = element("div", { class: "transcript-pane" });
    this.root.append(top, this.scroller, this.overview.root, this.codes.root, this.card.root, bottom);
    this.root.append(this.list.root, this.passage.root, this.memo.root, this.help.root);
    this.listenToMouse();
  }

  lookAt(codeId) {
    this.painting.fadeAllBut(codeId, this.view);
    this.overview.only = codeId;
    this.overview.drawSoon();
  }

  listenToMouse() {
    this.scroller.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.dragging = true;
      this.list.close();
      this.passage.close();
      this.memo.close();
    });
    this.onPointerUp = (event) => {
      if (!this.dragging) return;
      this.dragging = false;
      // The browser settles a click's selection only after this event.
      setTimeout(() => this.choosing.mouseChose(event.target), 0);
    };
    window.addEventListener("pointerup", this.onPointerUp);
    window.addEventListener("pointercancel", this.onPointerUp);
    this.scroller.addEventListener("scroll", () => this.onScroll(), { passive: true });
    this.body.addEventListener("pointerover", ({ target }) => this.lightStripes(target.closest?.("mark")));
  }

  onScroll() {
    this.list.stand();
    this.edges.follow();
    this.overview.showWindow();
    this.noteSoon();
  }

  noteSoon() {
    this.rememberPlace ??= setTimeout(() => {
      this.rememberPlace = null;
      this.remembered.note(this);
      this.showProgress();
    }, REMEMBER_AFTER);
  }

  // --- what arrives

  receive({ data, setStateValue }) {
    this.setState = setStateValue;
    this.line.offer(data);
    if (StudyView.isPast(data.version)) {
      this.receivePast(data);
      return;
    }
    this.data = data;
    this.coder = data.coder;
    this.mayCode = data.may_code;
    this.mayWriteMemos = data.may_write_memos;
    this.isBlind = data.is_blind;
    this.correcting.hidden = !data.may_correct;
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
    this.takeTheme();
    this.root.dataset.mayCode = String(this.mayCode);
    this.outcomeOf(turnedDown);
    this.paint();
    this.fit();
    if (isNewSource && !Number.isInteger(data.open_at)) this.goBackToPlace();
    this.arrival.openAt(this.shown, data.open_at);
    this.focus.keep();
    if (isNewSource) this.focus.begin();
    // The text came along because the server does not know that it is held by now.
    if (data.text && this.told !== data.text_hash) {
      this.told = data.text_hash;
      this.line.tellPage(outbox.ready());
    }
  }

  // What the line has overtaken: only its answers are news. A pane drawn anew with it has
  // nothing else to show, and asks.
  receivePast(data) {
    this.data ??= data;
    this.outcomeOf(outbox.answer(data.answers));
    if (this.view.server) {
      this.takeTheme();
      this.paint();
    } else this.transmit(outbox.ready());
  }

  takeTheme() {
    this.theme = themeOf(this.root);
    this.root.dataset.theme = this.theme;
  }

  openSource(source, data) {
    this.shown = data.source + data.text_hash;
    this.sourceId = data.source;
    this.current = null;
    this.judging.decided = 0;
    this.judging.rejected = null;
    this.list.close();
    this.passage.close();
    this.memo.close();
    this.remembered = new Remembered(data.coder, data.source);
    this.view.filter = this.remembered.filter;
    this.painting.showText(source);
    this.overview.measure(source);
    this.noteSoon();
    this.reading.forget();
    this.scroller.scrollTop = 0;
    if (this.mayCode) this.say("Select words to code them, or press ? for the keys.");
    else if (this.mayWriteMemos) this.say("Select words to write a memo on them, or press ? for the keys.");
    this.carryOn(outbox.attach(this));
  }

  // After a lost connection the page may be drawn anew around the same transcript: the
  // next key is to find what it would have found.
  carryOn(before) {
    if (!before || before === this || before.shown !== this.shown) return;
    this.current = before.current;
    this.judging.decided = before.judging.decided;
    this.focus.wasHere = before.focus.wasHere;
    if (before.root.contains(document.activeElement)) document.activeElement.blur();
    this.focus.keep();
  }

  outcomeOf(turnedDown) {
    for (const [, words] of turnedDown) this.say(`Not saved. ${words}`, true);
  }

  // Where the reader was the last time.
  goBackToPlace() {
    const { place } = this.remembered;
    const { turns } = this.painting.source;
    if (!place || !turns.length || place >= turns.at(-1).end) return;
    this.painting.bringTo(place, this.scroller, 0.02);
  }

  // Opens at the turn that is being read. The time tells one press from another.
  correct() {
    const { source } = this.painting;
    const place = this.reading.selection?.start ?? this.painting.topPlace(this.scroller) ?? 0;
    this.line.makeWay();
    this.setState?.("correct", { turn: source.turns[source.turnAt(place)].number, at: Date.now() });
  }

  transmit(operations) {
    this.line.send(operations);
  }

  // The text this browser holds already.
  get heldText() {
    return TEXTS.has(this.data.text_hash) ? this.data.text_hash : "";
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
    this.view.play(mine, this.current);
    if (this.current && !this.view.suggestions.has(this.current)) this.current = null;
    this.painting.paint(this.view, this.current, this.theme);
    this.reading.show(this.view.suggestions.get(this.current)?.cues ?? []);
    this.drawCodes();
    this.card.draw();
    if (this.list.isOpen) this.list.drawSoon();
    this.passage.refresh();
    if (!this.passage.isOpen && !this.edges.moved) this.edges.hold(null);
    this.find.light();
    this.overview.drawSoon();
    this.showProgress();
    this.takingBack.show();
    this.saving.show();
  }

  showProgress() {
    const { length } = this.painting.source.turns;
    const read = `${Math.min(this.remembered.read, length).toLocaleString("en-GB")} of ${counted(length, "turn")} read`;
    const left = this.view.suggestions.size;
    const { folded } = this.view;
    const parts = [read, passagesCoded(this.view)];
    if (left) parts.push(`${counted(left, "suggestion")} to look at`);
    if (folded) parts.push(`${counted(folded, "guess", "guesses")} folded away`);
    const words = parts.join(", ");
    if (this.progress.textContent !== words) this.progress.textContent = words;
  }

  drawCodes() {
    if (this.view.codes.size <= MANY_CODES) this.codes.draw();
    else {
      this.codesSoon ??= requestAnimationFrame(() => {
        this.codesSoon = null;
        setTimeout(() => this.codes.draw(), 0);
      });
    }
  }

  setCurrent(id) {
    this.current = id;
    this.paint();
  }

  // `more` is for ears only: it already stands on the page.
  say(words, isTrouble = false, more = "") {
    this.status.replaceChildren(words, element("span", { class: "pane-unseen" }, more && ` ${more}`));
    this.status.classList.toggle("pane-trouble", isTrouble);
  }

  // The pane fills the window below where it stands. With less width the codes become a
  // drawer, with less still the stripes lose their names.
  fit() {
    const { width } = this.root.getBoundingClientRect();
    this.root.classList.toggle("pane-narrow", width < NARROW);
    this.root.classList.toggle("pane-slim", width < SLIM);
    const page = this.root.closest("[data-testid=stMain]");
    const top = this.root.getBoundingClientRect().top + (page?.scrollTop ?? window.scrollY);
    this.root.style.height = `${Math.max(LEAST_HEIGHT, window.innerHeight - top - BELOW)}px`;
    this.list.stand();
    this.edges.follow();
    this.overview.drawSoon();
  }

  toggleDrawer(open = !this.root.classList.contains("pane-drawer-open")) {
    this.root.classList.toggle("pane-drawer-open", open);
    this.drawer.setAttribute("aria-expanded", String(open));
    if (!open) this.scroller.focus({ preventScroll: true });
  }

  lightStripes(mark) {
    if (mark === this.lit) return;
    this.lit = mark;
    for (const lit of this.body.querySelectorAll(".pane-named")) lit.classList.remove("pane-named");
    for (const id of mark?.dataset.items.split(" ") ?? []) {
      for (const part of this.body.querySelectorAll(`[data-item="${CSS.escape(id)}"]`)) part.classList.add("pane-named");
    }
  }

  leave() {
    // A pane that has come in its place keeps its highlights.
    if (outbox.detach(this)) clearHighlights();
    this.arrival.leave();
    this.line.leave();
    this.painting.stop();
    this.overview.stop();
    clearTimeout(this.rememberPlace);
    this.fitting.disconnect();
    this.focus.leave();
    window.removeEventListener("keydown", this.onKey, true);
    window.removeEventListener("resize", this.onResize);
    window.removeEventListener("pointerup", this.onPointerUp);
    window.removeEventListener("pointercancel", this.onPointerUp);
  }
}
