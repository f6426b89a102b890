// A link to a passage: the transcript opens there, its words are outlined for a moment and
// told. Once for each address: what arrives later leaves the reader where they are.

import { element, shortened } from "./elements.js";

const OUTLINED = 5000;
const CLEAR = 4;
const READERS_OWN = ["wheel", "pointerdown", "touchstart", "keydown"];

export class Arrival {
  constructor(pane) {
    this.pane = pane;
    this.address = "";
    this.boxes = [];
    this.stop = () => this.leave();
    // Late type and margin labels move lines; until the reader moves, the passage is kept
    // in view and the outline around it.
    this.settling = new ResizeObserver(() => this.stand());
  }

  openAt(source, position) {
    const address = Number.isInteger(position) ? `${source}@${position}` : "";
    if (address === this.address) return;
    this.address = address;
    this.leave();
    if (!address || !this.pane.painting.source.turns.length) return;
    this.passage = this.passageAt(position);
    if (!this.passage) return;
    const { painting, reading, scroller, root, body } = this.pane;
    const { source: text, turns } = painting;
    this.parts = [];
    for (let i = text.turnAt(this.passage.start); i <= text.turnOfEnd(this.passage.end); i += 1) {
      const { start, end } = text.turns[i];
      const box = element("div", { class: "pane-arrived" });
      const words = turns[i].text.parentElement;
      words.append(box);
      this.boxes.push(box);
      this.parts.push({ box, words, start: Math.max(start, this.passage.start), end: Math.min(end, this.passage.end) });
    }
    reading.cursor = reading.wordNear(this.passage.start);
    reading.show();
    this.bringUp(scroller);
    this.settling.observe(body);
    this.settling.observe(scroller);
    for (const what of READERS_OWN) root.addEventListener(what, this.stop, { passive: true });
    this.timer = setTimeout(this.stop, OUTLINED);
    const { number, speaker } = text.turns[text.turnAt(this.passage.start)];
    const who = speaker ? `, ${shortened(speaker)}` : "";
    this.pane.say(`This is the passage you came for: turn ${number}${who}.`, false, shortened(text.words(this.passage), 200));
  }

  // The longest passage coded from here, or else the sentence that stands here.
  passageAt(position) {
    const { view, painting } = this.pane;
    const from = { start: position, end: position + 1 };
    const coded = view.touching(from).spans.filter((span) => span.start === position);
    const end = Math.max(0, ...coded.map((span) => span.end));
    return end > position ? { start: position, end } : painting.source.widened(from, "sentence");
  }

  // A quarter down, so that what came before can be read as well.
  bringUp(scroller) {
    this.pane.painting.reveal(this.passage, scroller);
    const { start } = this.passage;
    const rect = this.pane.painting.range({ start, end: start + 1 }).getBoundingClientRect();
    const frame = scroller.getBoundingClientRect();
    scroller.scrollTop += rect.top - frame.top - frame.height / 4;
    this.stand();
  }

  stand() {
    if (!this.boxes.length) return;
    this.pane.painting.reveal(this.passage, this.pane.scroller);
    for (const { box, words, start, end } of this.parts) {
      if (start >= end) continue;
      const around = this.pane.painting.range({ start, end }).getBoundingClientRect();
      const origin = words.getBoundingClientRect();
      box.style.transform = `translate(${around.left - origin.left - CLEAR}px, ${around.top - origin.top - CLEAR}px)`;
      box.style.width = `${around.width + 2 * CLEAR}px`;
      box.style.height = `${around.height + 2 * CLEAR}px`;
    }
  }

  leave() {
    clearTimeout(this.timer);
    this.settling.disconnect();
    for (const what of READERS_OWN) this.pane.root.removeEventListener(what, this.stop);
    for (const box of this.boxes) box.remove();
    this.boxes = [];
  }
}
