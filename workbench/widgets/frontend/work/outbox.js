// What this page has done and the study has not yet confirmed.
//
// One outbox serves every pane of the page, so that changes made just before moving to
// another transcript travel with that one. Every send carries all that waits; the study
// stores each operation once, whatever arrives twice.

const STORAGE = "workbench-waiting-operations";
const RESEND_AFTER = 1000;
const LATE_AFTER = 2500;

export function newId() {
  // crypto.randomUUID exists only on secure pages, and a team's server may be plain http.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

class Outbox {
  constructor() {
    this.client = newId().replaceAll("-", "").slice(0, 16);
    this.sequence = 0;
    this.waiting = recovered();
    this.savedAt = null;
    this.fault = "";
    this.pane = this.latest = null;
    this.resend = null;
    window.addEventListener("beforeunload", (event) => {
      if (this.unsaved.length) event.preventDefault();
    });
  }

  // A pane takes over sending while it is on the page;
  // the one before it comes back.
  attach(pane) {
    const before = this.latest;
    this.pane = this.latest = pane;
    if (this.waiting.length) this.send();
    return before;
  }

  // True where the pane was the one that sends.
  detach(pane) {
    if (this.pane !== pane) return false;
    this.pane = null;
    return true;
  }

  add(source, coder, kind, fields) {
    this.sequence += 1;
    const operation = { client: this.client, sequence: this.sequence, source, coder, kind, fields };
    operation.id = `${operation.client}:${operation.sequence}`;
    operation.since = Date.now();
    this.waiting.push(operation);
    this.remember();
    this.send();
    return operation;
  }

  // What is stored waits on, to be drawn, until the study's new state comes with it.
  confirm({ stored }) {
    const done = new Set(stored);
    for (const operation of this.waiting) operation.isStored ||= done.has(operation.id);
    if (done.size) this.savedAt = new Date();
  }

  get unsaved() {
    return this.waiting.filter((operation) => !operation.isStored);
  }

  // Takes in an answer; the operations that were refused come back with their words.
  answer({ stored, refused, fault }) {
    const words = new Map(refused);
    const done = new Set(stored);
    const turnedDown = [];
    const before = this.waiting.length;
    this.waiting = this.waiting.filter((operation) => {
      if (words.has(operation.id)) turnedDown.push([operation, words.get(operation.id)]);
      return !done.has(operation.id) && !words.has(operation.id);
    });
    this.fault = this.waiting.length ? fault : "";
    if (this.waiting.length < before) {
      this.savedAt = new Date();
      this.remember();
    }
    this.arm();
    return turnedDown;
  }

  send() {
    this.pane?.transmit(this.ready());
    this.arm();
  }

  // Only what the person now on the page did: work is stored under its own coder.
  ready() {
    return this.waiting
      .filter((operation) => operation.coder === this.pane?.coder)
      .map(({ client, sequence, source, kind, fields }) => ({ client, sequence, source, kind, fields }));
  }

  get isLate() {
    const [first] = this.unsaved;
    return first !== undefined && Date.now() - first.since > LATE_AFTER;
  }

  // Streamlit drops what is set while the connection is down, so waiting work is set
  // again every second until it is confirmed.
  arm() {
    clearTimeout(this.resend);
    this.resend = this.waiting.length
      ? setTimeout(() => {
          this.send();
          this.pane?.saving.show();
        }, RESEND_AFTER)
      : null;
  }

  // Survives a reload of this tab: positions, ids, and what the person wrote themselves.
  remember() {
    try {
      if (this.waiting.length) sessionStorage.setItem(STORAGE, JSON.stringify(this.waiting));
      else sessionStorage.removeItem(STORAGE);
    } catch {
      // Storage may be switched off; the warning on leaving still protects the work.
    }
  }
}

function recovered() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORAGE) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

export const outbox = new Outbox();
