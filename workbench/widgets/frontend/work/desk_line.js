// The short way to the study. Where the page gave a token, the outbox is posted straight to
// the server; any failure leaves it to the long way, over a rerun, which never went away.
// Both carry all that waits, and the study stores each operation once.

import { outbox } from "./outbox.js";

const ADDRESS = "/desk-line";
// A person waits no longer than this before the long way is tried as well.
const PATIENCE = 1000;
const LONGEST = 10_000;
// The page around follows when nothing has been done for a while.
const FOLLOW_AFTER = 1500;
// Where the person is led to another page, the one around need not follow.
const LEAVING = 15_000;
// Where the line never answers, behind a team's own proxy say, it is left alone.
const MOST_FAILURES = 3;

let failures = 0;

export class DeskLine {
  constructor(pane) {
    this.pane = pane;
    this.token = "";
    this.since = 0;
    this.isOver = false;
    this.following = null;
    this.leftAt = 0;
    // Whoever comes back to the page sees what became of the transcript meanwhile.
    this.onShown = () => {
      if (document.visibilityState === "visible") this.tellPage(outbox.ready(), Date.now());
    };
    document.addEventListener("visibilitychange", this.onShown);
  }

  offer({ line, source, coder }) {
    Object.assign(this, { token: line ?? "", source, coder });
  }

  // All that waits, with what this browser holds, so that only differences come back.
  send(operations) {
    // What waits for a place is also told around the pane, so placing it takes the page.
    const isForPage = operations.some(({ kind }) => kind === "place");
    if (isForPage || !this.token || failures >= MOST_FAILURES) this.tellPage(operations);
    // What is added while an answer is on its way goes with the next.
    else if (!this.since) this.post(operations);
    else if (Date.now() - this.since >= PATIENCE) this.tellPage(operations);
  }

  // The long way: a rerun of the page, which from then on holds what this browser holds.
  // The time makes a question that was asked before another one.
  tellPage(operations, at = 0) {
    this.pane.setState?.("outbox", { ...this.outbox(operations), at });
  }

  outbox(operations) {
    return { held_text: this.pane.heldText, held_version: this.pane.view.version, operations };
  }

  async post(operations) {
    const { token, source, coder, pane } = this;
    clearTimeout(this.following);
    this.since = Date.now();
    const body = JSON.stringify({ source, coder, outbox: this.outbox(operations) });
    const data = await answered(token, body, (answers) => {
      outbox.confirm(answers);
      pane.saving.show();
    });
    this.since = 0;
    failures = data ? 0 : failures + 1;
    // A rerun brings a token that counts: the server may be new, or the line let go of.
    if (!data && this.token === token) this.token = "";
    if (data && this.isOver) outbox.answer(data.answers);
    else if (data) pane.receive({ data, setStateValue: pane.setState });
    const sent = new Set(operations.map(named));
    if (!data || outbox.ready().some((one) => !sent.has(named(one)))) outbox.send();
    if (!this.isOver) this.following = setTimeout(() => this.follow(), FOLLOW_AFTER);
  }

  // A rerun asked for while another page is being drawn would leave that page empty.
  makeWay() {
    this.leftAt = Date.now();
  }

  follow() {
    if (Date.now() - this.leftAt < LEAVING) this.following = setTimeout(() => this.follow(), LEAVING);
    else if (!outbox.waiting.length) this.tellPage([]);
  }

  leave() {
    this.isOver = true;
    clearTimeout(this.following);
    document.removeEventListener("visibilitychange", this.onShown);
  }
}

const named = ({ client, sequence }) => `${client}:${sequence}`;

// Comes in lines: first what was stored, then the same with all that changed since.
async function answered(token, body, onStored) {
  try {
    const response = await fetch(ADDRESS, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Desk-Line": token },
      body,
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(LONGEST),
    });
    if (!response.ok) return null;
    const parts = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let begun = "";
    for (let part = await parts.read(); !part.done; part = await parts.read()) {
      const lines = (begun + part.value).split("\n");
      begun = lines.pop();
      for (const data of lines.map((line) => JSON.parse(line))) {
        if (data.version) return data;
        onStored(data.answers);
        // The word that it is kept is shown before all else that came with it.
        await new Promise((again) => setTimeout(again, 0));
      }
    }
    return null;
  } catch {
    return null;
  }
}
