// Whether all work is saved, in words.

import { outbox } from "../work/outbox.js";
import { counted, element } from "./elements.js";

export class Saving {
  constructor(pane) {
    this.pane = pane;
    this.wasLate = false;
    this.root = element("p", { class: "pane-saved" });
  }

  show() {
    const { mayCode, mayWriteMemos } = this.pane;
    const waiting = outbox.unsaved.length;
    const late = outbox.isLate || (waiting > 0 && outbox.fault);
    const time = outbox.savedAt?.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    let words = time ? `All work saved ${time}` : "All work saved";
    if (late) words = `Not saved yet: trying again (${counted(waiting, "change")} kept on this page)`;
    else if (waiting) words = "Saving…";
    if (late && outbox.fault) words = `Not saved yet: ${outbox.fault}. Trying again; your work is kept on this page`;
    // What the study made of it may come a moment after the word that it is kept.
    this.root.setAttribute("aria-busy", String(outbox.waiting.length > 0));
    this.root.hidden = !mayCode && !mayWriteMemos && !waiting;
    if (this.root.textContent === words) return;
    this.root.textContent = words;
    this.root.classList.toggle("pane-late", Boolean(late));
    if (late && !this.wasLate) this.pane.say("Not saved yet: trying again. Keep this page open.", true);
    if (!waiting && this.wasLate) this.pane.say("All work is saved again.");
    this.wasLate = Boolean(late);
  }
}
